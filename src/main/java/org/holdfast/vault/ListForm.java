// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.audit.LogMark;
import org.holdfast.audit.LogNews;
import org.holdfast.audit.Pseudonym;
import org.holdfast.audit.RowHash;
import org.holdfast.crypto.Context;
import org.holdfast.crypto.Hashes;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.Sealer;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Tampered;

/**
 * The sealed form of what a list is made from: a head that says what the list rests on, and a body with what it shows. The head
 * holds the hash of the sealed body, so that both belong together; the context of both holds the person's key id. Outside of
 * every transaction.
 */
final class ListForm {

    private static final int EPOCH = 1;
    private static final int VERSION = 1;

    private ListForm() {}

    /**
     * What the list rests on.
     *
     * @param size entries of the log that were taken into account
     * @param leaf leaf hash of the last of them
     * @param form the components of an element of the body
     * @param body SHA-256 of the sealed body
     * @param items one for each element of the body
     */
    record Head(long size, byte[] leaf, String form, byte[] body, List<Item> items) {
        LogMark mark() {
            return new LogMark(size, leaf);
        }
    }

    /**
     * An object in the list.
     *
     * @param summary hash of the grant by which she may list it
     * @param content hash of the grant by which she holds its content; empty if she does not
     * @param name what the log calls its own row
     * @param row the hash of that row; zero bytes when it did not open, so that it is tried again
     */
    record Item(UUID object, byte[] summary, byte[] content, byte[] name, byte[] row) {

        /** Whether the log says something newer, or it did not open. */
        boolean stale(LogNews news) {
            byte[] written = news.written().get(new Pseudonym(name));
            return Arrays.equals(row, RowHash.gone())
                    || (written != null && !Arrays.equals(written, row))
                    || (!news.revoked().isEmpty()
                            && (news.revoked().contains(Bytes.hex(summary))
                                    || news.revoked().contains(Bytes.hex(content))));
        }
    }

    static ListIndexStore.Row seal(
            UserKeys mine, UUID tenant, LogMark mark, Class<?> form, List<Item> items, List<?> body) {
        byte[] plainBody = Codec.encode(body);
        try (SecretBytes key = mine.listKey()) {
            byte[] sealed = Sealer.seal(ObjectType.LIST_INDEX, EPOCH, key, context(mine, tenant, "body"), plainBody);
            byte[] head =
                    Codec.encode(new Head(mark.size(), mark.leaf(), components(form), Hashes.sha256(sealed), items));
            return new ListIndexStore.Row(
                    Sealer.seal(ObjectType.LIST_INDEX, EPOCH, key, context(mine, tenant, "head"), head), sealed);
        } finally {
            Arrays.fill(plainBody, (byte) 0);
        }
    }

    /** The head, if it and the body are hers, whole, and of this form. */
    static Optional<Head> head(UserKeys mine, UUID tenant, ListIndexStore.Row row, Class<?> form) {
        try (SecretBytes key = mine.listKey()) {
            Head head = Codec.decode(
                    Sealer.open(ObjectType.LIST_INDEX, key, context(mine, tenant, "head"), row.head()), Head.class);
            return Optional.of(head)
                    .filter(h ->
                            h.form().equals(components(form)) && Arrays.equals(h.body(), Hashes.sha256(row.body())));
        } catch (Tampered notHers) {
            return Optional.empty();
        }
    }

    /** What the list shows; its head was opened before. */
    static <T> T[] body(UserKeys mine, UUID tenant, byte[] sealed, Class<T[]> form) {
        try (SecretBytes key = mine.listKey()) {
            byte[] plain = Sealer.open(ObjectType.LIST_INDEX, key, context(mine, tenant, "body"), sealed);
            T[] elements = Codec.decode(plain, form);
            Arrays.fill(plain, (byte) 0);
            return elements;
        } catch (Tampered e) {
            throw new IllegalStateException("a body that its head does not belong to", e);
        }
    }

    /** Names and types of the components of a record: another version of the program does not read its form by accident. */
    private static String components(Class<?> form) {
        StringBuilder text = new StringBuilder();
        for (RecordComponent component : form.getComponentType().getRecordComponents()) {
            text.append(component.getGenericType().getTypeName())
                    .append(' ')
                    .append(component.getName())
                    .append(';');
        }
        return text.toString();
    }

    private static Context context(UserKeys mine, UUID tenant, String part) {
        return new Context(
                Bytes.of(tenant),
                ListIndexStore.TABLE,
                part + "." + Bytes.hex(mine.keyId()),
                mine.staffId(),
                VERSION,
                0);
    }
}
