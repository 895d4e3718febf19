// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Mac;

/** Makes keys from keys: HKDF (RFC 5869), and the derivations of suite HF1. All outputs are the caller's to close. */
public final class Kdf {

    private static final byte[] COMMIT = ascii("holdfast/v1/commit");
    private static final byte[] FIELD_KEY = ascii("holdfast/v1/field-key");
    private static final int KEY_LENGTH = 32;

    private Kdf() {}

    /**
     * HKDF-SHA-512, extract and expand.
     *
     * @param ikm input key material, any length but zero
     * @param salt may be empty, which stands for 64 zero bytes
     * @param info what the output is for
     * @param length of the output, 1 to 16,320 bytes
     */
    public static SecretBytes hkdfSha512(SecretBytes ikm, byte[] salt, byte[] info, int length) {
        return hkdf(Macs.SHA512, 64, ikm, salt, info, length);
    }

    /**
     * HKDF-SHA-256, extract and expand.
     *
     * @param ikm input key material, any length but zero
     * @param salt may be empty, which stands for 32 zero bytes
     * @param info what the output is for
     * @param length of the output, 1 to 8,160 bytes
     */
    public static SecretBytes hkdfSha256(SecretBytes ikm, byte[] salt, byte[] info, int length) {
        return hkdf(Macs.SHA256, 32, ikm, salt, info, length);
    }

    /**
     * What may be published about a key so that another key cannot take its place: 32 bytes of HKDF-SHA-512 without salt
     * under the info {@code holdfast/v1/commit}.
     */
    public static byte[] commitment(SecretBytes fieldKey) {
        try (SecretBytes commitment = hkdfSha512(fieldKey, new byte[0], COMMIT, 32)) {
            return commitment.copy();
        }
    }

    /**
     * The key that seals the fields of one object in one compartment and epoch: HKDF-SHA-512 with the grant secret as
     * input key material, the shred secret as salt, and the info
     *
     * <pre>"holdfast/v1/field-key" 00 | tenant 16 | object 16 | u8 compartment | u32 epoch</pre>
     *
     * <p>Neither secret alone says anything about it: the grant secret is wrapped to people, the shred secret lives in a
     * store of its own and is what erasure deletes.
     *
     * @param grantSecret 32 bytes
     * @param shredSecret 32 bytes
     * @param tenant 16 bytes
     * @param object id of the case, report or other object
     * @param compartment 0 to 255
     * @param epoch key epoch, an unsigned 32-bit number
     * @return 32 bytes
     */
    public static SecretBytes fieldKey(
            SecretBytes grantSecret, SecretBytes shredSecret, byte[] tenant, UUID object, int compartment, int epoch) {
        if (tenant.length != Context.TENANT_LENGTH || compartment < 0 || compartment > 255) {
            throw new IllegalArgumentException("a tenant id has 16 bytes, a compartment one");
        }
        grantSecret.reveal(KEY_LENGTH);
        byte[] info = new byte[FIELD_KEY.length + 1 + 16 + 16 + 1 + 4];
        ByteBuffer.wrap(info)
                .put(FIELD_KEY)
                .put((byte) 0)
                .put(tenant)
                .putLong(object.getMostSignificantBits())
                .putLong(object.getLeastSignificantBits())
                .put((byte) compartment)
                .putInt(epoch);
        return hkdfSha512(grantSecret, shredSecret.reveal(KEY_LENGTH), info, KEY_LENGTH);
    }

    private static SecretBytes hkdf(
            String algorithm, int hashLength, SecretBytes ikm, byte[] salt, byte[] info, int length) {
        if (length < 1 || length > 255 * hashLength) {
            throw new IllegalArgumentException("HKDF gives 1 to " + 255 * hashLength + " bytes");
        }
        Mac extract = Macs.keyed(algorithm, salt.length == 0 ? new byte[hashLength] : salt);
        byte[] pseudoRandomKey = extract.doFinal(ikm.reveal());
        Mac expand = Macs.keyed(algorithm, pseudoRandomKey);
        Arrays.fill(pseudoRandomKey, (byte) 0);
        byte[] out = new byte[length];
        expand(expand, out, info);
        Macs.forget(expand);
        return SecretBytes.of(out);
    }

    /** HKDF-Expand under the key inside the machine, with the info given in parts. */
    static void expand(Mac keyed, byte[] out, byte[]... info) {
        byte[] block = new byte[0];
        int filled = 0;
        for (int counter = 1; filled < out.length; counter++) {
            keyed.update(block);
            for (byte[] part : info) {
                keyed.update(part);
            }
            keyed.update((byte) counter);
            Arrays.fill(block, (byte) 0);
            block = keyed.doFinal();
            int taken = Math.min(block.length, out.length - filled);
            System.arraycopy(block, 0, out, filled, taken);
            filled += taken;
        }
        Arrays.fill(block, (byte) 0);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
