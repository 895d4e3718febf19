// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The demonstration's side of Keycloak, made through its admin interface: demonstration logins, a login flow without second factor, and
 * the desk's address when it differs from the imported one. None of this is in the realm file.
 */
final class KeycloakAdmin {
    static final String CLIENT = "holdfast-desk";
    static final String PLAIN_FLOW = "demonstration without second factor";

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final String token;

    KeycloakAdmin(String address, String password) throws IOException, InterruptedException {
        this.address = address;
        this.token = token(address, password);
    }

    static KeycloakAdmin of(KeycloakServer keycloak, Secrets secrets) throws IOException, InterruptedException {
        return new KeycloakAdmin(keycloak.address(), secrets.of(Secrets.ADMIN));
    }

    /** Makes the login, with its one role if it has one; a login that is there is left as it is. */
    void addLogin(DemonstrationLogin login) throws IOException, InterruptedException {
        ObjectNode user = json.createObjectNode().put("username", login.name()).put("enabled", true);
        user.putArray("credentials")
                .addObject()
                .put("type", "password")
                .put("value", login.password())
                .put("temporary", false);
        HttpResponse<String> answer = send("POST", "/users", user);
        if (answer.statusCode() == 409) {
            return;
        }
        require(answer, 201);
        if (login.role() == null) {
            return;
        }
        String id = answer.headers().firstValue("location").orElseThrow().replaceFirst(".*/", "");
        mapRole("POST", id, login.role());
    }

    /** Gives a login a realm role more, as Keycloak's administrator can. */
    void giveRole(String name, String role) throws IOException, InterruptedException {
        mapRole("POST", subject(name), role);
    }

    /** Takes a realm role from a login. */
    void takeRole(String name, String role) throws IOException, InterruptedException {
        mapRole("DELETE", subject(name), role);
    }

    private void mapRole(String method, String id, String name) throws IOException, InterruptedException {
        JsonNode role =
                json.readTree(require(send("GET", "/roles/" + name, null), 200).body());
        ArrayNode roles = json.createArrayNode().add(role);
        require(send(method, "/users/" + id + "/role-mappings/realm", roles), 204);
    }

    /** Keycloak's id of a login, the {@code sub} of its tokens. */
    String subject(String name) throws IOException, InterruptedException {
        JsonNode user = find("/users?exact=true&username=" + name, "username", name);
        if (user == null) {
            throw new Trouble("Keycloak has no login " + name + ".");
        }
        return user.get("id").asText();
    }

    /** Binds a flow that asks for name and password only to the desk's client; the realm's own flow stays as imported. */
    void allowPasswordAlone() throws IOException, InterruptedException {
        if (find("/authentication/flows", "alias", PLAIN_FLOW) == null) {
            ObjectNode flow = json.createObjectNode()
                    .put("alias", PLAIN_FLOW)
                    .put("providerId", "basic-flow")
                    .put("topLevel", true)
                    .put("builtIn", false);
            require(send("POST", "/authentication/flows", flow), 201);
            String executions = "/authentication/flows/"
                    + URLEncoder.encode(PLAIN_FLOW, StandardCharsets.UTF_8).replace("+", "%20") + "/executions";
            for (String provider : List.of("auth-cookie", "auth-username-password-form")) {
                ObjectNode execution = json.createObjectNode().put("provider", provider);
                require(send("POST", executions + "/execution", execution), 201);
            }
            for (JsonNode execution :
                    json.readTree(require(send("GET", executions, null), 200).body())) {
                ((ObjectNode) execution).put("requirement", "ALTERNATIVE");
                require(send("PUT", executions, execution), 202, 204);
            }
        }
        JsonNode flow = find("/authentication/flows", "alias", PLAIN_FLOW);
        bindBrowserFlow(flow.get("id").asText());
    }

    /** Takes that flow from the client again, so that the realm's own flow asks for a second factor. */
    void requireSecondFactor() throws IOException, InterruptedException {
        // An empty name removes the binding; leaving it out would keep it.
        bindBrowserFlow("");
    }

    private void bindBrowserFlow(String flow) throws IOException, InterruptedException {
        ObjectNode client = client();
        client.putObject("authenticationFlowBindingOverrides").put("browser", flow);
        require(send("PUT", "/clients/" + client.get("id").asText(), client), 204);
    }

    /** How long tokens live that the desk gets from now on. */
    void tokensLiveFor(Duration life) throws IOException, InterruptedException {
        ObjectNode client = client();
        client.withObject("/attributes").put("access.token.lifespan", Long.toString(life.toSeconds()));
        require(send("PUT", "/clients/" + client.get("id").asText(), client), 204);
    }

    /** Puts the desk's address into the client in place of the imported one. */
    void moveDesk(String from, String to) throws IOException, InterruptedException {
        ObjectNode client = client();
        String moved = json.writeValueAsString(client).replace(from, to);
        require(send("PUT", "/clients/" + client.get("id").asText(), json.readTree(moved)), 204);
    }

    private ObjectNode client() throws IOException, InterruptedException {
        JsonNode found = json.readTree(
                require(send("GET", "/clients?clientId=" + CLIENT, null), 200).body());
        if (found.isEmpty()) {
            throw new Trouble("Keycloak has no client " + CLIENT + ": the realm was not imported.");
        }
        return (ObjectNode) found.get(0);
    }

    private @Nullable JsonNode find(String path, String field, String value) throws IOException, InterruptedException {
        for (JsonNode each : json.readTree(require(send("GET", path, null), 200).body())) {
            if (each.path(field).asText().equals(value)) {
                return each;
            }
        }
        return null;
    }

    private HttpResponse<String> send(String method, String path, @Nullable JsonNode body)
            throws IOException, InterruptedException {
        HttpRequest.BodyPublisher bytes = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(address + "/admin/realms/" + KeycloakServer.REALM + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, bytes)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> require(HttpResponse<String> answer, int... expected) {
        for (int status : expected) {
            if (answer.statusCode() == status) {
                return answer;
            }
        }
        throw new Trouble("Keycloak answered " + answer.statusCode() + " to "
                + answer.request().method() + " " + answer.request().uri().getPath() + ".");
    }

    private String token(String address, String password) throws IOException, InterruptedException {
        String form = "grant_type=password&client_id=admin-cli&username=admin&password=" + password;
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(address + "/realms/master/protocol/openid-connect/token"))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        HttpResponse<String> answer = require(http.send(request, HttpResponse.BodyHandlers.ofString()), 200);
        return json.readTree(answer.body()).get("access_token").asText();
    }
}
