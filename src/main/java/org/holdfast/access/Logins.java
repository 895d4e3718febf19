// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.OidcSession;
import io.quarkus.oidc.RefreshToken;
import io.quarkus.oidc.SecurityEvent;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.oidc.runtime.TokenVerificationResult;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Begins and ends logins: writes the line of each, and lets everything go that was kept for one that ended. */
@ApplicationScoped
public class Logins {

    private static final Logger LOG = Logger.getLogger(Logins.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String LOGOUT_TOKEN = "logout_token";

    private final LoginStore store;
    private final LoginLines lines;
    private final SecurityIdentity identity;
    private final OidcSession session;
    private final CurrentActor current;
    private final Event<LoginEnded> ended;
    private final Clock clock;
    private final String clientId;
    private final String clientSecret;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    Logins(
            LoginStore store,
            LoginLines lines,
            SecurityIdentity identity,
            OidcSession session,
            CurrentActor current,
            Event<LoginEnded> ended,
            Clock clock,
            @ConfigProperty(name = "quarkus.oidc.client-id") String clientId,
            @ConfigProperty(name = "quarkus.oidc.credentials.secret") String clientSecret) {
        this.store = store;
        this.lines = lines;
        this.identity = identity;
        this.session = session;
        this.current = current;
        this.ended = ended;
        this.clock = clock;
        this.clientId = clientId;
        this.clientSecret = clientSecret;
    }

    void happened(@ObservesAsync SecurityEvent event) {
        switch (event.getEventType()) {
            case OIDC_LOGIN -> lines.loggedIn(event.getSecurityIdentity());
            case OIDC_BACKCHANNEL_LOGOUT_INITIATED -> {
                if (event.getEventProperties().get(LOGOUT_TOKEN) instanceof TokenVerificationResult token) {
                    end(token.localVerificationResult().getString("sid", ""));
                }
            }
            default -> {
                // Other events end nothing that is kept here.
            }
        }
    }

    /** Everything that was kept for this login goes, on whichever node it came. */
    private void end(String sid) {
        store.deleteBySid(sid);
        ended.fire(new LoginEnded(sid));
    }

    /**
     * Ends the login of this request, here and at Keycloak, by a call from server to server.
     *
     * @return whether Keycloak confirmed it; if not, its own session may last until it ends by itself
     */
    public boolean logout() {
        boolean confirmed = tellKeycloak();
        current.loginSession().ifPresent(this::end);
        session.logout().await().atMost(PATIENCE);
        return confirmed;
    }

    private boolean tellKeycloak() {
        OidcConfigurationMetadata metadata = identity.getAttribute(OidcUtils.CONFIG_METADATA_ATTRIBUTE);
        RefreshToken refresh = identity.getCredential(RefreshToken.class);
        if (metadata == null || refresh == null || metadata.getEndSessionUri() == null) {
            return false;
        }
        String form = "client_id=" + encoded(clientId) + "&client_secret=" + encoded(clientSecret) + "&refresh_token="
                + encoded(refresh.getToken());
        HttpRequest request = HttpRequest.newBuilder(URI.create(metadata.getEndSessionUri()))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() < 300;
        } catch (IOException e) {
            LOG.warn("Keycloak did not answer a logout");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Scheduled(every = "5m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forgetOver() {
        store.deleteOver(clock.instant());
    }
}
