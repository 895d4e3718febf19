// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a production realm must be, read from the file that is imported. */
class RealmTest {
    private static final Path FILE = Path.of("keycloak-realm/holdfast-realm.json");
    private final JsonNode realm = read();

    @Test
    void it_holds_no_users_and_no_secret_of_its_own() throws IOException {
        assertTrue(realm.path("users").isMissingNode());
        assertEquals("${HOLDFAST_CLIENT_SECRET}", client().path("secret").asText());
        String text = Files.readString(FILE);
        // A placeholder with a default is a default secret.
        assertFalse(text.matches("(?s).*\\$\\{[A-Z_]+:.*"));
        assertFalse(text.toLowerCase(java.util.Locale.ROOT).matches("(?s).*(?:change-?me|placeholder).*"));
    }

    @Test
    void it_is_no_realm_until_somebody_has_checked_the_secrets() {
        assertEquals("${HOLDFAST_SECRETS_CHECKED}", realm.path("enabled").asText());
        assertThrows(
                IOException.class,
                () -> new ObjectMapper().readValue('"' + realm.path("enabled").asText() + '"', Boolean.class));
    }

    @Test
    void it_has_the_four_roles() {
        Set<String> roles = new TreeSet<>();
        realm.path("roles")
                .path("realm")
                .forEach(role -> roles.add(role.path("name").asText()));
        assertEquals(Set.of("caseworker", "supervisor", "auditor", "administrator"), roles);
    }

    @Test
    void a_second_factor_is_required_of_everybody() {
        assertEquals("holdfast browser", realm.path("browserFlow").asText());
        List<JsonNode> top = executions("holdfast browser");
        assertEquals("auth-cookie", top.get(0).path("authenticator").asText());
        assertEquals("holdfast forms", top.get(1).path("flowAlias").asText());
        for (JsonNode execution : executions("holdfast forms")) {
            assertEquals("REQUIRED", execution.path("requirement").asText());
        }
        assertEquals(
                "holdfast second factor",
                executions("holdfast forms").get(1).path("flowAlias").asText());
        List<JsonNode> factors = executions("holdfast second factor");
        assertEquals(
                "webauthn-authenticator", factors.get(0).path("authenticator").asText());
        JsonNode code = executions("holdfast one-time code").get(0);
        assertEquals("auth-otp-form", code.path("authenticator").asText());
        assertEquals("REQUIRED", code.path("requirement").asText());
    }

    @Test
    void a_password_without_the_login_page_is_never_a_login() {
        assertEquals("holdfast no direct grant", realm.path("directGrantFlow").asText());
        List<JsonNode> only = executions("holdfast no direct grant");
        assertEquals(1, only.size());
        assertEquals(
                "deny-access-authenticator", only.get(0).path("authenticator").asText());
        assertEquals("REQUIRED", only.get(0).path("requirement").asText());
    }

    @Test
    void the_desk_is_a_confidential_client_with_par_and_pkce() {
        JsonNode client = client();
        assertFalse(client.path("publicClient").asBoolean());
        assertEquals(
                "true",
                client.path("attributes")
                        .path("require.pushed.authorization.requests")
                        .asText());
        assertEquals(
                "S256",
                client.path("attributes").path("pkce.code.challenge.method").asText());
        assertEquals(
                "true",
                client.path("attributes")
                        .path("backchannel.logout.session.required")
                        .asText());
        for (String off : List.of(
                "implicitFlowEnabled", "directAccessGrantsEnabled", "serviceAccountsEnabled", "fullScopeAllowed")) {
            assertTrue(client.has(off) && !client.path(off).asBoolean(), off);
        }
        client.path("redirectUris").forEach(uri -> assertFalse(uri.asText().contains("*"), uri.asText()));
        assertEquals(1, realm.path("clients").size());
    }

    @Test
    void no_token_says_a_name_or_a_mail_address() {
        Set<String> mappers = new TreeSet<>();
        for (JsonNode scope : realm.path("clientScopes")) {
            scope.path("protocolMappers").forEach(mapper -> {
                mappers.add(mapper.path("protocolMapper").asText());
                if (mapper.path("name").asText().equals("realm roles")) {
                    assertEquals(
                            "false",
                            mapper.path("config").path("id.token.claim").asText());
                    assertEquals(
                            "true",
                            mapper.path("config").path("access.token.claim").asText());
                }
            });
        }
        assertEquals(
                Set.of(
                        "oidc-sub-mapper",
                        "oidc-usersessionmodel-note-mapper",
                        "oidc-nonce-backwards-compatible-mapper",
                        "oidc-acr-mapper",
                        "oidc-usermodel-realm-role-mapper"),
                mappers);
        assertTrue(client().path("optionalClientScopes").isEmpty());
    }

    @Test
    void tokens_are_signed_with_an_rsa_key_of_3072_bits() {
        assertEquals(
                "PS256",
                client().path("attributes")
                        .path("access.token.signed.response.alg")
                        .asText());
        JsonNode key =
                realm.path("components").path("org.keycloak.keys.KeyProvider").get(0);
        assertEquals("PS256", key.path("config").path("algorithm").get(0).asText());
        assertEquals("3072", key.path("config").path("keySize").get(0).asText());
    }

    @Test
    void guessing_is_slow_sessions_are_short_and_refresh_tokens_turn() {
        assertTrue(realm.path("bruteForceProtected").asBoolean());
        assertEquals(5, realm.path("failureFactor").asInt());
        assertTrue(realm.path("ssoSessionIdleTimeout").asInt() <= 1800);
        assertTrue(realm.path("ssoSessionMaxLifespan").asInt() <= 8 * 3600);
        assertTrue(realm.path("revokeRefreshToken").asBoolean());
        assertEquals(0, realm.path("refreshTokenMaxReuse").asInt());
        assertTrue(realm.path("passwordPolicy").asText().contains("hashAlgorithm(argon2)"));
    }

    @Test
    void logins_are_kept_for_a_week_and_in_no_log_file() {
        assertTrue(realm.path("eventsExpiration").asInt() <= 7 * 86_400);
        assertTrue(realm.path("eventsListeners").isArray()
                && realm.path("eventsListeners").isEmpty());
        assertTrue(KeycloakServer.BUILD.contains("--spi-events-listener--jboss-logging--enabled=false"));
        assertFalse(realm.path("rememberMe").asBoolean());
    }

    @Test
    void the_theme_is_there_and_reads_from_both_sides() throws IOException {
        assertEquals("holdfast", realm.path("loginTheme").asText());
        Path theme = FILE.resolveSibling("themes/holdfast/login");
        assertTrue(Files.readString(theme.resolve("theme.properties")).contains("css/holdfast.css"));
        String sheet = Files.readString(theme.resolve("resources/css/holdfast.css"));
        assertFalse(sheet.matches("(?s).*(?:margin|padding|border)-(?:left|right).*"));
        assertFalse(sheet.contains("url("));
    }

    private JsonNode client() {
        return realm.path("clients").get(0);
    }

    private List<JsonNode> executions(String alias) {
        for (JsonNode flow : realm.path("authenticationFlows")) {
            if (flow.path("alias").asText().equals(alias)) {
                List<JsonNode> found = new ArrayList<>();
                flow.path("authenticationExecutions").forEach(found::add);
                return found;
            }
        }
        throw new AssertionError("no flow " + alias);
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(FILE.toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
