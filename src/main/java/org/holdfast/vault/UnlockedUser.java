// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;

/** The person who asks, as far as her keys are unlocked in this request. */
@RequestScoped
public class UnlockedUser {

    /** Whether they are. */
    public boolean isUnlocked() {
        throw new IllegalStateException("not built yet");
    }

    /** @throws org.holdfast.access.Problem.Locked unless unlocked */
    public UUID staffId() {
        throw new IllegalStateException("not built yet");
    }

    /** @throws org.holdfast.access.Problem.Locked unless unlocked; call it first in every desk method that needs keys */
    public void require() {
        throw new IllegalStateException("not built yet");
    }
}
