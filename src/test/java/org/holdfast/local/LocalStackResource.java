// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives every {@code @QuarkusTest} of a run one real PostgreSQL and one real Keycloak: annotate the test class with
 * {@code @QuarkusTestResource(LocalStackResource.class)}. Tests read where things are from {@link TestStack}, because they live in
 * another class loader than this object.
 */
public final class LocalStackResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable LocalStack stack;

    @Override
    public Map<String, String> start() {
        Steps steps = new Steps(System.out);
        try {
            Ports.requireFree(Ports.TEST_SERVER, "the Holdfast server of the tests");
            LocalStack started = LocalStack.forTests(steps);
            stack = started;
            started.start(steps);
            started.addLogin(DemonstrationLogin.OUTSIDER);
            for (DemonstrationLogin newcomer : DemonstrationLogin.NEWCOMERS) {
                started.addLogin(newcomer);
            }
            TestStack.publish(started);
            Map<String, String> settings = new HashMap<>(started.serverSettings());
            settings.remove("QUARKUS_HTTP_PORT");
            settings.remove("QUARKUS_MANAGEMENT_PORT");
            // What the server says is searched by tests, so it is kept beside the logs of the others.
            settings.put("quarkus.log.file.enabled", "true");
            settings.put(
                    "quarkus.log.file.path",
                    started.data().resolve("log/application.log").toString());
            settings.put(
                    "quarkus.http.test-port", String.valueOf(started.ports().server()));
            settings.put(
                    "quarkus.management.test-port",
                    String.valueOf(started.ports().management()));
            return settings;
        } catch (IOException e) {
            throw new Trouble("The local stack did not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("The start of the local stack was interrupted.", e);
        }
    }

    @Override
    public void stop() {
        if (stack != null) {
            stack.close();
        }
    }
}
