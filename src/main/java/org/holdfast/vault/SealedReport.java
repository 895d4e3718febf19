// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.util.UUID;

/**
 * A report as it is stored.
 *
 * @param epochId id of the intake epoch it is sealed to
 * @param epoch number of that epoch
 * @param wrap two random secrets to the epoch's public key
 * @param identity sealed at {@code intake_report.identity}, revision 1
 * @param content sealed at {@code intake_report.content}, revision 1
 */
public record SealedReport(UUID epochId, int epoch, byte[] wrap, byte[] identity, byte[] content) {

    @Override
    public String toString() {
        return "SealedReport";
    }
}
