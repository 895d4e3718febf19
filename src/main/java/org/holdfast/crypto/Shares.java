// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;
import org.jspecify.annotations.Nullable;

/**
 * Splits a secret so that any {@code threshold} of its holders recover it and fewer learn nothing: Shamir's scheme over
 * GF(256), byte by byte, share number = place of evaluation.
 *
 * <p>Every share carries 16 bytes of HKDF-SHA-512 over the secret (salt: set id, info {@code holdfast/v1/share-commit}).
 * What {@link #combine} gives fits them, so that a wrong share never yields a wrong secret unnoticed. Who splits is
 * trusted; a holder is not.
 */
public final class Shares {

    /** Length of a secret in bytes. */
    public static final int SECRET_LENGTH = 32;

    /** The most holders that a secret can have. */
    public static final int MAX_HOLDERS = 16;

    private static final byte[] COMMIT = "holdfast/v1/share-commit".getBytes(StandardCharsets.US_ASCII);

    private Shares() {}

    /**
     * Splits a secret, which stays with the caller.
     *
     * @param secret 32 bytes
     * @param threshold how many shares recover it, at least 2
     * @param holders how many shares are made, at most 16
     */
    public static List<Share> split(SecretBytes secret, int threshold, int holders) {
        if (threshold < 2 || holders < threshold || holders > MAX_HOLDERS) {
            throw new IllegalArgumentException("2 <= threshold <= holders <= " + MAX_HOLDERS);
        }
        byte[] setId = Randomness.bytes(Share.SET_ID);
        byte[] commitment = commitment(secret.reveal(SECRET_LENGTH), setId);
        // resplit and not splitAround: the latter hands the secret itself out as the first share.
        ShamirSplitSecretShare[] parts = ShamirSecretSplitter.getInstance(
                        ShamirSecretSplitter.Algorithm.AES, SECRET_LENGTH, Randomness.source())
                .resplit(secret.reveal(), threshold, holders)
                .getSecretShares();
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < holders; i++) {
            // Bouncy Castle evaluates at 1, 2, 3 … in this order and does not encode the place.
            shares.add(new Share(i + 1, setId, threshold, encoded(parts[i]), commitment));
        }
        return shares;
    }

    /**
     * Recovers a secret.
     *
     * @param shares of different holders, at least the threshold; more make it possible to name a wrong one
     * @throws Tampered if they are too few, do not belong together, or one is wrong; the message names it by its number
     *     where that can be known
     */
    public static SecretBytes combine(List<Share> shares) throws Tampered {
        if (shares.size() < 2 || shares.size() > MAX_HOLDERS) {
            throw new Tampered("2 to 16 shares are needed");
        }
        Share model = majority(shares);
        boolean[] seen = new boolean[MAX_HOLDERS + 1];
        for (Share share : shares) {
            if (!share.sameSet(model)) {
                throw new Tampered("share " + share.index() + " belongs to another set");
            }
            if (seen[share.index()]) {
                throw new Tampered("share " + share.index() + " is there twice");
            }
            seen[share.index()] = true;
        }
        if (shares.size() < model.threshold()) {
            throw new Tampered(model.threshold() + " shares are needed");
        }
        List<Share> good = fitting(shares, model, new ArrayList<>(), 0);
        if (good == null) {
            throw new Tampered("a share is wrong; one more than " + model.threshold() + " sound ones would tell which");
        }
        byte[] secret = interpolate(good);
        for (Share share : shares) {
            List<Share> others = new ArrayList<>(good.subList(1, good.size()));
            others.add(share);
            if (!good.contains(share) && !fits(others, model)) {
                Arrays.fill(secret, (byte) 0);
                throw new Tampered("share " + share.index() + " is wrong");
            }
        }
        return SecretBytes.of(secret);
    }

    private static Share majority(List<Share> shares) {
        Share best = shares.get(0);
        long most = 0;
        for (Share candidate : shares) {
            long count = shares.stream().filter(candidate::sameSet).count();
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    /** The first choice of as many shares as are needed that gives the committed secret; at most 12,870 are tried. */
    private static @Nullable List<Share> fitting(List<Share> shares, Share model, List<Share> chosen, int from) {
        if (chosen.size() == model.threshold()) {
            return fits(chosen, model) ? List.copyOf(chosen) : null;
        }
        for (int i = from; i <= shares.size() - (model.threshold() - chosen.size()); i++) {
            chosen.add(shares.get(i));
            List<Share> found = fitting(shares, model, chosen, i + 1);
            if (found != null) {
                return found;
            }
            chosen.remove(chosen.size() - 1);
        }
        return null;
    }

    private static boolean fits(List<Share> chosen, Share model) {
        byte[] secret = interpolate(chosen);
        boolean fits = MessageDigest.isEqual(commitment(secret, model.setId()), model.commitment());
        Arrays.fill(secret, (byte) 0);
        return fits;
    }

    private static byte[] interpolate(List<Share> chosen) {
        ShamirSplitSecretShare[] parts = new ShamirSplitSecretShare[chosen.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new ShamirSplitSecretShare(
                    chosen.get(i).data(), chosen.get(i).index());
        }
        try {
            return ShamirSplitSecret.getInstance(ShamirSecretSplitter.Algorithm.AES, parts)
                    .getSecret();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(ShamirSplitSecretShare part) {
        try {
            return part.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] commitment(byte[] secret, byte[] setId) {
        try (SecretBytes held = SecretBytes.copyOf(secret);
                SecretBytes commitment = Kdf.hkdfSha512(held, setId, COMMIT, Share.COMMITMENT)) {
            return commitment.copy();
        }
    }
}
