// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.holdfast.access.Problem;
import org.holdfast.crypto.SecretBytes;

/** The shred secrets that this request needed so far; forgotten at its end. */
@RequestScoped
class ShredSecrets {

    private final ShredStore store;
    private final Map<UUID, SecretBytes> known = new HashMap<>();

    ShredSecrets(ShredStore store) {
        this.store = store;
    }

    /** Makes and stores the secret of a new object. */
    SecretBytes create(UUID object) {
        SecretBytes secret = store.create(object);
        known.put(object, secret);
        return secret;
    }

    /** As {@link #create(UUID)}, for an object that another request may be making at the same moment, with the same id. */
    void createOrFind(UUID object) {
        known.put(object, store.createOrFind(object));
    }

    /**
     * Stays ours: not to be closed.
     *
     * @throws Problem.Tampering if there is none for an object that is still granted
     */
    SecretBytes of(UUID object) {
        SecretBytes secret = known.get(object);
        if (secret == null) {
            secret = store.find(object).orElseThrow(() -> Problem.tampering("shred.missing"));
            known.put(object, secret);
        }
        return secret;
    }

    /** Fetches many at once, for {@link #of} afterwards. */
    void fetch(Collection<UUID> objects) {
        UUID[] unknown =
                objects.stream().filter(id -> !known.containsKey(id)).distinct().toArray(UUID[]::new);
        if (unknown.length > 0) {
            known.putAll(store.findAll(unknown));
        }
    }

    /** Erases the secret of an object whose rows are gone; false if there was none any more. */
    boolean erase(UUID object) {
        SecretBytes secret = known.remove(object);
        if (secret != null) {
            secret.close();
        }
        return store.erase(object);
    }

    @PreDestroy
    void forget() {
        known.values().forEach(SecretBytes::close);
    }
}
