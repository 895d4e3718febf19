// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.holdfast.access.Problem;
import org.holdfast.crypto.Context;
import org.holdfast.crypto.Hashes;
import org.holdfast.crypto.Kdf;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.Sealer;
import org.holdfast.crypto.SealingKey;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Tampered;

/**
 * How a person's seeds are kept while they are unlocked: sealed under a key derived from the random secret S that only her
 * browser's cookie holds. The row is found by SHA-256 over S, the log names it by another hash. Person, login session, key
 * id and end are in the context, so that a row that was changed opens nothing. The quiet end moves while she works: it is
 * held by an HMAC under S, which is made anew with it. The name in the log is one too, and compared with the row's.
 */
final class SessionForm {

    /** Length of S. */
    static final int SECRET_LENGTH = 32;

    private static final byte[] ID = Bytes.ascii("holdfast/v1/session-id");
    private static final byte[] NAME = Bytes.ascii("holdfast/v1/session-name");
    private static final byte[] KEY = Bytes.ascii("holdfast/v1/session-key");
    private static final byte[] IDLE = Bytes.ascii("holdfast/v1/session-idle");

    private SessionForm() {}

    static byte[] id(SecretBytes s) {
        return Hashes.hmacSha256(s, ID);
    }

    static byte[] name(SecretBytes s) {
        return Arrays.copyOf(Hashes.hmacSha256(s, NAME), 16);
    }

    static SessionStore.Row seal(
            SecretBytes s, UUID tenant, UserKeys keys, String sid, Instant idleUntil, Instant endsAt) {
        byte[] id = id(s);
        byte[] seeds = keys.seeds().copy();
        try (SecretBytes key = key(s)) {
            byte[] sealed = Sealer.seal(
                    ObjectType.SESSION, 1, key, context(tenant, id, keys.staffId(), sid, keys.keyId(), endsAt), seeds);
            return new SessionStore.Row(
                    id, name(s), keys.staffId(), sid, keys.keyId(), sealed, idleUntil, idleMac(s, idleUntil), endsAt);
        } finally {
            Arrays.fill(seeds, (byte) 0);
        }
    }

    /** What holds the quiet end, whole seconds; nobody makes it without the cookie. */
    static byte[] idleMac(SecretBytes s, Instant idleUntil) {
        return Hashes.hmacSha256(s, IDLE, Bytes.of(idleUntil.getEpochSecond()));
    }

    /**
     * @throws Problem.Tampering if the row is not as it was sealed, its quiet end was moved without the cookie, or it bears another
     *     name than the cookie gives: lines under two names would be two sessions, each without a gap
     */
    static UserKeys open(SecretBytes s, UUID tenant, SessionStore.Row row) {
        byte[] name = name(s);
        if (!MessageDigest.isEqual(row.name(), name)) {
            throw Problem.tampering("session.name", null, name);
        }
        if (!MessageDigest.isEqual(row.idleMac(), idleMac(s, row.idleUntil()))) {
            throw Problem.tampering("session.idle", null, name);
        }
        try (SecretBytes key = key(s)) {
            byte[] seeds = Sealer.open(
                    ObjectType.SESSION,
                    key,
                    context(tenant, row.id(), row.staffId(), row.sid(), row.keyId(), row.endsAt()),
                    row.sealed());
            return new UserKeys(row.staffId(), SecretBytes.of(seeds));
        } catch (Tampered e) {
            throw Problem.tampering("session.row", null, name);
        }
    }

    private static SecretBytes key(SecretBytes s) {
        return Kdf.hkdfSha512(s, new byte[0], KEY, SealingKey.LENGTH);
    }

    private static Context context(UUID tenant, byte[] id, UUID staffId, String sid, byte[] keyId, Instant endsAt) {
        byte[] bound = Hashes.sha256(Bytes.of(staffId), Bytes.lp(sid), keyId, Bytes.of(endsAt.getEpochSecond()));
        return new Context(Bytes.of(tenant), "unlocked_session", "sealed." + Bytes.hex(bound), Bytes.uuid(id), 1, 0);
    }
}
