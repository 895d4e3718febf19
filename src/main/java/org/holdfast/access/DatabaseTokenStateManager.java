// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import io.quarkus.oidc.AuthorizationCodeTokens;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TokenStateManager;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.holdfast.crypto.Context;
import org.holdfast.crypto.Hashes;
import org.holdfast.crypto.Kdf;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.Sealer;
import org.holdfast.crypto.SealingKey;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Tampered;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tokens of a login in the database and gives the browser a random number of 32 bytes only. The row is found by the
 * number's SHA-256 and sealed under HKDF-SHA-512(ikm = the server's token key, salt = the number), so that neither a dump nor
 * a cookie holds a token. Any node answers; a login can be ended from anywhere by deleting its row.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class DatabaseTokenStateManager implements TokenStateManager {

    private static final int NUMBER_LENGTH = 32;
    private static final Duration LONGEST = Duration.ofHours(10);
    private static final byte[] INFO = "holdfast/v1/tokens".getBytes(StandardCharsets.US_ASCII);
    private static final UUID NO_ROW = new UUID(0, 0);

    private final LoginStore store;
    private final TokenKey serverKey;
    private final Clock clock;

    DatabaseTokenStateManager(LoginStore store, TokenKey serverKey, Clock clock) {
        this.store = store;
        this.serverKey = serverKey;
        this.clock = clock;
    }

    @Override
    public Uni<String> createTokenState(
            RoutingContext routing,
            OidcTenantConfig config,
            AuthorizationCodeTokens tokens,
            OidcRequestContext<String> context) {
        return context.runBlocking(() -> create(tokens));
    }

    @Override
    public Uni<AuthorizationCodeTokens> getTokens(
            RoutingContext routing,
            OidcTenantConfig config,
            String state,
            OidcRequestContext<AuthorizationCodeTokens> context) {
        return context.runBlocking(() -> find(state));
    }

    @Override
    public Uni<Void> deleteTokens(
            RoutingContext routing, OidcTenantConfig config, String state, OidcRequestContext<Void> context) {
        return context.runBlocking(() -> {
            store.delete(Hashes.sha256(decoded(state)));
            return null;
        });
    }

    private String create(AuthorizationCodeTokens tokens) {
        byte[] number = SecretBytes.random(NUMBER_LENGTH).copy();
        byte[] plain = encode(tokens).getBytes(StandardCharsets.UTF_8);
        try (SecretBytes key = key(number)) {
            byte[] sealed = Sealer.seal(ObjectType.SESSION, 1, key, context(), plain);
            store.insert(
                    Hashes.sha256(number),
                    sid(tokens.getIdToken()),
                    sealed,
                    clock.instant().plus(LONGEST));
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(number);
    }

    private AuthorizationCodeTokens find(String state) {
        byte[] number = decoded(state);
        byte[] sealed = store.find(Hashes.sha256(number), clock.instant())
                .orElseThrow(() -> new AuthenticationFailedException("this login ended"));
        try (SecretBytes key = key(number)) {
            return decode(new String(Sealer.open(ObjectType.SESSION, key, context(), sealed), StandardCharsets.UTF_8));
        } catch (Tampered e) {
            throw new AuthenticationFailedException("this login is not as it was stored");
        }
    }

    private SecretBytes key(byte[] number) {
        return Kdf.hkdfSha512(serverKey.key(), number, INFO, SealingKey.LENGTH);
    }

    private static Context context() {
        return new Context(new byte[Context.TENANT_LENGTH], "oidc_session", "sealed", NO_ROW, 1, 0);
    }

    private static byte[] decoded(String state) {
        try {
            return Base64.getUrlDecoder().decode(state);
        } catch (IllegalArgumentException e) {
            throw new AuthenticationFailedException("not a login of ours");
        }
    }

    private static String encode(AuthorizationCodeTokens tokens) {
        return new JsonArray()
                .add(tokens.getIdToken())
                .add(tokens.getAccessToken())
                .add(tokens.getRefreshToken())
                .add(tokens.getAccessTokenExpiresIn())
                .add(tokens.getAccessTokenScope())
                .encode();
    }

    private static AuthorizationCodeTokens decode(String text) {
        JsonArray parts = new JsonArray(text);
        return new AuthorizationCodeTokens(
                parts.getString(0), parts.getString(1), parts.getString(2), parts.getLong(3), parts.getString(4));
    }

    /** The {@code sid} of an ID token, which was verified before it came here. */
    static String sid(@Nullable String idToken) {
        String[] parts = idToken == null ? new String[0] : idToken.split("\\.");
        if (parts.length < 2) {
            return "";
        }
        byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
        return new JsonObject(new String(claims, StandardCharsets.UTF_8)).getString("sid", "");
    }
}
