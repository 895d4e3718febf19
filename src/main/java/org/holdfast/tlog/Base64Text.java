// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.util.Base64;

/** Base 64 of RFC 4648 section 4 with padding, one spelling for each value. */
final class Base64Text {
    private Base64Text() {}

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] decode(String text, String place) throws Malformed {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            // The decoder takes a missing padding and stray last bits; neither comes back out.
            if (encode(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the same refusal.
        }
        throw new Malformed(place, "not base 64");
    }
}
