// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The realm's own login flow, as it is in production: without the shortcut that the demonstration puts on the desk's client. */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class SecondFactorComponentTest {
    private static final Pattern SECRET = Pattern.compile("name=\"totpSecret\" value=\"([^\"]+)\"");
    private static final DemonstrationLogin NEWCOMER = new DemonstrationLogin("newcomer", "caseworker");

    @BeforeEach
    void the_flow_of_production() throws Exception {
        KeycloakAdmin admin = TestStack.keycloakAdmin();
        admin.requireSecondFactor();
        admin.addLogin(NEWCOMER);
    }

    @AfterEach
    void the_flow_of_the_demonstration() throws Exception {
        TestStack.keycloakAdmin().allowPasswordAlone();
    }

    @Test
    void a_password_alone_never_reaches_the_desk() throws Exception {
        Visitor first = Visitor.at(TestStack.desk());
        HttpResponse<String> setUp = first.signIn(NEWCOMER);
        assertFalse(atDesk(setUp), "let in without a second factor");
        Matcher found = SECRET.matcher(setUp.body());
        assertTrue(found.find(), "no second factor is set up");
        String secret = found.group(1);

        HttpResponse<String> wrong =
                first.submit("form", Map.of("totp", "000000", "totpSecret", secret, "userLabel", "phone"));
        assertFalse(atDesk(wrong), "let in with a wrong code");
        long step = System.currentTimeMillis() / 30_000;
        HttpResponse<String> desk =
                first.submit("form", Map.of("totp", code(secret, step), "totpSecret", secret, "userLabel", "phone"));
        assertTrue(atDesk(desk), "kept out with a right code: " + desk.uri().getPath());

        Visitor second = Visitor.at(TestStack.desk());
        HttpResponse<String> asked = second.signIn(NEWCOMER);
        assertFalse(atDesk(asked), "let in without a second factor");
        assertTrue(asked.body().contains("name=\"otp\""));
        HttpResponse<String> again = second.submit("form", Map.of("otp", code(secret, step)));
        assertFalse(atDesk(again), "let in with a code that was used");
        assertTrue(atDesk(second.submit("form", Map.of("otp", code(secret, step + 1)))));
    }

    @Test
    void a_password_sent_past_the_login_page_is_no_login_for_any_client_that_keycloak_brings() throws Exception {
        for (String client : List.of("admin-cli", "account", "account-console", "security-admin-console")) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(TestStack.issuer() + "/protocol/openid-connect/token"))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(HttpRequest.BodyPublishers.ofString(
                                            "grant_type=password&scope=openid&client_id="
                                                    + client + "&username=" + NEWCOMER.name() + "&password="
                                                    + NEWCOMER.password()))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertTrue(answer.statusCode() / 100 == 4, client + " answered " + answer.statusCode());
            assertFalse(answer.body().contains("access_token"), client);
        }
    }

    @Test
    void the_login_page_looks_like_the_desk_and_tells_a_window_list_nothing() throws Exception {
        HttpResponse<String> page = Visitor.at(TestStack.desk()).get("/desk");
        assertTrue(page.body().contains("/css/holdfast.css"));
        assertTrue(
                page.body().contains("<title>Sign in"), page.body().replaceAll("(?s).*<title>(.*?)</title>.*", "$1"));
        assertFalse(page.body()
                .toLowerCase(Locale.ROOT)
                .replaceAll("/[\\w./-]*|client_id=[\\w-]*", "")
                .contains("keycloak</"));
        Matcher sheet = Pattern.compile("href=\"([^\"]+/css/holdfast.css)\"").matcher(page.body());
        assertTrue(sheet.find());
        HttpResponse<String> css = Visitor.at(TestStack.issuer())
                .get(page.uri().resolve(sheet.group(1)).toString());
        assertEquals(200, css.statusCode());
        assertTrue(css.body().contains("--act"));
        HttpResponse<InputStream> packed = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(css.uri())
                                .header("Accept-Encoding", "gzip")
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertEquals("gzip", packed.headers().firstValue("content-encoding").orElse(""));
        assertEquals(
                Files.readString(Path.of("keycloak-realm/themes/holdfast/login/resources/css/holdfast.css")),
                new String(new GZIPInputStream(packed.body()).readAllBytes(), StandardCharsets.UTF_8),
                "a browser gets the sheet as it is now, not as Keycloak packed it once");
    }

    @Test
    void the_login_page_names_each_language_in_itself() throws Exception {
        Visitor visitor = Visitor.at(TestStack.desk());
        visitor.get("/desk");
        assertEquals(
                Set.of("English", "فارسی", "简体中文"),
                Set.copyOf(visitor.page().select("select option").eachText()));
    }

    private static boolean atDesk(HttpResponse<String> answer) {
        return answer.uri().getAuthority().equals(TestStack.desk().getAuthority());
    }

    /** RFC 6238 with SHA-256, six digits and thirty seconds, as the realm's policy says. */
    private static String code(String secret, long step) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        int offset = hash[hash.length - 1] & 15;
        int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff;
        return String.format(Locale.ROOT, "%06d", number % 1_000_000);
    }
}
