// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.holdfast.access.Role;
import org.holdfast.crypto.XWingKeyPair;

/** What the statements of the directory say, each kind in its own order. */
final class Facts {

    private Facts() {}

    /** The organisation: its root key is that of the first supervisor. */
    static Map<String, String> founding(UUID tenant, UserKeys first, byte[] recoveryKey) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("tenant", Bytes.hex(tenant));
        facts.put("root", Bytes.hex(first.signKey()));
        facts.put("recovery", Bytes.hex(recoveryKey));
        facts.put("suites", "HF1");
        facts.put("need", "1");
        return facts;
    }

    /** A person with the keys at hand. */
    static Map<String, String> person(UserKeys keys, byte[] loginTag, Set<Role> roles, LocalDate from) {
        return person(keys.staffId(), loginTag, roles, keys.signKey(), keys.wrapKey(), from);
    }

    static Map<String, String> person(
            UUID staffId, byte[] loginTag, Set<Role> roles, byte[] signKey, byte[] wrapKey, LocalDate from) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("staff", Bytes.hex(staffId));
        facts.put("login", Bytes.hex(loginTag));
        facts.put("roles", codes(roles));
        facts.put("sign", Bytes.hex(signKey));
        facts.put("wrap", Bytes.hex(wrapKey));
        facts.put("from", from.toString());
        return facts;
    }

    static String codes(Set<Role> roles) {
        return roles.stream().sorted().map(Role::code).collect(Collectors.joining(","));
    }

    static Map<String, String> sharedKey(NewObject object) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("id", Bytes.hex(object.id()));
        facts.put("epoch", "1");
        try (XWingKeyPair pair = object.secretsOf(Compartment.WHOLE).keyPair()) {
            facts.put("key", Bytes.hex(pair.publicKey()));
        }
        return facts;
    }
}
