// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.access.Actor;
import org.holdfast.access.Bracket;
import org.holdfast.access.CurrentActor;
import org.holdfast.access.LoginEnded;
import org.holdfast.access.Problem;
import org.holdfast.audit.Act;
import org.holdfast.audit.AuditEvent;
import org.holdfast.audit.AuditLog;
import org.holdfast.audit.Pseudonym;
import org.holdfast.crypto.SecretBytes;

/**
 * From logged in to unlocked and back.
 *
 * <p>An unlocked session is a row that holds the person's keys sealed under a random secret, which only her browser keeps
 * in a cookie. It ends after 15 minutes without a request, after 8 hours, when she locks, when her login ends at Keycloak,
 * and when she leaves the directory. Neither the row nor the cookie opens anything alone, and both together nothing without
 * the login they were made in.
 */
@ApplicationScoped
public class Unlock {

    private static final Duration IDLE = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofHours(8);
    private static final Duration WRITTEN_AT_MOST_EVERY = Duration.ofMinutes(1);

    private final Directory directory;
    private final Slots slots;
    private final Memory memory;
    private final SessionStore sessions;
    private final UnlockedUser user;
    private final CurrentActor current;
    private final Bracket bracket;
    private final AuditLog log;
    private final Clock clock;

    Unlock(
            Directory directory,
            Slots slots,
            Memory memory,
            SessionStore sessions,
            UnlockedUser user,
            CurrentActor current,
            Bracket bracket,
            AuditLog log,
            Clock clock) {
        this.directory = directory;
        this.slots = slots;
        this.memory = memory;
        this.sessions = sessions;
        this.user = user;
        this.current = current;
        this.bracket = bracket;
        this.log = log;
        this.clock = clock;
    }

    /** What is read before keys are tried. */
    private record Stored(List<Slots.Row> slots, Optional<StaffStore.Row> state) {}

    /**
     * Outside: tries a passphrase or a recovery kit. The same work is done for a login that nobody is enrolled under.
     *
     * @param typed as typed
     * @return the value of the cookie, which is kept nowhere else; empty if it opened nothing
     * @throws Problem.Busy if too many ask
     * @throws Problem.Tampering if slots or directory are not what they were
     */
    public Optional<String> unlock(String typed) {
        Bracket.assertOutside();
        Actor actor = current.actor();
        Chain chain = directory.known();
        UUID staffId = actor.staffId() == null ? Bytes.uuid(Arrays.copyOf(actor.loginTag(), 16)) : actor.staffId();
        try (Slots.Typed tried = slots.stretch(typed, chain.tenant(), staffId)) {
            Stored stored = bracket.read(() -> stored(staffId));
            Optional<UserKeys> keys = slots.open(chain.tenant(), staffId, stored.slots(), tried);
            if (keys.isEmpty() || stored.state().isEmpty()) {
                bracket.write(() -> {
                    log.record(AuditEvent.of(Act.SESSION_UNLOCK_REFUSED).refused("passphrase"));
                });
                return Optional.empty();
            }
            Optional<StaffStore.Row> news =
                    memory.compare(keys.get(), stored.state().get(), chain);
            return Optional.of(begin(keys.get(), chain, () -> {
                log.record(AuditEvent.of(Act.SESSION_UNLOCKED));
                news.ifPresent(row -> memory.write(chain.tenant(), row));
            }));
        }
    }

    private Stored stored(UUID staffId) {
        List<Slots.Row> rows = slots.checked(staffId);
        return new Stored(rows, rows.isEmpty() ? Optional.empty() : Optional.of(memory.checked(staffId)));
    }

    /** Outside: begins a session with these keys, and writes in its first transaction. Takes ownership of the keys. */
    String begin(UserKeys keys, Chain chain, Runnable work) {
        checkKeys(keys, chain);
        String sid = current.loginSession().orElseThrow(Problem::needsLogin);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        try (SecretBytes s = SecretBytes.random(SessionForm.SECRET_LENGTH)) {
            SessionStore.Row row = SessionForm.seal(s, chain.tenant(), keys, sid, now.plus(IDLE), now.plus(LONGEST));
            user.unlocked(keys, row, row.idleUntil());
            boolean begun = false;
            try {
                bracket.write(() -> {
                    sessions.insert(row);
                    work.run();
                });
                begun = true;
            } finally {
                if (!begun) {
                    user.locked();
                }
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(s.copy());
        }
    }

    /** The keys are those that the directory names, or somebody put others into the slots. */
    private static Person checkKeys(UserKeys keys, Chain chain) {
        Person person = chain.person(keys.staffId()).filter(Person::active).orElseThrow(Problem::notHere);
        if (!Arrays.equals(person.signKey(), keys.signKey()) || !Arrays.equals(person.wrapKey(), keys.wrapKey())) {
            throw Problem.tampering("slot.keys");
        }
        return person;
    }

    /**
     * Outside, at the beginning of a request: takes up the session that this cookie belongs to.
     *
     * @param cookie as the browser sent it
     * @return false if there is none any more for this login; then the cookie is to be taken away
     * @throws Problem.Tampering if the row was changed
     */
    public boolean resume(String cookie) {
        Actor actor = current.actor();
        byte[] bytes = decoded(cookie);
        if (actor.staffId() == null || bytes.length != SessionForm.SECRET_LENGTH) {
            return false;
        }
        Instant now = clock.instant();
        try (SecretBytes s = SecretBytes.of(bytes)) {
            Optional<SessionStore.Row> found = sessions.find(SessionForm.id(s))
                    .filter(row -> row.staffId().equals(actor.staffId())
                            && current.loginSession().filter(row.sid()::equals).isPresent()
                            && now.isBefore(row.idleUntil())
                            && now.isBefore(row.endsAt()));
            if (found.isEmpty()) {
                return false;
            }
            Chain chain = directory.known();
            SessionStore.Row row = found.get();
            UserKeys keys = SessionForm.open(s, chain.tenant(), row);
            Person person = chain.person(row.staffId()).orElseThrow(Problem::notHere);
            if (!Arrays.equals(person.signKey(), keys.signKey())) {
                keys.close();
                throw Problem.tampering("session.keys", null, row.name());
            }
            Instant idleUntil = now.plus(IDLE).truncatedTo(ChronoUnit.SECONDS);
            if (idleUntil.isAfter(row.idleUntil().plus(WRITTEN_AT_MOST_EVERY))) {
                sessions.extend(row.id(), idleUntil, SessionForm.idleMac(s, idleUntil));
            }
            user.unlocked(keys, row, idleUntil.isBefore(row.endsAt()) ? idleUntil : row.endsAt());
            return true;
        }
    }

    private static byte[] decoded(String cookie) {
        try {
            return Base64.getUrlDecoder().decode(cookie);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** Outside: locks the keys. Does nothing if they are. */
    public void lock() {
        end(AuditEvent.of(Act.SESSION_LOCKED));
    }

    /** Outside: ends the session because the person logs out. */
    public void end() {
        end(AuditEvent.of(Act.SESSION_ENDED).because("logout"));
    }

    private void end(AuditEvent last) {
        if (user.isUnlocked()) {
            byte[] id = user.session().id();
            bracket.write(() -> {
                log.record(last);
                sessions.delete(id);
            });
            user.locked();
        }
    }

    /** Keycloak ended a login: its unlocked sessions end too. */
    void loginEnded(@Observes LoginEnded ended) {
        bracket.write(() -> close(sessions.deleteBySid(ended.sid()), "login-ended"));
    }

    /** Ends the sessions of somebody who left; inside. */
    void personEnded(UUID staffId) {
        close(sessions.deleteByStaff(staffId), "person-ended");
    }

    @Scheduled(every = "20s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void endOver() {
        bracket.write(() -> close(sessions.deleteOver(clock.instant()), "idle"));
    }

    private void close(List<SessionStore.Row> ended, String why) {
        for (SessionStore.Row row : ended) {
            log.record(AuditEvent.of(Act.SESSION_ENDED)
                    .on(new Pseudonym(row.name()))
                    .because(why));
        }
    }
}
