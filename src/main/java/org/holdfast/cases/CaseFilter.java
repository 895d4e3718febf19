// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.UUID;
import org.holdfast.rules.Codes;
import org.holdfast.web.Ids;
import org.holdfast.web.Paging;
import org.jspecify.annotations.Nullable;

/**
 * Which cases a list shows and in what order. It stands in addresses, so it holds codes and random ids only; what is not a
 * code counts as not asked.
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
