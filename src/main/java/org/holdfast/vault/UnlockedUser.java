// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.access.Problem;
import org.holdfast.audit.ActingNow;
import org.holdfast.audit.Signatory;
import org.jspecify.annotations.Nullable;

/** The person who asks, as far as her keys are unlocked in this request. */
@RequestScoped
public class UnlockedUser {

    private final SessionStore sessions;
    private final ActingNow acting;
    private @Nullable UserKeys keys;
    private SessionStore.@Nullable Row session;
    private @Nullable Instant until;

    UnlockedUser(SessionStore sessions, ActingNow acting) {
        this.sessions = sessions;
        this.acting = acting;
    }

    /** Whether they are. */
    public boolean isUnlocked() {
        return keys != null;
    }

    /** When they are locked again if nothing more is asked. */
    public Optional<Instant> until() {
        return Optional.ofNullable(until);
    }

    /** @throws Problem.Locked unless unlocked */
    public UUID staffId() {
        return keys().staffId();
    }

    /** @throws Problem.Locked unless unlocked; call it first in every desk method that needs keys */
    public void require() {
        keys();
    }

    UserKeys keys() {
        UserKeys open = keys;
        if (open == null) {
            throw Problem.locked();
        }
        return open;
    }

    SessionStore.Row session() {
        SessionStore.Row row = session;
        if (row == null) {
            throw Problem.locked();
        }
        return row;
    }

    /** From now on every line of this request is signed. Takes ownership of the keys. */
    void unlocked(UserKeys opened, SessionStore.Row row, Instant end) {
        forget();
        keys = opened;
        session = row;
        until = end;
        acting.signatory(new Signatory() {
            @Override
            public UUID staffId() {
                return opened.staffId();
            }

            @Override
            public byte[] keyId() {
                return opened.keyId();
            }

            @Override
            public byte[] session() {
                return row.name();
            }

            @Override
            public int nextCounter() {
                return sessions.count(row.id()).orElseThrow(Problem::locked);
            }

            @Override
            public byte[] sign(byte[] entry) {
                return opened.sign(entry);
            }
        });
    }

    /** The session is over: nothing more is signed. */
    void locked() {
        acting.signatory(null);
        forget();
    }

    @PreDestroy
    void forget() {
        if (keys != null) {
            keys.close();
            keys = null;
        }
        session = null;
        until = null;
    }
}
