// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import java.net.http.HttpResponse;
import org.holdfast.local.TestStack;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** What an answer amounts to, in one word. */
final class Outcome {
    private Outcome() {}

    static String of(HttpResponse<String> answer) {
        if (answer.uri().toString().startsWith(TestStack.issuer().toString())) {
            return "login";
        }
        String heading = heading(answer.body());
        String word = switch (heading) {
            case "Your login ended" -> "gone";
            case "Not for your role",
                    "You do not hold the reports of this case",
                    "You do not hold who this case is about" -> "refused";
            case "Your keys are locked" -> "locked";
            case "Nothing here" -> "nothing";
            case "This was not accepted" -> "ticket";
            case "Opening refused" -> "tampering";
            default ->
                switch (answer.statusCode()) {
                    case 200 -> "page";
                    case 422 -> "faulty";
                    default -> "status-" + answer.statusCode();
                };
        };
        boolean fits = switch (word) {
            case "gone", "refused", "locked", "ticket" -> answer.statusCode() == 403;
            case "nothing" -> answer.statusCode() == 404;
            case "tampering" -> answer.statusCode() == 500;
            default -> true;
        };
        return fits ? word : word + "-" + answer.statusCode();
    }

    /** The heading of a page. */
    static String heading(String page) {
        Element heading = Jsoup.parse(page).selectFirst("h1");
        return heading == null ? "" : heading.text();
    }
}
