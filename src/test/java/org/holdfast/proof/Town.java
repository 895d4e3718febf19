// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holdfast.local.DemonstrationLogin;
import org.holdfast.local.LocalStack;
import org.holdfast.local.Steps;
import org.holdfast.local.Visitor;

/** What happens around a packaged server on a stack of its own: people who come, Keycloak that comes back, a look into the database. */
final class Town {
    private final LocalStack stack;

    Town(LocalStack stack) {
        this.stack = stack;
    }

    /** The desk says so, more than once. */
    void nobodyCanLogIn() throws Exception {
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> desk = desk().get("/desk");
            assertEquals(503, desk.statusCode());
            assertEquals("Nobody can log in at the moment", Outcome.heading(desk.body()));
            assertTrue(desk.headers().firstValue("content-security-policy").isPresent());
        }
    }

    void bringKeycloakBack() throws Exception {
        stack.launchKeycloak();
        stack.awaitKeycloak(new Steps(System.out));
        for (int i = 0; desk().get("/desk").statusCode() == 503; i++) {
            assertTrue(i < 60, "the server does not find Keycloak");
            Thread.sleep(500);
        }
    }

    void report(String narrative) throws Exception {
        Visitor reporter = reporter();
        assertEquals(200, reporter.get("/form/a").statusCode());
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(
                "ticket",
                reporter.page()
                        .select("form[action=/form/a] input[name=ticket]")
                        .val());
        fields.put("step", "send");
        fields.put("narrative", narrative);
        assertEquals(
                "Your report is stored.",
                Outcome.heading(reporter.post("/form/a", fields).body()));
    }

    byte[] recoveryKey() throws Exception {
        Matcher key = Pattern.compile("\"recovery\":\"([0-9a-f]+)\"")
                .matcher(ask("select convert_from(body, 'UTF8') from directory_statement where number = 0"));
        assertTrue(key.find());
        return HexFormat.of().parseHex(key.group(1));
    }

    long statements(String kind) throws Exception {
        return count(
                "select count(*) from directory_statement where position('\"k\":\"" + kind + "\"'::bytea in body) > 0");
    }

    Path pinFile() {
        return stack.data().resolve("directory.pin");
    }

    Visitor desk() {
        return Visitor.at(URI.create(stack.deskUrl()));
    }

    Visitor reporter() {
        return Visitor.at(URI.create(stack.reportUrl()));
    }

    Visitor signedIn(DemonstrationLogin login) throws Exception {
        Visitor visitor = desk();
        visitor.signIn(login);
        return visitor;
    }

    long count(String question) throws Exception {
        return Long.parseLong(ask(question));
    }

    private String ask(String question) throws Exception {
        return stack.postgres().ask("holdfast", question);
    }

    /** What a writer to the main database does, past every trigger. */
    void change(String statements) throws Exception {
        try (Connection connection = stack.postgres().connectAsSuperuser("holdfast");
                Statement sql = connection.createStatement()) {
            sql.execute("set session_replication_role = replica; " + statements);
        }
    }
}
