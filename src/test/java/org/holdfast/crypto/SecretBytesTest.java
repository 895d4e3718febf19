// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SecretBytesTest {

    @Test
    void closing_overwrites_the_array_it_owns() {
        byte[] owned = {1, 2, 3};
        SecretBytes.of(owned).close();
        assertArrayEquals(new byte[3], owned);
    }

    @Test
    void a_copy_leaves_the_original_alone() {
        byte[] original = {1, 2, 3};
        SecretBytes.copyOf(original).close();
        assertArrayEquals(new byte[] {1, 2, 3}, original);
    }

    @Test
    void what_is_handed_out_is_a_copy() {
        try (SecretBytes secret = SecretBytes.of(new byte[] {1, 2, 3})) {
            secret.copy()[0] = 9;
            assertEquals(1, secret.copy()[0]);
        }
    }

    @Test
    void nothing_works_after_closing_but_closing_again() {
        SecretBytes secret = SecretBytes.random(32);
        secret.close();
        secret.close();
        assertThrows(IllegalStateException.class, secret::length);
        assertThrows(IllegalStateException.class, secret::copy);
        try (SecretBytes other = SecretBytes.random(32)) {
            assertThrows(IllegalStateException.class, () -> secret.sameAs(other));
            assertThrows(IllegalStateException.class, () -> other.sameAs(secret));
        }
    }

    @Test
    void same_bytes_are_the_same_and_others_are_not() {
        try (SecretBytes one = SecretBytes.of(new byte[] {1, 2});
                SecretBytes same = SecretBytes.of(new byte[] {1, 2});
                SecretBytes other = SecretBytes.of(new byte[] {1, 3});
                SecretBytes longer = SecretBytes.of(new byte[] {1, 2, 0})) {
            assertTrue(one.sameAs(same));
            assertFalse(one.sameAs(other));
            assertFalse(one.sameAs(longer));
        }
    }

    @Test
    void it_never_prints_what_it_holds() {
        try (SecretBytes secret = SecretBytes.of(new byte[] {65, 66})) {
            assertEquals("SecretBytes[redacted]", secret.toString());
        }
    }
}
