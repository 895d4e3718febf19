// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;

/**
 * Somebody who holds secrets of an object.
 *
 * @param staffId the person
 * @param compartments what she can open
 * @param since day of her oldest grant that stands
 */
public record Holder(UUID staffId, Set<Compartment> compartments, LocalDate since) {}
