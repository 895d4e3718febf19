// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.holdfast.access.Bracket;
import org.holdfast.access.Role;
import org.holdfast.crypto.Hashes;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;

/**
 * People at work inside the vault, for tests: the founder of the test organisation with her real keys, and colleagues whom she lets in
 * for one test, so that no test spoils another's people.
 */
final class Office {

    private static final String FOUNDER = "sara";

    private final Organisation organisation = Organisation.ofTests();

    static <T> T bean(Class<T> type) {
        return Arc.container().instance(type).get();
    }

    Organisation organisation() {
        return organisation;
    }

    /** The founder's keys, opened with her six words; the caller closes them. */
    UserKeys founder() throws Exception {
        return inRequest(() -> {
            Chain chain = bean(Directory.class).known();
            Person person = chain.people().iterator().next();
            Slots slots = bean(Slots.class);
            try (Slots.Typed typed =
                    slots.stretch(organisation.passphrase(FOUNDER), chain.tenant(), person.staffId())) {
                List<Slots.Row> rows = bean(Bracket.class).read(() -> slots.checked(person.staffId()));
                return slots.open(chain.tenant(), person.staffId(), rows, typed).orElseThrow();
            }
        });
    }

    /** Lets somebody new into the directory, by the founder. */
    UserKeys hire(Role... roles) throws Exception {
        UserKeys keys = UserKeys.generate(UUID.randomUUID());
        byte[] login = Hashes.sha256(SecretBytes.random(32).copy());
        as(founder(), () -> {
            Directory directory = bean(Directory.class);
            Statement statement = directory
                    .known()
                    .next(
                            Statement.Kind.PERSON,
                            LocalDate.of(2026, 11, 25),
                            Facts.person(keys, login, Set.of(roles), LocalDate.of(2026, 11, 25)),
                            bean(UnlockedUser.class).keys());
            bean(Bracket.class).write(() -> directory.append(statement));
            return null;
        });
        return keys;
    }

    /** Does something in a request of this person, unlocked. The keys live on: each request gets a copy. */
    static <T> T as(UserKeys keys, Callable<T> work) throws Exception {
        return inRequest(() -> {
            SecretBytes s = SecretBytes.random(SessionForm.SECRET_LENGTH);
            Instant end = Instant.now().plusSeconds(600);
            UUID tenant = bean(Directory.class).known().tenant();
            SessionStore.Row row = SessionForm.seal(s, tenant, keys, "a login of a test", end, end);
            bean(SessionStore.class).insert(row);
            UserKeys copy =
                    new UserKeys(keys.staffId(), SecretBytes.copyOf(keys.seeds().copy()));
            bean(UnlockedUser.class).unlocked(copy, row, end);
            return work.call();
        });
    }

    static <T> T inRequest(Callable<T> work) throws Exception {
        ManagedContext context = Arc.container().requestContext();
        context.activate();
        try {
            return work.call();
        } finally {
            context.terminate();
        }
    }

    /** A new case of this person, with a sealed word in each compartment; gives its id. */
    static UUID newCase(UserKeys owner, UserKeys... others) throws Exception {
        UUID id = UUID.randomUUID();
        as(owner, () -> {
            Compartment[] all = {Compartment.IDENTITY, Compartment.CONTENT, Compartment.SUMMARY};
            try (NewObject made = bean(Vault.class).begin(ObjectKind.CASE, id, all)) {
                for (UserKeys other : others) {
                    made.grantTo(other.staffId(), all);
                }
                bean(Bracket.class).write(made::store);
            }
            return null;
        });
        return id;
    }

    /** Opens one compartment, as a page does. */
    static void open(UserKeys who, UUID object, Compartment compartment) throws Exception {
        as(who, () -> {
            Vault vault = bean(Vault.class);
            Grant grant = bean(Bracket.class).read(() -> vault.grant(ObjectKind.CASE, object, compartment));
            vault.open(grant).close();
            return null;
        });
    }

    /** What the strongest writer of the database does. */
    static int alter(String sql, Object... values) throws SQLException {
        try (Connection connection = TestStack.superuser("holdfast");
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    static long count(String sql, Object... values) throws SQLException {
        try (Connection connection = TestStack.superuser("holdfast");
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
