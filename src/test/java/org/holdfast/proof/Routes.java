// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.Map;
import java.util.TreeSet;

/** The addresses that the server answers: those of the code, read from its compiled classes, and the few that are none of it. */
final class Routes {
    /** What is answered by no class of ours: the way there, and what of ours or of the framework it is. */
    static final Map<String, String> OF_THE_SERVER = Map.of(
            "POST /desk/back-channel-logout", "Keycloak says by it that a login ended, in a token that it signed",
            "GET /style/desk.css", "the desk's style sheet, a file of the program without a secret");

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
                TreeSet<String> verbs = verbs(method);
                if (verbs.isEmpty() && method.isAnnotatedWith(Path.class)) {
                    // It hands on to another class, whose addresses nobody sees here.
                    verbs.add("LOCATOR");
                }
                verbs.forEach(verb -> routes.add(verb + " " + joined(base, below)));
            }
        }
        return routes;
    }

    /** Whatever verb: each is an annotation that is annotated with its name. */
    private static TreeSet<String> verbs(JavaMethod method) {
        TreeSet<String> verbs = new TreeSet<>();
        for (JavaAnnotation<JavaMethod> annotation : method.getAnnotations()) {
            if (annotation.getRawType().isAnnotatedWith(HttpMethod.class)) {
                verbs.add(annotation
                        .getRawType()
                        .getAnnotationOfType(HttpMethod.class)
                        .value());
            }
        }
        return verbs;
    }

    private static String joined(String base, String below) {
        String path = ("/" + base + "/" + below).replaceAll("/{2,}", "/");
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
