// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the router of the running server asks, whoever put it there: our own rooms, a library, an extension of Quarkus. */
@Singleton
class ServedRoutes {
    /** A handler in the words of a route about itself, up to what is inside of its class. */
    private static final Pattern HANDLERS = Pattern.compile("(?:context|failure)Handlers=\\[([^\\]]*)]");

    private static final Pattern CLASS = Pattern.compile("([a-z][\\w.]*\\.[A-Z]\\w*)[^,]*");

    private volatile @Nullable Router router;

    void stand(@Observes Router served) {
        router = served;
    }

    /** Each as its address, or {@code any}, and who is asked there; sorted. */
    List<String> routes() {
        Router served = router;
        List<String> routes = new ArrayList<>();
        for (Route route : served == null ? List.<Route>of() : served.getRoutes()) {
            String address = route.getPath() == null ? "any" : route.getPath();
            for (String handler : handlers(route)) {
                routes.add(address + " " + handler);
            }
        }
        return routes.stream().distinct().sorted().toList();
    }

    private static List<String> handlers(Route route) {
        List<String> names = new ArrayList<>();
        Matcher lists = HANDLERS.matcher(route.toString());
        while (lists.find()) {
            Matcher classes = CLASS.matcher(lists.group(1));
            while (classes.find()) {
                names.add(classes.group(1));
            }
        }
        // One that does not say who answers is none that anybody knows.
        return names.isEmpty() ? List.of(route.toString()) : names;
    }
}
