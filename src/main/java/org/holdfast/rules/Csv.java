// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a comma separated file as RFC 4180 writes it: quotes around a value that holds a comma, a quote doubled inside
 * quotes, one record a line or more. UTF-8. Files of this room only: a malformed one stops the server at start.
 */
public final class Csv {

    private Csv() {}

    /**
     * The records of a resource without its first line, each with as many values as the first line has names.
     *
     * @throws IllegalStateException when the resource is missing or a record has another number of values
     */
    public static List<List<String>> shipped(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream("/org/holdfast/rules/" + name)) {
            if (in == null) {
                throw new IllegalStateException("missing data file " + name);
            }
            return records(new String(in.readAllBytes(), StandardCharsets.UTF_8), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<List<String>> records(String text, String name) {
        List<List<String>> all = parse(text);
        if (all.isEmpty()) {
            throw new IllegalStateException(name + " is empty");
        }
        int width = all.get(0).size();
        List<List<String>> records = List.copyOf(all.subList(1, all.size()));
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).size() != width) {
                throw new IllegalStateException(
                        name + ": record " + (i + 1) + " has " + records.get(i).size() + " values instead of " + width);
            }
        }
        return records;
    }

    private static List<List<String>> parse(String text) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    value.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    value.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',' || c == '\n') {
                record.add(value.toString());
                value.setLength(0);
                if (c == '\n') {
                    records.add(List.copyOf(record));
                    record.clear();
                }
            } else if (c != '\r') {
                value.append(c);
            }
        }
        if (value.length() > 0 || !record.isEmpty()) {
            record.add(value.toString());
            records.add(List.copyOf(record));
        }
        return records;
    }
}
