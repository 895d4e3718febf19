// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private final Map<String, String> ours = ours();

    @Test
    void what_the_server_brings_is_safe() {
        assertEquals(List.of(), unsafe());
    }

    @Test
    void a_setting_that_breaks_a_promise_stops_the_start_and_is_named() {
        for (String[] changed : new String[][] {
            {"quarkus.http.access-log.enabled", "true"},
            {"quarkus.http.enable-compression", "true"},
            {"quarkus.http.proxy.proxy-address-forwarding", "true"},
            {"quarkus.hibernate-orm.log.bind-parameters", "true"},
            {"quarkus.oidc.authentication.cookie-force-secure", "false"},
            {"quarkus.oidc.authentication.cookie-same-site", "none"},
            {"quarkus.oidc.authentication.pkce-required", "false"},
            {"quarkus.oidc.authentication.session-age-extension", "800H"},
            {"quarkus.security.jaxrs.deny-unannotated-endpoints", "false"},
            {"quarkus.oidc.roles.source", "idtoken"},
            {"quarkus.management.enabled", "false"}
        }) {
            String before = ours.put(changed[0], changed[1]);
            List<String> reasons = unsafe();
            assertEquals(1, reasons.size(), changed[0]);
            assertTrue(reasons.get(0).contains(changed[0]));
            ours.put(changed[0], before);
        }
    }

    @Test
    void nobody_who_sets_nothing_has_answers_delivered_at_once_or_lines_of_the_report_door_by_the_minute() {
        assertEquals("${HOLDFAST_REPLY_DELAY_MIN:PT5M}", ours.get("holdfast.intake.reply-delay.min"));
        assertEquals("${HOLDFAST_REPLY_DELAY_MAX:PT60M}", ours.get("holdfast.intake.reply-delay.max"));
        assertEquals("${HOLDFAST_LOG_REPORT_DOOR:hourly}", ours.get("holdfast.log.report-door"));
        assertEquals("${HOLDFAST_LANGUAGE_DRAFTS:false}", ours.get("holdfast.languages.drafts"));
    }

    @Test
    void two_doors_under_one_host_name_are_refused() {
        ours.put("holdfast.web.desk-host", "REPORT.test");
        assertEquals(1, unsafe().size());
    }

    private List<String> unsafe() {
        return Settings.unsafe(name -> Optional.ofNullable(ours.get(name)));
    }

    private static Map<String, String> ours() {
        Properties file = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            file.load(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Map<String, String> all = new HashMap<>();
        file.forEach((name, value) -> all.put(String.valueOf(name), String.valueOf(value)));
        all.put("holdfast.web.report-host", "report.test");
        all.put("holdfast.web.desk-host", "desk.test");
        return all;
    }
}
