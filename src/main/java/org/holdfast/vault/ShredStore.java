// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.access.Problem;
import org.holdfast.crypto.SecretBytes;

/** The shred secrets, in a database of their own, which knows no other table and takes no part in transactions. */
@ApplicationScoped
class ShredStore {

    private final Sql sql;

    ShredStore(@DataSource("shred") javax.sql.DataSource database) {
        this.sql = new Sql(database);
    }

    /** Makes the secret of a new object and stores it. */
    SecretBytes create(UUID object) {
        SecretBytes secret = SecretBytes.random(32);
        sql.update("insert into shred_secret (object_id, secret) values (?, ?)", object, secret.copy());
        return secret;
    }

    /** The secret of an object that two requests may be making at the same moment: both get the same. */
    SecretBytes createOrFind(UUID object) {
        SecretBytes secret = SecretBytes.random(32);
        boolean made = sql.update(
                        "insert into shred_secret (object_id, secret) values (?, ?) on conflict do nothing",
                        object,
                        secret.copy())
                == 1;
        if (made) {
            return secret;
        }
        secret.close();
        return find(object).orElseThrow(() -> Problem.tampering("shred.missing"));
    }

    Optional<SecretBytes> find(UUID object) {
        return sql.first(
                "select secret from shred_secret where object_id = ?", row -> SecretBytes.of(row.getBytes(1)), object);
    }

    Map<UUID, SecretBytes> findAll(UUID[] objects) {
        Map<UUID, SecretBytes> found = new HashMap<>();
        sql.list(
                        "select object_id, secret from shred_secret where object_id = any(?)",
                        row -> Map.entry(Sql.uuid(row, "object_id"), SecretBytes.of(row.getBytes("secret"))),
                        (Object) objects)
                .forEach(e -> found.put(e.getKey(), e.getValue()));
        return found;
    }

    /** Erases the secret of an object whose rows are gone; false if there was none any more. */
    boolean erase(UUID object) {
        return sql.update("delete from shred_secret where object_id = ?", object) == 1;
    }

    /** Ids of objects that have a secret, in their order, beginning behind one of them. */
    List<UUID> after(UUID object, int limit) {
        return sql.list(
                "select object_id from shred_secret where object_id > ? order by object_id limit ?",
                row -> Sql.uuid(row, "object_id"),
                object,
                limit);
    }
}
