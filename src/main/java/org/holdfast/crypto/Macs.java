// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;

/** HMAC of the JDK's provider. */
final class Macs {

    static final String SHA256 = "HmacSHA256";
    static final String SHA512 = "HmacSHA512";

    private Macs() {}

    /** A machine under this key. The key's bytes are not kept beyond the provider's own state. */
    static Mac keyed(String algorithm, byte[] key) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new BorrowedKey(key, algorithm));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Replaces the key inside by zeros. */
    static void forget(Mac mac) {
        try {
            mac.init(new BorrowedKey(new byte[32], mac.getAlgorithm()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
