// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.util.Arrays;

/**
 * The secret of a recovery kit: 160 random bits, printed once as eight groups of six characters, each with its own check
 * character, and kept on paper. Strong enough to need no stretching.
 */
public final class RecoveryCode {

    /** Length of the secret in bytes. */
    public static final int LENGTH = 20;

    private static final byte KIND = 0x11;

    private RecoveryCode() {}

    /** A fresh secret of 20 bytes. */
    public static SecretBytes generate() {
        return SecretBytes.random(LENGTH);
    }

    /** Two lines of four groups. */
    public static String toText(SecretBytes code) {
        byte[] payload = new byte[1 + LENGTH];
        payload[0] = KIND;
        System.arraycopy(code.reveal(LENGTH), 0, payload, 1, LENGTH);
        String text = PrintedGroups.print(payload);
        Arrays.fill(payload, (byte) 0);
        return text;
    }

    /**
     * Reads what {@link #toText} printed; case, spaces and hyphens do not matter.
     *
     * @throws Mistyped which names the first group that is wrong
     */
    public static SecretBytes parse(String text) throws Mistyped {
        byte[] payload = PrintedGroups.parse(text, 1 + LENGTH, KIND);
        byte[] code = Arrays.copyOfRange(payload, 1, payload.length);
        Arrays.fill(payload, (byte) 0);
        return SecretBytes.of(code);
    }
}
