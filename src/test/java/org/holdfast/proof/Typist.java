// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.holdfast.local.Visitor;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Types a marker into every field of a form that takes text. Where the page refuses one (a day, a time, a zone, a count), it is typed
 * again as what the page wants, so that every form is sent twice: once with markers where they do not belong.
 */
final class Typist {
    private static final Map<String, String> DATE = Map.of("day", "14", "month", "9", "year", "2026");
    private static final List<String> OTHERS = List.of("21:40", "Asia/Almaty", "7", "");

    private final Markers markers;

    Typist(Markers markers) {
        this.markers = markers;
    }

    /**
     * Fills a form of the page last seen and sends it until it is accepted.
     *
     * @param more values of fields that take no text, and of the button
     * @return the first answer that is not 422
     */
    HttpResponse<String> fill(Visitor who, String form, String place, Map<String, String> more) throws Exception {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : texts(who.page(), form)) {
            values.put(name, isNumber(name) ? markers.number(place + " " + name) : markers.word(place + " " + name));
        }
        Set<String> typed = Set.copyOf(values.keySet());
        values.putAll(choices(who.page(), form));
        values.putAll(more);
        HttpResponse<String> answer = who.submit(form, values);
        for (int i = 0; answer.statusCode() == 422; i++) {
            Set<String> faulty = faulty(who.page(), form);
            faulty.retainAll(typed);
            if (i == OTHERS.size() || faulty.isEmpty()) {
                throw new AssertionError("not accepted at " + place + ": "
                        + who.page().select(".sum, .errors, [role=alert]").text());
            }
            for (String name : faulty) {
                String part = name.replaceFirst(".*[.-]", "");
                values.put(name, DATE.getOrDefault(part, OTHERS.get(i)));
            }
            answer = who.submit(form, values);
        }
        return answer;
    }

    private static boolean isNumber(String name) {
        return name.contains("phone")
                || name.contains("contact")
                || name.contains("messenger")
                || name.contains("number");
    }

    /** The fields of a form into which people type. */
    static List<String> texts(Document page, String form) {
        List<String> names = new ArrayList<>();
        Element found = page.selectFirst(form);
        if (found == null) {
            throw new AssertionError("no form " + form + " on \"" + page.title() + "\"");
        }
        for (Element control : found.select("textarea, input")) {
            boolean text = control.normalName().equals("textarea")
                    || Set.of("", "text", "tel", "email", "password", "search").contains(control.attr("type"));
            if (text && !control.hasAttr("readonly") && !control.attr("name").isEmpty()) {
                names.add(control.attr("name"));
            }
        }
        return names;
    }

    /** The first answer to every question with given answers that has none yet. */
    private static Map<String, String> choices(Document page, String form) {
        Map<String, String> choices = new LinkedHashMap<>();
        for (Element select : page.select(form).select("select[name]")) {
            if (select.select("option[selected]:not([value=''])").isEmpty()) {
                Element first = select.selectFirst("option[value]:not([value=''])");
                choices.put(select.attr("name"), first == null ? "" : first.val());
            }
        }
        for (Element box : page.select(form).select("input[type=checkbox], input[type=radio]")) {
            choices.putIfAbsent(box.attr("name"), box.val());
        }
        return choices;
    }

    /** The fields that stand in a part of the form which is marked as faulty. */
    private static Set<String> faulty(Document page, String form) {
        Set<String> names = new TreeSet<>();
        for (Element control : page.select(form).select(".e input, .e textarea, [aria-invalid=true]")) {
            names.add(control.attr("name"));
        }
        return names;
    }
}
