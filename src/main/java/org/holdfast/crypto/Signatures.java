// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithContext;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Checks signatures. Malformed keys and signatures are simply not valid: nothing is thrown. Where a statement carries two
 * signatures, the caller asks for both.
 */
public final class Signatures {

    private Signatures() {}

    /** Ed25519 (RFC 8032, pure); a non-canonical encoding is not valid. */
    public static boolean verifyEd25519(byte[] publicKey, byte[] message, byte[] signature) {
        return publicKey.length == SigningKey.PUBLIC_KEY_LENGTH
                && signature.length == SigningKey.SIGNATURE_LENGTH
                && Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
    }

    /** ML-DSA-44 (FIPS 204, pure) with the empty context string. */
    public static boolean verifyMlDsa44(byte[] publicKey, byte[] message, byte[] signature) {
        return verifyMlDsa44(publicKey, message, new byte[0], signature);
    }

    static boolean verifyMlDsa44(byte[] publicKey, byte[] message, byte[] context, byte[] signature) {
        if (publicKey.length != MlDsaKey.PUBLIC_KEY_LENGTH
                || signature.length != MlDsaKey.SIGNATURE_LENGTH
                || context.length > 255) {
            return false;
        }
        MLDSASigner signer = new MLDSASigner();
        var key = new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_44, publicKey);
        signer.init(false, new ParametersWithContext(key, context));
        signer.update(message, 0, message.length);
        return signer.verifySignature(signature);
    }
}
