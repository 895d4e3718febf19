// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.access.Problem;
import org.holdfast.crypto.Context;
import org.holdfast.crypto.Kdf;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.Sealer;
import org.holdfast.crypto.SealingKey;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Tampered;

/**
 * New keys between the page that shows their passphrase and the page on which it is typed again. Until then they are stored
 * nowhere: the form carries them in a hidden field, sealed under a key from the passphrase.
 *
 * <pre>base64url( tenant 16 | person 16 | sealed )</pre>
 */
@ApplicationScoped
class Drafts {

    private static final byte[] KEY = Bytes.ascii("holdfast/v1/draft");
    private static final int PREFIX = 32;

    private final Slots slots;

    Drafts(Slots slots) {
        this.slots = slots;
    }

    /**
     * What is carried.
     *
     * @param seeds the person's, 64 bytes
     * @param kit the recovery kit's secret, 20 bytes
     * @param recoveryKey the organisation's recovery public key; no bytes when somebody enrols
     */
    record Draft(UUID tenant, UUID staffId, byte[] seeds, byte[] kit, byte[] recoveryKey) {
        @Override
        public String toString() {
            return "Draft[redacted]";
        }
    }

    /** An opened draft with the stretched passphrase that opened it. */
    record Opened(Draft draft, SecretBytes stretched) implements AutoCloseable {

        UserKeys keys() {
            return new UserKeys(draft.staffId(), SecretBytes.copyOf(draft.seeds()));
        }

        @Override
        public void close() {
            Arrays.fill(draft.seeds(), (byte) 0);
            Arrays.fill(draft.kit(), (byte) 0);
            stretched.close();
        }

        @Override
        public String toString() {
            return "Opened[redacted]";
        }
    }

    /**
     * The hidden field's value.
     *
     * @param purpose what for, and for which login; it opens for no other
     */
    String seal(Draft draft, String purpose, String passphrase) {
        byte[] plain = Codec.encode(draft);
        try (Slots.Typed typed = slots.stretch(passphrase, draft.tenant(), draft.staffId());
                SecretBytes key = key(typed.stretched(), draft.staffId())) {
            byte[] sealed =
                    Sealer.seal(ObjectType.DRAFT, 1, key, context(draft.tenant(), draft.staffId(), purpose), plain);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Bytes.join(Bytes.of(draft.tenant()), Bytes.of(draft.staffId()), sealed));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** Empty if the passphrase is not the one that was shown, or the field is not what it was. */
    Optional<Opened> open(String field, String purpose, String passphrase) {
        byte[] bytes = decoded(field);
        if (bytes.length <= PREFIX) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        UUID tenant = new UUID(buffer.getLong(), buffer.getLong());
        UUID staffId = new UUID(buffer.getLong(), buffer.getLong());
        Slots.Typed typed = slots.stretch(passphrase, tenant, staffId);
        try (SecretBytes key = key(typed.stretched(), staffId)) {
            byte[] plain = Sealer.open(
                    ObjectType.DRAFT,
                    key,
                    context(tenant, staffId, purpose),
                    Arrays.copyOfRange(bytes, PREFIX, bytes.length));
            Draft draft = Codec.decode(plain, Draft.class);
            Arrays.fill(plain, (byte) 0);
            return Optional.of(new Opened(draft, typed.stretched()));
        } catch (Tampered e) {
            typed.close();
            return Optional.empty();
        }
    }

    private static byte[] decoded(String field) {
        try {
            return Base64.getUrlDecoder().decode(field);
        } catch (IllegalArgumentException e) {
            throw Problem.forgedTicket();
        }
    }

    private static SecretBytes key(SecretBytes stretched, UUID staffId) {
        return Kdf.hkdfSha512(stretched, Bytes.of(staffId), KEY, SealingKey.LENGTH);
    }

    private static Context context(UUID tenant, UUID staffId, String purpose) {
        return new Context(Bytes.of(tenant), "draft", purpose, staffId, 1, 0);
    }
}
