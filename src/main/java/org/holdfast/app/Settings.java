// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Knows the settings with which a promise of SECURITY.md does not hold, whatever reason somebody had to change one. */
final class Settings {

    /** Each is shut, or asked for, in the server's own settings; a variable of the environment wins over those. */
    private static final Map<String, String> FIXED = new TreeMap<>(Map.ofEntries(
            Map.entry("quarkus.http.access-log.enabled", "false"),
            Map.entry("quarkus.http.enable-compression", "false"),
            Map.entry("quarkus.http.proxy.proxy-address-forwarding", "false"),
            Map.entry("quarkus.hibernate-orm.log.bind-parameters", "false"),
            Map.entry("quarkus.hibernate-orm.log.sql", "false"),
            Map.entry("quarkus.oidc.authentication.cookie-force-secure", "true"),
            Map.entry("quarkus.oidc.authentication.nonce-required", "true"),
            Map.entry("quarkus.oidc.authentication.pkce-required", "true"),
            Map.entry("quarkus.oidc.roles.source", "accesstoken"),
            Map.entry("quarkus.management.enabled", "true"),
            Map.entry("quarkus.oidc.authentication.cookie-same-site", "strict"),
            Map.entry("quarkus.oidc.authentication.session-age-extension", "8h"),
            Map.entry("quarkus.security.jaxrs.deny-unannotated-endpoints", "true")));

    private Settings() {}

    /** The reasons against these settings, none if they will do. */
    static List<String> unsafe(Function<String, Optional<String>> value) {
        List<String> reasons = new ArrayList<>();
        FIXED.forEach((name, wanted) -> {
            if (!value.apply(name).map(v -> v.toLowerCase(Locale.ROOT)).equals(Optional.of(wanted))) {
                reasons.add("The setting " + name + " must be " + wanted + ": take the other value away.");
            }
        });
        String report = value.apply("holdfast.web.report-host").orElse("");
        if (report.equalsIgnoreCase(value.apply("holdfast.web.desk-host").orElse(""))) {
            reasons.add(
                    "The report door and the desk have one host name: give each its own, so that no cookie reaches the report door.");
        }
        return reasons;
    }
}
