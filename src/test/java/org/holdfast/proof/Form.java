// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A form of a page, as a browser without scripts would send it. Not thread-safe. */
final class Form {
    private final String action;
    private final Map<String, List<String>> fields = new LinkedHashMap<>();
    private final List<String> texts = new ArrayList<>();

    private Form(Element form) {
        this.action = form.attr("action");
        for (Element control : form.select("input, textarea, select")) {
            String name = control.attr("name");
            if (!name.isEmpty()) {
                take(name, control);
            }
        }
    }

    /** The only form of the page that posts to an address with that end. */
    static Form in(String page, String end) {
        return only(page, form -> form.attr("action").endsWith(end));
    }

    /** The only form of the page that has a field of that name. */
    static Form withField(String page, String field) {
        return only(page, form -> !form.select("[name=" + field + "]").isEmpty());
    }

    private static Form only(String page, Predicate<Element> wanted) {
        Document document = Jsoup.parse(page);
        List<Element> found = document.select("form[method=post]").stream().filter(wanted).toList();
        if (found.isEmpty()) {
            throw new AssertionError("no such form on the page \"" + document.title() + "\"");
        }
        return new Form(found.get(0));
    }

    private void take(String name, Element control) {
        List<String> values = fields.computeIfAbsent(name, key -> new ArrayList<>());
        switch (control.normalName()) {
            case "textarea" -> {
                values.add(control.wholeText().replaceFirst("^\n", ""));
                texts.add(name);
            }
            case "select" -> control.select("option[selected]").forEach(option -> values.add(option.val()));
            default -> takeInput(name, control, values);
        }
    }

    private void takeInput(String name, Element control, List<String> values) {
        switch (control.attr("type")) {
            case "hidden" -> values.add(control.val());
            case "checkbox", "radio" -> {
                if (control.hasAttr("checked")) {
                    values.add(control.val());
                }
            }
            case "submit", "button" -> {}
            default -> {
                values.add(control.val());
                if (!control.hasAttr("readonly")) {
                    texts.add(name);
                }
            }
        }
    }

    String action() {
        return action;
    }

    /** The names of the fields into which people type. */
    List<String> texts() {
        return List.copyOf(texts);
    }

    /** Sets a field, or presses a button of that name. */
    Form set(String name, String... values) {
        fields.put(name, List.of(values));
        return this;
    }

    /** Types into a field of text what the function makes of its name. */
    Form type(UnaryOperator<String> text) {
        texts.forEach(name -> fields.put(name, List.of(text.apply(name))));
        return this;
    }

    String value(String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.get(0);
    }

    /** What is sent. */
    Map<String, List<String>> fields() {
        Map<String, List<String>> sent = new LinkedHashMap<>(fields);
        sent.values().removeIf(List::isEmpty);
        return sent;
    }
}
