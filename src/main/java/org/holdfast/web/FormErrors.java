// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with a form, in the order of its fields. A page that has errors is answered with status 422 and everything typed
 * still there. Not thread-safe; lives for one request.
 */
public final class FormErrors {
    private final List<Item> items = new ArrayList<>();

    /**
     * One fault.
     *
     * @param field name and HTML id of the field
     * @param message the words, or at the report door the key of the words
     */
    public record Item(String field, String message) {}

    /** Nothing wrong so far. */
    public static FormErrors none() {
        return new FormErrors();
    }

    /** Adds a fault; the first one of a field is the one shown. */
    public FormErrors add(String field, String message) {
        if (!has(field)) {
            items.add(new Item(field, message));
        }
        return this;
    }

    /** Whether nothing is wrong. */
    public boolean isEmpty() {
        return items.isEmpty();
    }

    /** Whether this field has a fault. */
    public boolean has(String field) {
        return items.stream().anyMatch(item -> item.field().equals(field));
    }

    /** What is wrong with this field; empty if nothing. */
    public String of(String field) {
        return items.stream()
                .filter(item -> item.field().equals(field))
                .map(Item::message)
                .findFirst()
                .orElse("");
    }

    /** All faults, in the order they were found. */
    public List<Item> items() {
        return List.copyOf(items);
    }
}
