// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class LocalStackComponentTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void the_server_is_ready_on_the_management_port_and_nowhere_else() throws Exception {
        assertEquals(200, get(TestStack.management().resolve("/q/health/ready")).statusCode());
        assertTrue(get(TestStack.management().resolve("/q/metrics")).body().contains("jvm_"));
        assertEquals(404, get(TestStack.desk().resolve("/q/health/ready")).statusCode());
        assertEquals(404, get(TestStack.report().resolve("/q/metrics")).statusCode());
    }

    @Test
    void the_realm_answers_under_its_own_address() throws Exception {
        HttpResponse<String> answer = get(URI.create(TestStack.issuer() + "/.well-known/openid-configuration"));
        assertTrue(answer.body().contains("\"issuer\":\"" + TestStack.issuer() + "\""));
    }

    @Test
    void postgres_is_the_version_that_is_meant_and_shows_no_parameters() throws Exception {
        try (Connection connection = TestStack.superuser("holdfast");
                Statement sql = connection.createStatement()) {
            assertTrue(one(sql, "show server_version").startsWith(Dist.POSTGRES_VERSION));
            assertEquals("0", one(sql, "show log_parameter_max_length_on_error"));
            assertEquals("b", one(sql, "select datlocprovider::text from pg_database where datname = 'holdfast'"));
        }
    }

    @Test
    void roles_see_only_their_own_database() throws Exception {
        try (Connection connection = TestStack.superuser("postgres");
                Statement sql = connection.createStatement()) {
            assertEquals("f", one(sql, "select has_database_privilege('holdfast_app', 'holdfast_shred', 'connect')"));
            assertEquals("f", one(sql, "select has_database_privilege('holdfast_shred', 'holdfast', 'connect')"));
            assertEquals("f", one(sql, "select has_database_privilege('keycloak', 'holdfast', 'connect')"));
            assertEquals("f", one(sql, "select has_schema_privilege('holdfast_app', 'public', 'create')"));
        }
    }

    private static String one(Statement sql, String question) throws Exception {
        try (ResultSet row = sql.executeQuery(question)) {
            assertTrue(row.next());
            return row.getString(1);
        }
    }

    private HttpResponse<String> get(URI address) throws Exception {
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
}
