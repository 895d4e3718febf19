// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.session;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.holdfast.access.CurrentActor;
import org.holdfast.access.Problem;
import org.holdfast.access.Refusals;
import org.holdfast.access.Resumption;
import org.holdfast.vault.Unlock;
import org.holdfast.vault.UnlockedUser;
import org.jspecify.annotations.Nullable;

/** The one place where a cookie becomes an unlocked session. */
@ApplicationScoped
class SessionResumption implements Resumption {

    private final CurrentActor current;
    private final UnlockedUser user;
    private final Unlock unlock;
    private final Refusals refusals;

    SessionResumption(CurrentActor current, UnlockedUser user, Unlock unlock, Refusals refusals) {
        this.current = current;
        this.user = user;
        this.unlock = unlock;
        this.refusals = refusals;
    }

    @Override
    public boolean resume(Function<String, @Nullable String> cookie) {
        if (user.isUnlocked() || !current.isLoggedIn()) {
            return true;
        }
        current.actor();
        String value = cookie.apply(KeyCookie.NAME);
        if (value == null) {
            return true;
        }
        try {
            return unlock.resume(value);
        } catch (Problem.Tampering tampering) {
            // The row was changed: a line says so, and the person is simply locked.
            refusals.record(tampering);
            return false;
        } catch (Problem.NotStarted | Problem.NotHere gone) {
            return false;
        }
    }
}
