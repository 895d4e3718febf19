// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.util.Optional;
import java.util.UUID;

/** Tells whose log this is. */
@FunctionalInterface
public interface TenantSource {
    /**
     * The tenant id of the founding statement; empty before the first start is done.
     *
     * <p>May be asked often and from a thread without a request or a transaction.
     */
    Optional<UUID> tenant();
}
