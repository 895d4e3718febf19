// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.app;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.quarkus.vertx.http.ManagementInterface;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * The meters of the machine and of the pools in the text format of Prometheus, at {@code /q/metrics} of the management port and nowhere
 * else. There is no meter for a request, a report or a person: the times of such counts would tell when somebody wrote.
 */
@ApplicationScoped
class Metrics {
    /** Quarkus adds every registry it finds to its own. */
    @Produces
    @Singleton
    PrometheusMeterRegistry registry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    void answer(@Observes ManagementInterface management, PrometheusMeterRegistry registry) {
        management
                .router()
                .get("/q/metrics")
                .handler(request -> request.response()
                        .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(registry.scrape()));
    }
}
