// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A signed statement of the directory, as far as the verifier needs it: one line of JSON as strict as an entry, the kind
 * of statement deciding which keys follow {@code t}.
 */
final class Statement {
    private static final String HEX16 = "[0-9a-f]{16}";
    private static final String HEX32 = "[0-9a-f]{32}";
    private static final String HEX64 = "[0-9a-f]{64}";
    private static final String XWING = "[0-9a-f]{2432}";
    private static final String DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final String WORD = "[A-Za-z0-9,.-]{1,100}";
    private static final String NUMBER = "(?:0|[1-9][0-9]{0,8})";

    private static final Map<String, Form> FORMS = Map.of(
            "founding", new Form("tenant", HEX32, "root", HEX64, "recovery", XWING, "suites", WORD, "need", "#"),
            "person",
                    new Form("staff", HEX32, "login", HEX64, "roles", WORD, "sign", HEX64, "wrap", XWING, "from", DAY),
            "person-ended", new Form("staff", HEX32),
            "intake-epoch", new Form("id", HEX32, "epoch", "#", "key", XWING),
            "oversight-key", new Form("id", HEX32, "epoch", "#", "key", XWING),
            "staff-key", new Form("id", HEX32, "epoch", "#", "key", XWING));

    private static final Pattern HEAD = Pattern.compile("\\{\"v\":1,\"n\":(?<n>" + NUMBER + ")(?:,\"p\":\"(?<p>" + HEX64
            + ")\")?,\"k\":\"(?<k>[a-z-]{1,20})\",\"t\":\"" + DAY + "\"");
    private static final Pattern TAIL =
            Pattern.compile(",\"by\":\"(?<by>" + HEX16 + ")\",\"g\":\"(?<g>[0-9a-f]{128})\"\\}");

    /** The keys of one kind, in order, compiled to one pattern; "#" stands for an integer. */
    private static final class Form {
        final String[] keys;
        final Pattern pattern;

        Form(String... keysAndForms) {
            keys = new String[keysAndForms.length / 2];
            StringBuilder regex = new StringBuilder();
            for (int i = 0; i < keys.length; i++) {
                keys[i] = keysAndForms[2 * i];
                String form = keysAndForms[2 * i + 1];
                regex.append(",\"").append(keys[i]).append("\":");
                regex.append("#".equals(form) ? "(" + NUMBER + ")" : "\"(" + form + ")\"");
            }
            pattern = Pattern.compile(regex.toString());
        }
    }

    final int number;
    final String previous;
    final String kind;
    final String by;
    final byte[] signature;
    final byte[] signed;
    final String hash;
    private final Map<String, String> fields;

    private Statement(Matcher head, Matcher tail, Map<String, String> fields, String text) {
        this.number = Integer.parseInt(head.group("n"));
        this.previous = head.group("p") == null ? "" : head.group("p");
        this.kind = head.group("k");
        this.by = tail.group("by");
        this.signature = Hex.decode(tail.group("g"));
        int signature = text.length() - tail.group("g").length() - ",\"g\":\"\"}".length();
        this.signed = (text.substring(0, signature) + '}').getBytes(StandardCharsets.ISO_8859_1);
        this.hash = Hex.encode(TreeHasher.sha256().digest(text.getBytes(StandardCharsets.ISO_8859_1)));
        this.fields = fields;
    }

    String field(String key) {
        return fields.getOrDefault(key, "");
    }

    /** @throws Malformed if it is any other spelling or a kind that is not known */
    static Statement parse(byte[] bytes) throws Malformed {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Matcher head = HEAD.matcher(text);
        if (!head.lookingAt()) {
            throw new Malformed("byte 0", "not the beginning of a statement");
        }
        Form form = FORMS.get(head.group("k"));
        if (form == null) {
            throw new Malformed("byte " + head.start("k"), "this kind of statement is not known");
        }
        Matcher middle = form.pattern.matcher(text).region(head.end(), text.length());
        if (!middle.lookingAt()) {
            throw new Malformed("byte " + head.end(), "not the fields of this kind of statement");
        }
        Matcher tail = TAIL.matcher(text).region(middle.end(), text.length());
        if (!tail.matches()) {
            throw new Malformed("byte " + middle.end(), "not the end of a statement");
        }
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < form.keys.length; i++) {
            fields.put(form.keys[i], middle.group(i + 1));
        }
        return new Statement(head, tail, fields, text);
    }
}
