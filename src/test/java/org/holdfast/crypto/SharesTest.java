// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.holdfast.crypto.Mistyped.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharesTest {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final SecretBytes secret = Samples.key("recovery");
    private final List<Share> shares = Shares.split(secret, 3, 5);

    @AfterEach
    void close() {
        secret.close();
    }

    @Test
    void any_three_of_five_recover_the_secret_in_any_order() throws Tampered {
        int triples = 0;
        for (int mask = 0; mask < 32; mask++) {
            if (Integer.bitCount(mask) >= 3) {
                List<Share> chosen = chosen(mask);
                assertRecovers(chosen);
                Collections.reverse(chosen);
                assertRecovers(chosen);
                triples += Integer.bitCount(mask) == 3 ? 1 : 0;
            }
        }
        assertEquals(10, triples);
    }

    @Test
    void fewer_than_three_recover_nothing() {
        for (int mask = 0; mask < 32; mask++) {
            if (Integer.bitCount(mask) < 3) {
                assertThrows(Tampered.class, () -> Shares.combine(chosen(0)));
                List<Share> few = chosen(mask);
                assertThrows(Tampered.class, () -> Shares.combine(few));
            }
        }
    }

    /** Two shares that claim a threshold of two interpolate to something, which does not fit the commitment. */
    @Test
    void a_lowered_threshold_recovers_nothing() {
        List<Share> lowered = new ArrayList<>();
        for (Share share : chosen(0b11)) {
            lowered.add(new Share(share.index(), share.setId(), 2, share.data(), share.commitment()));
        }
        assertThrows(Tampered.class, () -> Shares.combine(lowered));
    }

    @Test
    void no_share_is_the_secret_and_no_two_are_alike() {
        Set<String> seen = new HashSet<>();
        seen.add(Samples.HEX.formatHex(secret.copy()));
        for (int i = 0; i < 5; i++) {
            assertEquals(i + 1, shares.get(i).index());
            assertTrue(seen.add(Samples.HEX.formatHex(shares.get(i).data())));
        }
        assertNotEquals(shares, Shares.split(secret, 3, 5));
    }

    @Test
    void a_wrong_share_among_enough_sound_ones_is_named() {
        for (int wrong = 0; wrong < 5; wrong++) {
            for (int mask : new int[] {0b11111, 0b11111 & ~(1 << (wrong + 1) % 5)}) {
                List<Share> given = chosen(mask);
                given.replaceAll(damaging(wrong + 1));
                Tampered named = assertThrows(Tampered.class, () -> Shares.combine(given));
                assertEquals("share " + (wrong + 1) + " is wrong", named.getMessage());
            }
        }
    }

    @Test
    void a_wrong_share_among_exactly_three_recovers_nothing() {
        List<Share> given = chosen(0b111);
        given.replaceAll(damaging(2));
        Tampered damage = assertThrows(Tampered.class, () -> Shares.combine(given));
        assertTrue(damage.getMessage().startsWith("a share is wrong"));
    }

    @Test
    void a_share_of_another_set_and_one_given_twice_are_named() {
        List<Share> mixed = chosen(0b111);
        mixed.set(1, Shares.split(secret, 3, 5).get(1));
        assertEquals(
                "share 2 belongs to another set",
                assertThrows(Tampered.class, () -> Shares.combine(mixed)).getMessage());
        List<Share> twice = chosen(0b111);
        twice.set(2, twice.get(0));
        assertEquals(
                "share 1 is there twice",
                assertThrows(Tampered.class, () -> Shares.combine(twice)).getMessage());
    }

    @Test
    void other_thresholds_work_up_to_sixteen_holders() throws Tampered {
        int[][] sizes = {{2, 2}, {2, 3}, {5, 7}, {8, 16}, {16, 16}};
        for (int[] size : sizes) {
            List<Share> made = Shares.split(secret, size[0], size[1]);
            try (SecretBytes recovered = Shares.combine(made.subList(size[1] - size[0], size[1]))) {
                assertTrue(recovered.sameAs(secret));
            }
        }
        int[][] refused = {{1, 3}, {4, 3}, {2, 17}};
        for (int[] size : refused) {
            assertThrows(IllegalArgumentException.class, () -> Shares.split(secret, size[0], size[1]));
        }
    }

    @Test
    void a_printed_share_comes_back_however_it_is_typed() throws Mistyped {
        for (Share share : shares) {
            String text = share.toText();
            assertEquals(19, text.split("\\s").length);
            assertEquals(share, Share.parse(text));
            assertEquals(share, Share.parse(text.toLowerCase().replace('0', 'o').replace('1', 'l')));
            assertEquals(share, Share.parse(text.replaceAll("\\s", "")));
            assertEquals(share, Share.parse("  " + text.replaceAll("\\s", "  - ")));
            assertFalse(share.toString().contains(Samples.HEX.formatHex(share.data())));
        }
    }

    @Test
    void every_single_wrong_character_names_its_group() {
        String text = shares.get(0).toText();
        int group = 1;
        for (int i = 0; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i))) {
                group++;
                continue;
            }
            for (int other = 0; other < 32; other++) {
                if (ALPHABET.charAt(other) != text.charAt(i)) {
                    assertMistyped(Reason.GROUP, group, replaced(text, i, ALPHABET.charAt(other)));
                }
            }
            assertMistyped(Reason.CHARACTER, group, replaced(text, i, 'U'));
        }
    }

    @Test
    void characters_and_groups_that_changed_places_are_named() {
        String[] groups = shares.get(0).toText().split("\\s");
        for (int g = 0; g < groups.length; g++) {
            for (int i = 0; i < 5; i++) {
                if (groups[g].charAt(i) != groups[g].charAt(i + 1)) {
                    String[] changed = groups.clone();
                    changed[g] = groups[g].substring(0, i)
                            + groups[g].charAt(i + 1)
                            + groups[g].charAt(i)
                            + groups[g].substring(i + 2);
                    assertMistyped(Reason.GROUP, g + 1, String.join(" ", changed));
                }
            }
            if (g > 0 && !groups[g].equals(groups[g - 1])) {
                String[] changed = groups.clone();
                changed[g] = groups[g - 1];
                changed[g - 1] = groups[g];
                assertMistyped(Reason.GROUP, g, String.join(" ", changed));
            }
        }
    }

    @Test
    void missing_and_surplus_characters_are_told() {
        String text = shares.get(0).toText();
        assertMistyped(Reason.LENGTH, 3, text.substring(0, 14) + text.substring(15));
        assertMistyped(Reason.LENGTH, 1, "A" + text);
        assertMistyped(Reason.LENGTH, 0, text.substring(7));
        assertMistyped(Reason.LENGTH, 0, "");
    }

    @Test
    void a_recovery_code_comes_back_and_is_not_a_share() throws Mistyped {
        try (SecretBytes code = RecoveryCode.generate()) {
            String text = RecoveryCode.toText(code);
            assertEquals(RecoveryCode.LENGTH, code.length());
            assertEquals(8, text.split("\\s").length);
            try (SecretBytes typed = RecoveryCode.parse(text.toLowerCase().replace(' ', '-'))) {
                assertTrue(code.sameAs(typed));
            }
            assertMistyped(Reason.LENGTH, 0, text);
            Mistyped wrong = assertThrows(
                    Mistyped.class, () -> RecoveryCode.parse(replaced(text, 15, text.charAt(15) == 'A' ? 'B' : 'A')));
            assertEquals(3, wrong.group());
            byte[] otherKind = new byte[21];
            otherKind[0] = 0x12;
            assertEquals(
                    Reason.KIND,
                    assertThrows(Mistyped.class, () -> RecoveryCode.parse(PrintedGroups.print(otherKind)))
                            .reason());
        }
    }

    /** Two errors in one group can hide from its check character; the checksum over all finds them. */
    @Test
    void groups_that_each_fit_but_not_together_are_found() {
        String one = shares.get(0).toText();
        String two = shares.get(1).toText();
        int last = one.length() - 6;
        assertMistyped(Reason.CHECKSUM, 0, two.substring(0, last) + one.substring(last));
    }

    private List<Share> chosen(int mask) {
        List<Share> chosen = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            if ((mask >> i & 1) == 1) {
                chosen.add(shares.get(i));
            }
        }
        return chosen;
    }

    private static UnaryOperator<Share> damaging(int index) {
        return share -> {
            if (share.index() != index) {
                return share;
            }
            byte[] data = share.data();
            data[7] ^= 0x10;
            return new Share(index, share.setId(), share.threshold(), data, share.commitment());
        };
    }

    private void assertRecovers(List<Share> chosen) throws Tampered {
        try (SecretBytes recovered = Shares.combine(chosen)) {
            assertTrue(recovered.sameAs(secret), () -> Arrays.toString(chosen.toArray()));
        }
    }

    private static void assertMistyped(Reason reason, int group, String text) {
        Mistyped found = assertThrows(Mistyped.class, () -> Share.parse(text));
        assertEquals(reason, found.reason());
        assertEquals(group, found.group());
    }

    private static String replaced(String text, int place, char by) {
        return text.substring(0, place) + by + text.substring(place + 1);
    }
}
