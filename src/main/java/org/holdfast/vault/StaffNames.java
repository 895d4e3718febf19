// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.RequestScoped;
import java.util.Map;
import java.util.UUID;

/** Display names, opened with the staff secret that everybody enrolled holds. Opened once a request, outside a transaction. */
@RequestScoped
public class StaffNames {

    /** The name of a person; her id's first digits if there is none. */
    public String of(UUID staffId) {
        throw new IllegalStateException("not built yet");
    }

    /** All names. */
    public Map<UUID, String> all() {
        throw new IllegalStateException("not built yet");
    }
}
