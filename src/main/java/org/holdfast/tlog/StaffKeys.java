// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holdfast.crypto.Signatures;
import org.jspecify.annotations.Nullable;

/**
 * The signing keys of the staff, as the directory states them, and at which point of the log each is good.
 *
 * <p>A key is good from the entry of the statement that names it to the entry of the one that ends its holder; the
 * founding key is good from the beginning. A key id is the first 8 bytes of SHA-256 over the signing public key.
 */
final class StaffKeys {
    private static final class Key {
        final byte[] sign;
        final String staff;
        boolean good = true;

        Key(byte[] sign, String staff) {
            this.sign = sign;
            this.staff = staff;
        }
    }

    /** A statement has some three thousand bytes, and all are held. */
    private static final int MOST = 20_000;

    private final Findings findings;
    private final Map<String, Statement> supervisors = new HashMap<>();
    private final Set<String> present = new HashSet<>();
    private final Set<String> named = new HashSet<>();
    private final Map<String, Integer> epochs = new HashMap<>();
    private final Map<String, Statement> unlogged = new HashMap<>();
    private final List<Statement> chain = new ArrayList<>();
    private final Map<String, Key> keys = new HashMap<>();
    private long verified;
    private int lines;

    StaffKeys(Findings findings) {
        this.findings = findings;
    }

    /**
     * Takes the next statement of the chain and checks its place, its signature and that it fits those before it.
     *
     * @throws Malformed if there are more than any organisation makes
     */
    void statement(byte[] bytes) throws Malformed {
        int number = chain.size();
        if (++lines > MOST) {
            throw new Malformed("directory", "more than " + MOST + " statements");
        }
        Statement statement;
        try {
            statement = Statement.parse(bytes);
        } catch (Malformed e) {
            chainFinding(number, "is not in its form (" + e.getMessage() + ")");
            return;
        }
        String previous = number == 0 ? "" : chain.get(number - 1).hash;
        if (statement.number != number
                || !statement.previous.equals(previous)
                || (number == 0) != statement.kind.equals("founding")) {
            chainFinding(number, "does not follow the one before it");
        }
        // Who may sign is a matter of the statements before: none of them makes its own signer.
        byte[] signer = signer(statement);
        if (signer == null || !Signatures.verifyEd25519(signer, statement.signed, statement.signature)) {
            chainFinding(number, "is not signed by somebody who may");
        }
        chain.add(statement);
        unlogged.put(statement.hash, statement);
        if (!fits(statement)) {
            chainFinding(number, "does not fit those before it");
        }
    }

    private void chainFinding(int number, String what) {
        findings.add(Finding.NOWHERE, "directory.chain", "Statement " + number + " of the directory " + what + ".");
    }

    /**
     * The key that may sign a statement: a supervisor whom earlier statements name and none has ended; for the founding
     * statement and the one after it, which names the first supervisor, the root key.
     */
    private byte @Nullable [] signer(Statement statement) {
        Statement founding = chain.isEmpty() ? statement : chain.get(0);
        boolean names =
                statement.kind.equals("person") && statement.field("sign").equals(founding.field("root"));
        if (founding == statement || (chain.size() == 1 && names)) {
            byte[] root = Hex.decode(founding.field("root"));
            return keyId(root).equals(statement.by) ? root : null;
        }
        Statement person = supervisors.get(statement.by);
        return person == null ? null : Hex.decode(person.field("sign"));
    }

    /** Nobody and no key is named twice, only who is there leaves, epochs are numbered; what this version does not know is refused. */
    private boolean fits(Statement statement) {
        String staff = statement.field("staff");
        return switch (statement.kind) {
            case "founding" ->
                statement.field("suites").equals("HF1")
                        && statement.field("need").equals("1");
            case "person" -> arrives(statement, staff);
            case "person-ended" -> {
                supervisors.values().removeIf(person -> person.field("staff").equals(staff));
                yield present.remove(staff);
            }
            default -> statement.field("epoch").equals(String.valueOf(epochs.merge(statement.kind, 1, Integer::sum)));
        };
    }

    private boolean arrives(Statement statement, String staff) {
        // All three, whatever the others say: the next statement is held against them.
        boolean newHere = present.add(staff);
        boolean newName = named.add(staff);
        boolean newKey = named.add(statement.field("sign"));
        if (Arrays.asList(statement.field("roles").split(",", -1)).contains("supervisor")) {
            supervisors.putIfAbsent(keyId(Hex.decode(statement.field("sign"))), statement);
        }
        return newHere && newName && newKey;
    }

    private static String keyId(byte[] publicKey) {
        return Hex.encode(TreeHasher.sha256().digest(publicKey), 0, 8);
    }

    /** Makes the founding key good before the first entry is read. */
    void begin() {
        if (!chain.isEmpty() && chain.get(0).kind.equals("founding")) {
            put(chain.get(0).field("root"), "");
        }
    }

    private void put(String sign, String staff) {
        byte[] publicKey = Hex.decode(sign);
        keys.put(keyId(publicKey), new Key(publicKey, staff));
    }

    /** Checks the signature of an entry with the keys that are good here, then lets the entry's statement take effect. */
    void entry(EntryCursor entry, long index) {
        if (entry.has(EntryCursor.G)) {
            signed(entry, index);
        }
        if (RowLedger.isStatement(entry)) {
            Statement statement = unlogged.remove(entry.text(EntryCursor.H));
            if (statement != null) {
                apply(statement);
            } else {
                findings.add(
                        index,
                        "directory.missing",
                        "Entry " + index + " records a statement that the directory does not have.");
            }
        }
    }

    private void signed(EntryCursor entry, long index) {
        verified++;
        Key key = keys.get(entry.text(EntryCursor.K));
        if (key == null) {
            findings.add(
                    index,
                    "signature.key",
                    "Entry " + index + " is signed with a key that the directory does not name yet.");
        } else if (!key.good) {
            findings.add(
                    index, "signature.key", "Entry " + index + " is signed with a key whose holder had been ended.");
        } else if (!key.staff.isEmpty() && !key.staff.equals(entry.text(EntryCursor.A))) {
            findings.add(
                    index,
                    "signature.actor",
                    "Entry " + index + " is signed with the key of somebody else than its actor.");
        } else {
            int cut = entry.from(EntryCursor.G) - ",\"g\":\"".length();
            byte[] message = Arrays.copyOfRange(entry.source(), entry.start(), cut + 1);
            message[message.length - 1] = '}';
            String signature = entry.text(EntryCursor.G);
            if (signature == null || !Signatures.verifyEd25519(key.sign, message, Hex.decode(signature))) {
                findings.add(index, "signature.wrong", "The signature of entry " + index + " is not its actor's.");
            }
        }
    }

    private void apply(Statement statement) {
        if (statement.kind.equals("person")) {
            // The founding key becomes its holder's; any other key that is there already stays as it is.
            Key known = keys.get(keyId(Hex.decode(statement.field("sign"))));
            if (known != null && !known.staff.isEmpty()) {
                return;
            }
            put(statement.field("sign"), statement.field("staff"));
        } else if (statement.kind.equals("person-ended")) {
            keys.values().stream()
                    .filter(key -> key.staff.equals(statement.field("staff")))
                    .forEach(key -> key.good = false);
        }
    }

    /** Reports the statements that no entry records. */
    void end() {
        for (Statement statement : chain) {
            if (unlogged.containsKey(statement.hash)) {
                chainFinding(statement.number, "is recorded by no entry");
            }
        }
    }

    long verified() {
        return verified;
    }

    int statements() {
        return chain.size();
    }

    String founding() {
        return chain.isEmpty() ? "" : chain.get(0).hash;
    }
}
