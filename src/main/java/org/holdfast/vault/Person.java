// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.holdfast.access.Role;

/**
 * Somebody whom the signed directory knows.
 *
 * @param staffId random id
 * @param keyId 8 bytes: the beginning of SHA-256 of the signing key; names the person in grants, statements and the log
 * @param wrapKey X-Wing public key, 1,216 bytes
 * @param signKey Ed25519 public key, 32 bytes
 * @param roles as signed
 * @param loginTag 32 bytes, see {@link org.holdfast.access.Actor#loginTag()}
 * @param from first day
 * @param active whether no statement ended her
 */
public record Person(
        UUID staffId,
        byte[] keyId,
        byte[] wrapKey,
        byte[] signKey,
        Set<Role> roles,
        byte[] loginTag,
        LocalDate from,
        boolean active) {

    Person ended() {
        return new Person(staffId, keyId, wrapKey, signKey, roles, loginTag, from, false);
    }

    @Override
    public String toString() {
        return "Person[" + staffId + "]";
    }
}
