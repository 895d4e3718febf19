// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holdfast.access.Problem;
import org.holdfast.crypto.Hashes;
import org.holdfast.crypto.SigningKey;

/**
 * One statement of the directory: one line of JSON in ASCII with the keys in fixed order, no white space, no escapes.
 *
 * <pre>{"v":1,"n":3,"p":"…64","k":"person","t":"2026-11-25", facts of the kind, "by":"…16","g":"…128"}</pre>
 *
 * <p>{@code p} is the SHA-256 of the statement before it and absent in the first; {@code by} the key id of the signer;
 * {@code g} Ed25519 over the line without {@code ,"g":"…"}. Reading it and writing it again gives the same bytes, or it is
 * refused. Immutable.
 */
final class Statement {

    /** What a statement states, with the names and forms of its facts in their order. */
    enum Kind {
        FOUNDING("founding", "tenant:32", "root:64", "recovery:2432", "suites:w", "need:n"),
        PERSON("person", "staff:32", "login:64", "roles:w", "sign:64", "wrap:2432", "from:d"),
        PERSON_ENDED("person-ended", "staff:32"),
        INTAKE_EPOCH("intake-epoch", "id:32", "epoch:n", "key:2432"),
        OVERSIGHT_KEY("oversight-key", "id:32", "epoch:n", "key:2432"),
        STAFF_KEY("staff-key", "id:32", "epoch:n", "key:2432");

        private final String code;

        /** Unmodifiable, which its type does not say. */
        @SuppressWarnings("ImmutableEnumChecker")
        private final List<String> names;

        private final Pattern form;

        Kind(String code, String... facts) {
            this.code = code;
            this.names = Arrays.stream(facts).map(f -> f.split(":")[0]).toList();
            StringBuilder form = new StringBuilder();
            for (String fact : facts) {
                String[] parts = fact.split(":");
                form.append(",\"").append(parts[0]).append("\":");
                form.append(
                        switch (parts[1]) {
                            case "n" -> "(0|[1-9][0-9]{0,8})";
                            case "d" -> "\"(" + DAY + ")\"";
                            case "w" -> "\"([A-Za-z0-9,.-]{1,100})\"";
                            default -> "\"([0-9a-f]{" + parts[1] + "})\"";
                        });
            }
            this.form = Pattern.compile(form.toString());
        }

        String code() {
            return code;
        }

        private boolean isNumber(String name) {
            return name.equals("epoch") || name.equals("need");
        }
    }

    private static final String DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final Pattern HEAD = Pattern.compile(
            "\\{\"v\":1,\"n\":(0|[1-9][0-9]{0,8})(?:,\"p\":\"([0-9a-f]{64})\")?,\"k\":\"([a-z-]{1,20})\",\"t\":\"("
                    + DAY + ")\"");
    private static final Pattern TAIL = Pattern.compile(",\"by\":\"([0-9a-f]{16})\",\"g\":\"([0-9a-f]{128})\"\\}");

    private final int number;
    private final byte[] previous;
    private final Kind kind;
    private final LocalDate day;
    private final Map<String, String> facts;
    private final byte[] by;
    private final byte[] signature;
    private final byte[] body;
    private final byte[] hash;

    private Statement(
            int number,
            byte[] previous,
            Kind kind,
            LocalDate day,
            Map<String, String> facts,
            byte[] by,
            byte[] signature) {
        this.number = number;
        this.previous = previous;
        this.kind = kind;
        this.day = day;
        this.facts = facts;
        this.by = by;
        this.signature = signature;
        this.body = encode(true);
        this.hash = Hashes.sha256(body);
    }

    /** A new statement, signed. */
    static Statement signed(
            int number, byte[] previous, Kind kind, LocalDate day, Map<String, String> facts, UserKeys signer) {
        if (!List.copyOf(facts.keySet()).equals(kind.names)) {
            throw new IllegalArgumentException("these are not the facts of a " + kind.code);
        }
        Statement draft = new Statement(
                number, previous, kind, day, facts, signer.keyId(), new byte[SigningKey.SIGNATURE_LENGTH]);
        Statement signed =
                new Statement(number, previous, kind, day, facts, signer.keyId(), signer.sign(draft.signedBytes()));
        return parse(signed.body);
    }

    /** @throws Problem.Tampering if it is not in its one form */
    static Statement parse(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        Matcher head = HEAD.matcher(text);
        if (head.lookingAt()) {
            for (Kind kind : Kind.values()) {
                Matcher facts = kind.form.matcher(text).region(head.end(), text.length());
                if (kind.code.equals(head.group(3)) && facts.lookingAt()) {
                    Matcher tail = TAIL.matcher(text).region(facts.end(), text.length());
                    if (tail.matches()) {
                        return parsed(kind, head, facts, tail, body);
                    }
                }
            }
        }
        throw Problem.tampering("directory.form");
    }

    private static Statement parsed(Kind kind, Matcher head, Matcher facts, Matcher tail, byte[] body) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < kind.names.size(); i++) {
            values.put(kind.names.get(i), facts.group(i + 1));
        }
        byte[] previous = head.group(2) == null ? new byte[0] : Bytes.unhex(head.group(2));
        Statement statement = new Statement(
                Integer.parseInt(head.group(1)),
                previous,
                kind,
                LocalDate.parse(head.group(4)),
                values,
                Bytes.unhex(tail.group(1)),
                Bytes.unhex(tail.group(2)));
        if (!Arrays.equals(statement.body, body)) {
            throw Problem.tampering("directory.form");
        }
        return statement;
    }

    private byte[] encode(boolean withSignature) {
        StringBuilder out = new StringBuilder(3000).append("{\"v\":1,\"n\":").append(number);
        if (previous.length > 0) {
            out.append(",\"p\":\"").append(Bytes.hex(previous)).append('"');
        }
        out.append(",\"k\":\"")
                .append(kind.code)
                .append("\",\"t\":\"")
                .append(day)
                .append('"');
        facts.forEach((name, value) -> {
            String quote = kind.isNumber(name) ? "" : "\"";
            out.append(",\"")
                    .append(name)
                    .append("\":")
                    .append(quote)
                    .append(value)
                    .append(quote);
        });
        out.append(",\"by\":\"").append(Bytes.hex(by)).append('"');
        if (withSignature) {
            out.append(",\"g\":\"").append(Bytes.hex(signature)).append('"');
        }
        return Bytes.ascii(out.append('}').toString());
    }

    byte[] signedBytes() {
        return encode(false);
    }

    /** SHA-256 of the whole line. */
    byte[] hash() {
        return hash.clone();
    }

    int number() {
        return number;
    }

    byte[] previous() {
        return previous;
    }

    Kind kind() {
        return kind;
    }

    LocalDate day() {
        return day;
    }

    String text(String fact) {
        String value = facts.get(fact);
        if (value == null) {
            throw new IllegalArgumentException("no such fact");
        }
        return value;
    }

    byte[] bytes(String fact) {
        return Bytes.unhex(text(fact));
    }

    int integer(String fact) {
        return Integer.parseInt(text(fact));
    }

    byte[] by() {
        return by;
    }

    byte[] signature() {
        return signature;
    }

    byte[] body() {
        return body.clone();
    }

    @Override
    public String toString() {
        return "Statement[" + number + ", " + kind.code + "]";
    }
}
