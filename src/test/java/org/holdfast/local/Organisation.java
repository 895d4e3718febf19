// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The demonstration organisation, set up through the pages as a real one is: the supervisor founds it, everybody else makes keys, and
 * the supervisor lets them in after comparing the eight words. What the pages show once is kept here.
 */
public final class Organisation {

    /** Where {@link #ofTests} keeps what it knows; a new stack forgets it. */
    static final String KEPT = "holdfast.test.organisation.";

    private final URI desk;
    private final Map<String, String> passphrases = new LinkedHashMap<>();
    private final Map<String, String> kits = new LinkedHashMap<>();
    private final List<String> shares = new ArrayList<>();
    private String pin = "";

    private Organisation(URI desk) {
        this.desk = desk;
    }

    /**
     * The organisation of the test stack: founded by whichever test asks first, the same for all. What it knows travels as system
     * properties, because test classes may be loaded more than once.
     */
    public static synchronized Organisation ofTests() {
        Organisation organisation = new Organisation(TestStack.desk());
        if (System.getProperty(KEPT + "pin") != null) {
            organisation.recall();
            return organisation;
        }
        try {
            organisation.foundAndEnrol();
        } catch (IOException e) {
            throw new Trouble("The organisation could not be founded: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("Founding was interrupted.", e);
        }
        organisation.keep();
        return organisation;
    }

    /** Founds an organisation at this desk, which has none yet, and enrols everybody. */
    public static Organisation found(URI desk) throws IOException, InterruptedException {
        Organisation organisation = new Organisation(desk);
        organisation.foundAndEnrol();
        return organisation;
    }

    /** The six words of a login. */
    public String passphrase(String name) {
        return passphrases.getOrDefault(name, "");
    }

    /** The recovery kit of a login, as printed. */
    public String kit(String name) {
        return kits.getOrDefault(name, "");
    }

    /** The five shares of the recovery key, as printed. */
    public List<String> shares() {
        return List.copyOf(shares);
    }

    /** The pin, 64 hexadecimal digits. */
    public String pin() {
        return pin;
    }

    /** Somebody logged in, with locked keys. */
    public Visitor signedIn(String name) throws IOException, InterruptedException {
        Visitor visitor = Visitor.at(desk);
        expect(visitor.signIn(login(name)), 200, "the login of " + name);
        return visitor;
    }

    /** Somebody logged in and unlocked. */
    public Visitor unlocked(String name) throws IOException, InterruptedException {
        Visitor visitor = signedIn(name);
        unlock(visitor, passphrase(name));
        if (visitor.cookie("__Host-hfk").isEmpty()) {
            throw new Trouble("The keys of " + name + " did not open.");
        }
        return visitor;
    }

    /** Types something on the unlock page; returns what the page says. */
    public static HttpResponse<String> unlock(Visitor visitor, String typed) throws IOException, InterruptedException {
        visitor.get("/desk/unlock");
        return visitor.submit("form[action=/desk/unlock]", Map.of("passphrase", typed));
    }

    /** The login of this name. */
    public static DemonstrationLogin login(String name) {
        return DemonstrationLogin.ORGANISATION.stream()
                .filter(login -> login.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void foundAndEnrol() throws IOException, InterruptedException {
        DemonstrationLogin founder = DemonstrationLogin.ORGANISATION.get(0);
        Visitor supervisor = signedIn(founder.name());
        supervisor.get("/desk/start");
        expect(supervisor.submit("main form", Map.of()), 200, "the keys of the first start");
        remember(founder, supervisor);
        for (int i = 1; i <= 5; i++) {
            shares.add(supervisor.text("#share-" + i));
        }
        expect(supervisor.submit("main form", typedAgain(founder)), 200, "the founding");
        pin = supervisor.text("#pin");
        for (DemonstrationLogin login : DemonstrationLogin.ORGANISATION) {
            if (login != founder) {
                enrol(login, supervisor);
            }
        }
    }

    private void enrol(DemonstrationLogin login, Visitor supervisor) throws IOException, InterruptedException {
        Visitor visitor = signedIn(login.name());
        visitor.get("/desk/enrol");
        expect(visitor.submit("main form", Map.of()), 200, "the keys of " + login.name());
        remember(login, visitor);
        expect(visitor.submit("main form", typedAgain(login)), 200, "the request of " + login.name());
        String words = visitor.text("#words");
        expect(supervisor.get("/oversight/people"), 200, "the list of people");
        if (!supervisor.text(".request .words").equals(words)) {
            throw new Trouble("The supervisor sees other words than " + login.name() + ".");
        }
        expect(supervisor.submit(".request form", Map.of("compared", "yes")), 200, "the approval of " + login.name());
    }

    private void remember(DemonstrationLogin login, Visitor visitor) {
        passphrases.put(login.name(), visitor.text("#passphrase-shown"));
        kits.put(login.name(), visitor.text("#kit"));
    }

    private Map<String, String> typedAgain(DemonstrationLogin login) {
        String name = login.name();
        String shown = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return Map.of("passphrase", passphrase(name), "name", shown);
    }

    private static void expect(HttpResponse<String> answer, int status, String what) {
        if (answer.statusCode() != status) {
            throw new Trouble("The desk answers " + answer.statusCode() + " to " + what + ".");
        }
    }

    private void keep() {
        System.setProperty(KEPT + "pin", pin);
        System.setProperty(KEPT + "shares", String.join("|", shares));
        passphrases.forEach((name, words) -> System.setProperty(KEPT + "words." + name, words));
        kits.forEach((name, kit) -> System.setProperty(KEPT + "kit." + name, kit));
    }

    private void recall() {
        pin = System.getProperty(KEPT + "pin");
        shares.addAll(List.of(System.getProperty(KEPT + "shares").split("\\|")));
        for (DemonstrationLogin login : DemonstrationLogin.ORGANISATION) {
            passphrases.put(login.name(), System.getProperty(KEPT + "words." + login.name()));
            kits.put(login.name(), System.getProperty(KEPT + "kit." + login.name()));
        }
    }
}
