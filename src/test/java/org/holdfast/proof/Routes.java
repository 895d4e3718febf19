// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.TreeSet;

/** The addresses that the code answers, read from its compiled classes. */
final class Routes {
    private Routes() {}

    /** All of them, as {@code GET /desk/cases/{id}}. */
    static TreeSet<String> ofTheCode() {
        TreeSet<String> routes = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter().importPath(java.nio.file.Path.of("target", "classes", "org"))) {
            String base = type.isAnnotatedWith(Path.class)
                    ? type.getAnnotationOfType(Path.class).value()
                    : "";
            for (JavaMethod method : type.getMethods()) {
                String below = method.isAnnotatedWith(Path.class)
                        ? method.getAnnotationOfType(Path.class).value()
                        : "";
                if (method.isAnnotatedWith(GET.class)) {
                    routes.add("GET " + joined(base, below));
                }
                if (method.isAnnotatedWith(POST.class)) {
                    routes.add("POST " + joined(base, below));
                }
            }
        }
        return routes;
    }

    private static String joined(String base, String below) {
        String path = ("/" + base + "/" + below).replaceAll("/{2,}", "/");
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
