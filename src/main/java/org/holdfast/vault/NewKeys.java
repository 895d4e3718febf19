// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.util.List;

/**
 * What a page shows once, and the hidden field that carries the rest.
 *
 * @param passphrase six words
 * @param kit the recovery kit in its printed form
 * @param shares the organisation's recovery key in its printed shares; none when somebody enrols
 * @param draft the hidden field
 */
public record NewKeys(String passphrase, String kit, List<String> shares, String draft) {

    @Override
    public String toString() {
        return "NewKeys[redacted]";
    }
}
