// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.holdfast.access.DirectoryRoles;
import org.holdfast.access.Problem;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.Pseudonym;
import org.holdfast.audit.TenantSource;
import org.jspecify.annotations.Nullable;

/**
 * The signed directory: whose key is whose. A chain of statements from the founding one, whose SHA-256 is pinned in the
 * configuration; each names the one before it and is signed by an active supervisor. A statement that does not fit stops
 * everything that needs the directory.
 *
 * <p>What was checked once is kept; the first question of a request, and the first one in each transaction, looks for newer
 * statements. Safe for several threads, inside and outside of transactions.
 */
@ApplicationScoped
public class Directory implements DirectoryRoles, TenantSource {

    private final DirectoryStore store;
    private final Pin pin;
    private final AuditLog log;
    private final DirectoryInRequest request;
    private final TransactionSynchronizationRegistry transaction;
    private volatile @Nullable Chain checked;

    Directory(
            DirectoryStore store,
            Pin pin,
            AuditLog log,
            DirectoryInRequest request,
            TransactionSynchronizationRegistry transaction) {
        this.request = request;
        this.transaction = transaction;
        this.store = store;
        this.pin = pin;
        this.log = log;
    }

    void atStart(@Observes StartupEvent start) {
        if (store.newest() >= 0 && pin.pinned().isEmpty()) {
            throw new IllegalStateException("This organisation is founded, but holdfast.directory.pin is not set:"
                    + " set it to the pin that was written down at the first start, and start again.");
        }
        chain();
    }

    /** The organisation's id. */
    @Override
    public Optional<UUID> tenant() {
        return chain().map(Chain::tenant);
    }

    /** Whether there is a founding statement, and its pin is set. */
    public boolean founded() {
        return chain().isPresent();
    }

    /**
     * The hash of the founding statement in hexadecimal digits, whether pinned or not: what the configuration is to be
     * compared with.
     */
    public Optional<String> pinToCompare() {
        return store.founding().map(founding -> Bytes.hex(founding.hash()));
    }

    /**
     * A person, active or not.
     *
     * @throws org.holdfast.access.Problem.NotHere if the directory does not know her
     */
    public Person person(UUID staffId) {
        return known().person(staffId).orElseThrow(Problem::notHere);
    }

    /** The active people, oldest first. */
    public List<Person> people() {
        return known().people().stream().filter(Person::active).toList();
    }

    /**
     * Whom the statements that let somebody in or end an access are about, by what the log calls each statement.
     *
     * @throws Problem.NotStarted if there are none
     */
    public Map<Pseudonym, UUID> statementsOfPeople() {
        return known().statements().stream()
                .filter(s -> s.kind() == Statement.Kind.PERSON || s.kind() == Statement.Kind.PERSON_ENDED)
                .collect(Collectors.toMap(s -> Pseudonym.ofHash(s.hash()), s -> Bytes.uuid(s.bytes("staff"))));
    }

    /**
     * The day on which the access of whoever has this login was ended, the last time; empty if it never was.
     *
     * @param loginTag by which the directory knows a login
     */
    public Optional<LocalDate> endedOn(byte[] loginTag) {
        return chain().flatMap(chain -> chain.statements().stream()
                .filter(s -> s.kind() == Statement.Kind.PERSON_ENDED)
                .filter(s -> Arrays.equals(
                        loginTag,
                        chain.person(Bytes.uuid(s.bytes("staff"))).orElseThrow().loginTag()))
                .reduce((first, second) -> second)
                .map(Statement::day));
    }

    @Override
    public Optional<Enrolled> byLogin(byte[] loginTag) {
        return chain().flatMap(c -> c.byLogin(loginTag)).map(p -> new Enrolled(p.staffId(), p.roles()));
    }

    /**
     * The chain as far as it goes now.
     *
     * @throws Problem.NotStarted if there is none
     */
    Chain known() {
        return chain().orElseThrow(Problem::notStarted);
    }

    /**
     * The chain as it was at the first question of this request, or of the transaction that asks; where there is neither, as it
     * is now. A statement that is appended is seen from then on.
     *
     * @throws Problem.Tampering if a statement does not fit, or some are gone
     */
    Optional<Chain> chain() {
        boolean inside = QuarkusTransaction.getStatus() != Status.STATUS_NO_TRANSACTION;
        Chain known = inside ? (Chain) transaction.getResource(this) : request.known();
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Chain> read = read(inside);
        read.ifPresent(chain -> {
            if (inside) {
                transaction.putResource(this, chain);
            } else {
                request.know(chain);
            }
        });
        return read;
    }

    private Optional<Chain> read(boolean inside) {
        Chain chain = checked;
        for (Statement statement : news(chain, inside)) {
            if (chain == null) {
                Optional<byte[]> pinned = pin.pinned();
                if (pinned.isEmpty()) {
                    return Optional.empty();
                }
                chain = Chain.foundedBy(statement, pinned.get());
            } else {
                chain = chain.with(statement);
            }
        }
        // What a transaction sees may still be rolled back; only what is committed is kept.
        if (!inside) {
            keep(chain);
        }
        return Optional.ofNullable(chain);
    }

    private List<Statement> news(@Nullable Chain chain, boolean inside) {
        if (chain == null) {
            return store.after(-1);
        }
        DirectoryStore.Tail tail = store.tail(chain.number(), chain.hash(chain.number()));
        // A transaction may look at a moment before the newest statement; outside of one, what was there is there.
        if (!inside && !tail.holds) {
            throw Problem.tampering("directory.shortened");
        }
        return tail.after;
    }

    private synchronized void keep(@Nullable Chain chain) {
        Chain before = checked;
        if (chain != null && (before == null || before.number() < chain.number())) {
            checked = chain;
        }
    }

    /** Inside: stores a statement with its line. */
    void append(Statement statement) {
        Act act = Act.of("directory." + statement.kind().code()).orElseThrow();
        UUID entry = log.record(
                AuditEvent.of(act).on(Pseudonym.ofHash(statement.hash())).hash(statement.hash()));
        store.insert(statement, entry);
        transaction.putResource(this, null);
        request.know(null);
    }
}
