// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.holdfast.audit.StaffSigningKeys;

/** Of people who left too: what they did stands. */
@ApplicationScoped
class DirectorySigningKeys implements StaffSigningKeys {

    private final Directory directory;

    DirectorySigningKeys(Directory directory) {
        this.directory = directory;
    }

    @Override
    public Known now() {
        Optional<Chain> chain = directory.chain();
        return (staffId, keyId) -> chain.flatMap(c -> c.byKey(keyId))
                .filter(person -> person.staffId().equals(staffId))
                .map(Person::signKey);
    }
}
