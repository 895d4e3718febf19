// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * Turns bytes and keys into sealed bytes and back, exactly as suite HF1 says.
 *
 * <p>What to use: {@link org.holdfast.crypto.Sealer} for bytes under a symmetric key, {@link
 * org.holdfast.crypto.Wrapper} for a secret to a person's public key, {@link org.holdfast.crypto.SigningKey} and {@link
 * org.holdfast.crypto.Signatures} for signatures, {@link org.holdfast.crypto.Kdf} for every key that is made from
 * another, {@link org.holdfast.crypto.Stretcher} for what a human types, {@link org.holdfast.crypto.Shares} for the
 * organisation's recovery key. Every secret travels as {@link org.holdfast.crypto.SecretBytes} and is closed by who holds
 * it.
 *
 * <p>What is promised: whatever opens was sealed under the same key, by the same suite, as the same type, for the same
 * tenant, table, column, row, schema version and revision; anything else is {@link org.holdfast.crypto.Tampered}, which
 * nobody can forget to handle. A ciphertext commits to its key. The length that shows is that of a bucket.
 *
 * <p>What is not promised: freshness (an older ciphertext of the same revision number opens; row hashes in the log are
 * the remedy) and wiping of copies that the virtual machine makes on its own.
 *
 * <p>What this room never does: read a clock, a file outside its resources, a database or a request, write a log, or know
 * what the bytes mean. It depends on {@code java.*} and Bouncy Castle alone. AES-GCM, SHA-2 and HMAC come from the JDK's
 * provider, everything else from Bouncy Castle.
 *
 * <p>Formats: SECURITY.md and {@code src/docs/adr/0003-suite-hf1.md}; C2SP chunked-encryption, RFC 9180 (HPKE),
 * draft-connolly-cfrg-xwing-kem, RFC 5869 (HKDF), RFC 9106 (Argon2), RFC 8032 (Ed25519), FIPS 204 (ML-DSA). Golden files
 * under {@code src/test/vectors/crypto} freeze them.
 */
@NullMarked
package org.holdfast.crypto;

import org.jspecify.annotations.NullMarked;
