// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The plan of the house (ADR 0002): thirteen rooms, arrows only downwards, and the walls between libraries. */
class HouseTest {

    private static final String HOUSE = "org.holdfast.";

    /** From each room, the rooms it may know. What is not here is forbidden; a change needs an ADR. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("crypto", Set.of()),
            Map.entry("rules", Set.of()),
            Map.entry("tlog", Set.of("crypto")),
            Map.entry("audit", Set.of("tlog")),
            Map.entry("access", Set.of("audit", "crypto")),
            Map.entry("web", Set.of("access", "crypto")),
            Map.entry("vault", Set.of("crypto", "audit", "access")),
            Map.entry("cases", Set.of("rules", "audit", "access", "web", "vault")),
            Map.entry("session", Set.of("audit", "access", "web", "vault")),
            Map.entry("intake", Set.of("rules", "audit", "access", "web", "vault", "cases")),
            Map.entry("oversight", Set.of("rules", "tlog", "audit", "access", "web", "vault", "cases")),
            Map.entry("app", Set.of("crypto", "audit", "vault", "cases", "intake")),
            Map.entry("tools", Set.of("tlog", "rules", "crypto")));

    static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("org.holdfast");

    @Test
    void every_class_lives_in_one_of_the_thirteen_rooms() {
        Set<String> rooms = new TreeSet<>();
        MAIN.forEach(type -> rooms.add(room(type)));
        assertEquals(new TreeSet<>(ARROWS.keySet()), rooms);
    }

    @Test
    void only_the_drawn_arrows_exist() {
        Map<String, Set<String>> forbidden = new TreeMap<>();
        for (JavaClass type : MAIN) {
            String from = room(type);
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(HOUSE))
                    .filter(target -> !room(target).equals(from)
                            && !ARROWS.getOrDefault(from, Set.of()).contains(room(target)))
                    .forEach(target -> forbidden
                            .computeIfAbsent(from + " -> " + room(target), arrow -> new TreeSet<>())
                            .add(type.getSimpleName() + " uses " + target.getSimpleName()));
        }
        assertEquals(Map.of(), forbidden);
    }

    @Test
    void the_rooms_form_no_circle() {
        slices().matching("org.holdfast.(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void the_pure_rooms_know_no_framework() {
        classes()
                .that()
                .resideInAnyPackage("org.holdfast.rules..", "org.holdfast.tlog..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "org.jspecify..", "org.holdfast.rules..", "org.holdfast.tlog..")
                                .or(resideInAnyPackage("org.holdfast.crypto..")))
                .check(MAIN);
        classes()
                .that()
                .resideInAPackage("org.holdfast.crypto..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..", "javax.crypto..", "org.jspecify..", "org.bouncycastle..", "org.holdfast.crypto.."))
                .check(MAIN);
    }

    /** Who may answer a request past the pages, which have a row each in the matrix of roles; each with what it answers. */
    private static final Map<String, String> PAST_THE_PAGES = Map.of(
            "org.holdfast.web.Doors",
                    "stands in front of every address; short pages, and the way from the desk's bare host name",
            "org.holdfast.app.Metrics", "the meters, on the management port alone");

    @Test
    void nothing_but_pages_answers_a_request() {
        noClasses()
                .that(are(DescribedPredicate.describe(
                        "not named here", type -> !PAST_THE_PAGES.containsKey(outermost(type)))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "io.quarkus.vertx.web..",
                                "io.quarkus.vertx.http.runtime.filters..",
                                "io.quarkus.undertow..",
                                "io.quarkus.websockets..",
                                "jakarta.servlet..",
                                "jakarta.websocket..",
                                "com.sun.net.httpserver..")
                        .or(named("io.vertx.ext.web.Router"))
                        .or(named("io.vertx.ext.web.Route"))
                        .or(named("io.vertx.core.http.HttpServer"))
                        .or(named("io.vertx.core.net.NetServer"))
                        .or(named("java.net.ServerSocket"))
                        .or(named("io.quarkus.vertx.http.ManagementInterface"))
                        .or(named("io.quarkus.vertx.http.HttpServerOptionsCustomizer"))
                        .or(named("jakarta.ws.rs.core.Application"))
                        .or(named("jakarta.ws.rs.core.Feature"))
                        .or(named("jakarta.ws.rs.container.DynamicFeature")))
                .check(MAIN);
        for (String name : PAST_THE_PAGES.keySet()) {
            assertTrue(MAIN.contain(name), name);
        }
    }

    @Test
    void a_resource_is_a_class_of_pages() {
        classes()
                .that(are(DescribedPredicate.describe(
                        "with an address",
                        type -> type.isAnnotatedWith("jakarta.ws.rs.Path")
                                || type.getMethods().stream()
                                        .anyMatch(method -> method.isAnnotatedWith("jakarta.ws.rs.Path")))))
                .should()
                .haveSimpleNameEndingWith("Pages")
                .check(MAIN);
    }

    private static String outermost(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }

    @Test
    void ciphers_are_only_in_crypto() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.holdfast.crypto..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("javax.crypto..", "org.bouncycastle.."))
                .check(MAIN);
    }

    @Test
    void http_is_only_in_pages_and_web() {
        noClasses()
                .that(are(outsideTheDoors()))
                .should()
                .dependOnClassesThat(resideInAnyPackage("jakarta.ws.rs..", "io.quarkus.qute..", "io.vertx.."))
                .check(MAIN);
    }

    @Test
    void only_access_knows_the_login_and_only_tools_knows_the_command_line() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.holdfast.access..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.quarkus.oidc..", "io.quarkus.security.identity.."))
                .check(MAIN);
        noClasses()
                .that()
                .resideOutsideOfPackage("org.holdfast.tools..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("picocli.."))
                .check(MAIN);
    }

    @Test
    void every_endpoint_says_who_may_ask_it_and_there_are_no_others() {
        methods()
                .that(are(DescribedPredicate.describe("endpoints", HouseTest::isEndpoint)))
                .should()
                .beAnnotatedWith(DescribedPredicate.describe("a role", HouseTest::isRole))
                .orShould()
                .beDeclaredInClassesThat(DescribedPredicate.describe(
                        "have a role", type -> type.getAnnotations().stream().anyMatch(HouseTest::isRole)))
                .check(MAIN);
        // A route on the router itself asks nobody for a role. The filter in front of everything is there, and the
        // metrics are on the router of the management port.
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.holdfast.web.Doors")
                .and()
                .doNotHaveFullyQualifiedName("org.holdfast.app.Metrics")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.quarkus.vertx.web..")
                        .or(named("io.vertx.ext.web.Router"))
                        .or(named("io.vertx.ext.web.Route")))
                .check(MAIN);
    }

    private static boolean isEndpoint(JavaMethod method) {
        return method.getAnnotations().stream()
                .anyMatch(annotation -> annotation.getRawType().isMetaAnnotatedWith("jakarta.ws.rs.HttpMethod"));
    }

    private static boolean isRole(JavaAnnotation<?> annotation) {
        return Set.of(
                        "jakarta.annotation.security.RolesAllowed",
                        "jakarta.annotation.security.PermitAll",
                        "jakarta.annotation.security.DenyAll",
                        "io.quarkus.security.Authenticated")
                .contains(annotation.getRawType().getName());
    }

    @Test
    void stores_and_entities_stay_in_their_room() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Store")
                .should()
                .notBePublic()
                .check(MAIN);
        classes()
                .that()
                .areAnnotatedWith("jakarta.persistence.Entity")
                .should()
                .notBePublic()
                .check(MAIN);
    }

    @Test
    void every_desk_is_a_use_case_and_only_the_log_asks_for_a_caller_s_transaction() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Desk")
                .should()
                .beAnnotatedWith("org.holdfast.access.UseCase")
                .check(MAIN);
        noClasses()
                .that()
                .resideOutsideOfPackage("org.holdfast.audit..")
                .should()
                .beAnnotatedWith("jakarta.transaction.Transactional")
                .check(MAIN);
        methods()
                .that()
                .areAnnotatedWith("jakarta.transaction.Transactional")
                .should()
                .beDeclaredInClassesThat()
                .resideInAPackage("org.holdfast.audit..")
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void time_and_chance_come_from_one_place() {
        noClasses().should().callMethod(java.time.Instant.class, "now").check(MAIN);
        noClasses().should().callMethod(java.time.LocalDate.class, "now").check(MAIN);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(MAIN);
        noClasses()
                .should()
                .dependOnClassesThat(are(named("java.util.Random")).or(named("java.util.concurrent.ThreadLocalRandom")))
                .check(MAIN);
    }

    @Test
    void nothing_is_injected_into_a_field_or_printed() {
        noFields()
                .that()
                .areAnnotatedWith("jakarta.inject.Inject")
                .should()
                .beDeclaredInClassesThat()
                .resideInAPackage("org.holdfast..")
                .allowEmptyShould(true)
                .check(MAIN);
        noClasses()
                .that()
                .resideOutsideOfPackage("org.holdfast.tools..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(MAIN);
    }

    /**
     * Three that must be: the client secret comes out of the configuration as text; a new passphrase goes onto a page as text. What a page
     * shows or a browser sends is text in {@code session} and {@code web}.
     */
    private static final Set<String> TEXT_BY_NEED = Set.of(
            "org.holdfast.access.Logins.clientSecret",
            "org.holdfast.app.StartupChecks.clientSecret",
            "org.holdfast.vault.NewKeys.passphrase");

    @Test
    void no_secret_is_a_string() {
        fields().that()
                .haveNameMatching(".*([sS]ecret|[sS]eed|[pP]assphrase|privateKey)")
                .and(DescribedPredicate.describe(
                        "are not text by need", field -> !TEXT_BY_NEED.contains(field.getFullName())))
                .and()
                .doNotHaveModifier(JavaModifier.STATIC)
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackages("org.holdfast.session..", "org.holdfast.web..")
                .should()
                .notHaveRawType(String.class)
                .allowEmptyShould(true)
                .check(MAIN);
    }

    /** {@code app.Metrics} answers on the management port, where no door is. */
    private static DescribedPredicate<JavaClass> outsideTheDoors() {
        return DescribedPredicate.not(simpleNameEndingWith("Pages")
                .or(resideInAnyPackage("org.holdfast.web..", "org.holdfast.access.."))
                .or(named("org.holdfast.app.Metrics"))
                .or(DescribedPredicate.describe(
                        "nested in pages",
                        type -> type.getEnclosingClass()
                                .map(outer -> outer.getSimpleName().endsWith("Pages"))
                                .orElse(false)))
                .or(DescribedPredicate.describe(
                        "the filter and the cookie of the session room",
                        type -> type.getSimpleName().matches(".*(Filter|Cookie)")
                                && type.getPackageName().equals("org.holdfast.session"))));
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe(name, type -> type.getName().equals(name));
    }

    private static String room(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.");
        return parts.length > 2 ? parts[2] : "";
    }
}
