// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a list shows of a case, filters by and sorts by; it is kept sealed for the next list. No longer text of the summary is in
 * it. Codes as they are stored, days as {@code 2026-11-25}.
 *
 * @param due empty if there is no day
 */
record Listed(
        String code,
        String working,
        String status,
        String opened,
        String due,
        UUID owner,
        List<String> kinds,
        String urgency,
        String level,
        String language,
        String next) {

    static Listed of(CaseFile file, CaseSummary summary) {
        return new Listed(
                summary.code(),
                summary.working(),
                file.status,
                file.openedDay.toString(),
                day(file.dueDay),
                summary.owner(),
                summary.kinds(),
                summary.answers().one("urgency"),
                summary.answers().one("level"),
                summary.answers().one("language"),
                summary.answers().one("next"));
    }

    private static String day(@Nullable LocalDate day) {
        return day == null ? "" : day.toString();
    }

    @Override
    public String toString() {
        return "Listed";
    }
}
