// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Blocks of "name: value" lines with an empty line between them; lines that begin with # are remarks. Bytes are in
 * hexadecimal.
 */
record Golden(Map<String, String> values) {

    private static final Path FOLDER = Path.of("src", "test", "vectors", "crypto");

    static Golden block() {
        return new Golden(new LinkedHashMap<>());
    }

    Golden with(String name, Object value) {
        values.put(name, value instanceof byte[] bytes ? Samples.HEX.formatHex(bytes) : value.toString());
        return this;
    }

    Golden with(Context context) {
        return with("tenant", context.tenant())
                .with("table", context.table())
                .with("column", context.column())
                .with("row", context.row())
                .with("schema", context.schemaVersion())
                .with("revision", context.revision());
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name) {
        if (!has(name)) {
            throw new IllegalStateException("no " + name + " in " + values.keySet());
        }
        return values.get(name);
    }

    byte[] bytes(String name) {
        return Samples.HEX.parseHex(text(name));
    }

    SecretBytes secret(String name) {
        return SecretBytes.of(bytes(name));
    }

    int number(String name) {
        return Integer.parseInt(text(name));
    }

    Context context() {
        return new Context(
                bytes("tenant"),
                text("table"),
                text("column"),
                UUID.fromString(text("row")),
                number("schema"),
                Long.parseLong(text("revision")));
    }

    static List<Golden> read(String file) throws IOException {
        List<Golden> blocks = new ArrayList<>();
        Golden current = block();
        for (String line : Files.readAllLines(FOLDER.resolve(file), StandardCharsets.UTF_8)) {
            int colon = line.indexOf(": ");
            if (line.isEmpty()) {
                if (!current.values.isEmpty()) {
                    blocks.add(current);
                }
                current = block();
            } else if (!line.startsWith("#")) {
                current.with(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        if (!current.values.isEmpty()) {
            blocks.add(current);
        }
        return blocks;
    }

    static void write(String file, String remark, List<Golden> blocks) throws IOException {
        StringBuilder text = new StringBuilder();
        remark.lines().forEach(line -> text.append("# ").append(line).append('\n'));
        for (Golden block : blocks) {
            text.append('\n');
            block.values.forEach((name, value) ->
                    text.append(name).append(": ").append(value).append('\n'));
        }
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve(file), text);
    }
}
