// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;

/**
 * SHA-256 and HMAC-SHA-256 (FIPS 180-4, FIPS 198-1) over the concatenation of the given parts. Nothing separates the
 * parts: where lengths vary, the caller puts a length in front.
 */
public final class Hashes {

    private Hashes() {}

    /** 32 bytes. */
    public static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** 32 bytes. The key may have any length but zero. */
    public static byte[] hmacSha256(SecretBytes key, byte[]... parts) {
        Mac mac = Macs.keyed(Macs.SHA256, key.reveal());
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }
}
