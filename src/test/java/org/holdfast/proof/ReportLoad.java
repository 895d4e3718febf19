// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.holdfast.local.Visitor;
import org.jsoup.Jsoup;

/** People who send reports without a pause, and write down what they were told about each. Safe for several threads. */
final class ReportLoad {
    private static final String WORDS = "They came again and asked where I am. ".repeat(50);

    private final URI door;
    /** Form ids of reports of which somebody was told that they are stored, as 32 hexadecimal digits. */
    final Set<String> stored = ConcurrentHashMap.newKeySet();
    /** Those of which somebody was told that they are not. */
    final Set<String> notStored = ConcurrentHashMap.newKeySet();
    /** Tickets of reports of which nobody was told anything for sure, by form id. */
    final Map<String, String> open = new ConcurrentHashMap<>();

    private volatile boolean stopped;

    ReportLoad(URI door) {
        this.door = door;
    }

    void resume() {
        stopped = false;
    }

    void stop() {
        stopped = true;
    }

    /** Sends until it is told to stop. */
    void run() {
        Visitor reporter = Visitor.at(door);
        while (!stopped) {
            try {
                HttpResponse<String> form = reporter.get("/form/a");
                if (form.statusCode() == 200) {
                    send(
                            reporter,
                            Jsoup.parse(form.body())
                                    .select("form[action=/form/a] input[name=ticket]")
                                    .val());
                }
            } catch (IOException gone) {
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Sends a form, perhaps for the second time. */
    void send(Visitor reporter, String ticket) throws IOException, InterruptedException {
        String id = idOf(ticket);
        open.put(id, ticket);
        HttpResponse<String> answer = reporter.post("/form/a", fields(ticket));
        String heading = Outcome.heading(answer.body());
        if (heading.equals("Your report is stored.")
                || heading.equals("This report is stored already.")
                || heading.equals("Your report is stored")) {
            stored.add(id);
            open.remove(id);
        } else if (heading.equals("Not stored")) {
            notStored.add(id);
            open.remove(id);
        } else if (answer.statusCode() != 503 || !heading.equals("We cannot tell yet")) {
            throw new IOException("an answer that says nothing: " + answer.statusCode() + " " + heading);
        }
    }

    private static Map<String, String> fields(String ticket) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("ticket", ticket);
        fields.put("step", "send");
        fields.put("incidents", "ft.home_search");
        fields.put("danger_now", "no");
        fields.put("narrative", WORDS);
        fields.put("name", "M");
        fields.put("phone", "+49 30 1234567");
        return fields;
    }

    static String idOf(String ticket) {
        return HexFormat.of().formatHex(Arrays.copyOf(Base64.getUrlDecoder().decode(ticket), 16));
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
