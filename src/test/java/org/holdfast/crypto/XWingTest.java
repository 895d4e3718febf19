// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.prng.FixedSecureRandom;
import org.bouncycastle.pqc.crypto.xwing.XWingKEMExtractor;
import org.bouncycastle.pqc.crypto.xwing.XWingKEMGenerator;
import org.bouncycastle.pqc.crypto.xwing.XWingPrivateKeyParameters;
import org.bouncycastle.pqc.crypto.xwing.XWingPublicKeyParameters;
import org.junit.jupiter.api.Test;

/** The mechanism under the wraps: a change of it in the library, which follows a draft, must not go unnoticed. */
class XWingTest {

    @Test
    void the_vectors_of_the_draft_3_of_3() throws Exception {
        int passed = 0;
        for (JsonNode test : Vectors.read("xwing/test-vectors.json")) {
            byte[] seed = hex(test, "seed");
            byte[] publicKey = hex(test, "pk");
            try (SecretBytes held = SecretBytes.copyOf(seed);
                    XWingKeyPair keys = XWingKeyPair.fromSeed(held)) {
                assertArrayEquals(publicKey, keys.publicKey());
                assertArrayEquals(Arrays.copyOf(Hashes.sha256(publicKey), Envelope.KEY_ID_LENGTH), keys.keyId());
            }
            SecretWithEncapsulation made = new XWingKEMGenerator(new FixedSecureRandom(hex(test, "eseed")))
                    .generateEncapsulated(new XWingPublicKeyParameters(publicKey));
            assertArrayEquals(hex(test, "ct"), made.getEncapsulation());
            assertArrayEquals(hex(test, "ss"), made.getSecret());
            assertArrayEquals(
                    hex(test, "ss"),
                    new XWingKEMExtractor(new XWingPrivateKeyParameters(seed)).extractSecret(hex(test, "ct")));
            passed++;
        }
        assertEquals(3, passed);
    }

    @Test
    void wycheproof_ml_kem_768_193_of_193() throws Exception {
        int passed = 0;
        for (Vectors.Case c : Vectors.wycheproof("mlkem_768_test.json")) {
            if (c.isValid()) {
                byte[] seed = c.bytes("seed");
                var key = new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, seed);
                assertArrayEquals(c.bytes("ek"), key.getPublicKey(), c.name());
                assertArrayEquals(c.bytes("K"), new MLKEMExtractor(key).extractSecret(c.bytes("c")), c.name());
            } else {
                assertThrows(
                        RuntimeException.class,
                        () -> {
                            var key = new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, c.bytes("seed"));
                            new MLKEMExtractor(key).extractSecret(c.bytes("c"));
                        },
                        c.name());
            }
            passed++;
        }
        assertEquals(193, passed);
    }

    private static byte[] hex(JsonNode test, String name) {
        return Samples.HEX.parseHex(test.get(name).asText());
    }
}
