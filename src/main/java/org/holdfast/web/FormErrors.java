// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with a form, in the order of its fields, and what became of what was sent. A page that has errors is answered with
 * status 422; everything typed is still there, unless it is a secret. Not thread-safe; lives for one request.
 */
public final class FormErrors {
    private static final String TYPED = "Nothing was saved. What you typed is still here.";

    private final List<Item> items = new ArrayList<>();
    private final String outcome;

    private FormErrors(String outcome) {
        this.outcome = outcome;
    }

    /**
     * One fault.
     *
     * @param field name and HTML id of the field
     * @param message the words, or at the report door the key of the words
     */
    public record Item(String field, String message) {}

    /** Nothing wrong so far; everything typed will be shown again. */
    public static FormErrors none() {
        return new FormErrors(TYPED);
    }

    /** Nothing wrong so far, with a form into which nothing was typed: a button, a box, a choice. */
    public static FormErrors ofChoice() {
        return new FormErrors("Nothing was saved.");
    }

    /** As {@link #none()} if anything was typed into these fields, else as {@link #ofChoice()}. */
    public static FormErrors ofTyped(String... typed) {
        return String.join("", typed).isBlank() ? ofChoice() : none();
    }

    /** Nothing wrong so far, with a form that holds the words of somebody. */
    public static FormErrors ofSecret() {
        return new FormErrors("Nothing was saved. For safety the words are not shown again: type them anew.");
    }

    /**
     * Nothing wrong so far, with a form that asks and saves nothing.
     *
     * @param outcome one sentence that says what was not done
     */
    public static FormErrors ofQuestion(String outcome) {
        return new FormErrors(outcome + " What you typed is still here.");
    }

    /**
     * Nothing wrong so far, with choices that ask and save nothing.
     *
     * @param outcome one sentence that says what was not done
     */
    public static FormErrors ofChoice(String outcome) {
        return new FormErrors(outcome);
    }

    /** What became of what was sent, in sentences for the desk. */
    public String outcome() {
        return outcome;
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
