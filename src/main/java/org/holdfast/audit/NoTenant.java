// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** The log of a house without a directory belongs to nobody: it is written and never numbered. */
@DefaultBean
@ApplicationScoped
class NoTenant implements TenantSource {
    @Override
    public Optional<UUID> tenant() {
        return Optional.empty();
    }
}
