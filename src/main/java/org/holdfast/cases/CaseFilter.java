// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.holdfast.rules.Codes;
import org.holdfast.web.FormErrors;
import org.holdfast.web.Ids;
import org.holdfast.web.Paging;
import org.jspecify.annotations.Nullable;

/**
 * Which cases a list shows and in what order. It stands in addresses, so it holds codes and random ids only; what is not a
 * code is not held to, and {@link #faults} names it.
 *
 * @param status a code of list {@code case_status}, or empty
 * @param owner {@code me} for the cases that are assigned to the person who asks, the id of a member of staff who keeps the
 *     record, or empty
 * @param kind a code of list {@code report_type}, or empty
 * @param urgency a code of list {@code urgency_level}, or empty
 * @param language a code of list {@code language}, or empty
 * @param sort {@code urgency}, {@code due}, {@code opened} or {@code code}
 * @param page counted from 1
 */
public record CaseFilter(
        String status, String owner, String kind, String urgency, String language, String sort, int page) {

    /** What the page calls the fields, in their order. */
    private static final Map<String, String> LABELS = labels();

    private static Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("status", "Status");
        labels.put("urgency", "Urgency");
        labels.put("kind", "Kind of report");
        labels.put("owner", "Owner");
        labels.put("language", "Language");
        labels.put("sort", "Sort by");
        return labels;
    }

    static CaseFilter of(
            @Nullable String status,
            @Nullable String owner,
            @Nullable String kind,
            @Nullable String urgency,
            @Nullable String language,
            @Nullable String sort,
            @Nullable String page) {
        return new CaseFilter(
                code("case_status", status),
                owner(owner),
                code("report_type", kind),
                code("urgency_level", urgency),
                code("language", language),
                sort != null && sort.matches("due|opened|code") ? sort : "urgency",
                Paging.asked(page));
    }

    /** Without any condition, the first page. */
    static CaseFilter none() {
        return of(null, null, null, null, null, null, null);
    }

    /** The same without the condition on who keeps the record. */
    CaseFilter ofAnybody() {
        return new CaseFilter(status, "", kind, urgency, language, sort, page);
    }

    /**
     * What this filter is not held to though it was asked for, because it is none of the values offered.
     *
     * @param asked values by field, as they came; null or empty if nothing was asked
     */
    FormErrors faults(Map<String, @Nullable String> asked) {
        FormErrors faults = FormErrors.ofChoice("The list below is not held to what is named here.");
        Map<String, String> held = Map.of(
                "status", status, "urgency", urgency, "kind", kind, "owner", owner, "language", language, "sort", sort);
        LABELS.forEach((field, label) -> {
            String value = asked.get(field);
            if (value != null && !value.isEmpty() && !value.equals(held.get(field))) {
                faults.add(field, label + ": choose one of the values offered.");
            }
        });
        return faults;
    }

    /** The address of another page of the same list. */
    public String address(int other) {
        StringBuilder address = new StringBuilder("/desk/cases?sort=").append(sort);
        add(address, "status", status);
        add(address, "owner", owner);
        add(address, "kind", kind);
        add(address, "urgency", urgency);
        add(address, "language", language);
        return other == 1
                ? address.toString()
                : address.append("&page=").append(other).toString();
    }

    /** @param mine whether the case is assigned to the person who asks */
    boolean accepts(Listed listed, boolean mine) {
        return (status.isEmpty() || listed.status().equals(status))
                && (owner.isEmpty()
                        || (owner.equals("me")
                                ? mine
                                : listed.owner().toString().equals(owner)))
                && (kind.isEmpty() || listed.kinds().contains(kind))
                && (urgency.isEmpty() || listed.urgency().equals(urgency))
                && (language.isEmpty() || listed.language().equals(language));
    }

    private static void add(StringBuilder address, String name, String value) {
        if (!value.isEmpty()) {
            address.append('&').append(name).append('=').append(value);
        }
    }

    private static String code(String list, @Nullable String code) {
        return code != null && Codes.shipped().contains(list, code) ? code : "";
    }

    private static String owner(@Nullable String owner) {
        if (owner == null || owner.equals("me")) {
            return owner == null ? "" : owner;
        }
        return Ids.read(owner).map(UUID::toString).orElse("");
    }
}
