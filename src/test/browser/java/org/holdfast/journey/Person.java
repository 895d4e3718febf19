// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Somebody with a browser of their own, who sees names and presses what has a name. Every method waits until the page is there, and
 * fails when nothing has the name, or a button or a link shares it.
 */
final class Person implements AutoCloseable {
    private static final int[] PHONE = {360, 320, 240, 1280};
    private static final int[] DESK = {360, 1280};

    private final URI door;
    private final BrowserContext context;
    private final Page page;
    private final PageCheck check;
    private final Pictures pictures;
    private final boolean phone;
    /** The last answers, without queries, which carry what belongs to the login. */
    private final Deque<String> trail = new ArrayDeque<>();

    private final AtomicInteger pages = new AtomicInteger();

    Person(URI door, BrowserContext context, PageCheck check, Pictures pictures) {
        this.door = door;
        this.context = context;
        this.page = context.newPage();
        this.check = check;
        this.pictures = pictures;
        page.onResponse(answer -> note(answer.status() + " " + answer.url()));
        page.onRequestFailed(request -> note(request.failure() + " " + request.url()));
        page.onDOMContentLoaded(loaded -> pages.incrementAndGet());
        this.phone = page.viewportSize().width < 600;
    }

    private void note(String line) {
        trail.addLast(line.split("\\?", 2)[0]);
        if (trail.size() > 30) {
            trail.removeFirst();
        }
    }

    /** Types an address; returns the status of the answer. */
    int open(String path) {
        Response answer = page.navigate(door.resolve(path).toString());
        return answer.status();
    }

    /** The path of the page, without what follows a question mark. */
    String path() {
        return URI.create(page.url()).getPath();
    }

    void press(String button) {
        goes(button(page.locator("body"), button));
    }

    /** Presses a button in the part of the page that stands under this heading or is named so. */
    void pressIn(String part, String button) {
        goes(button(part(part), button));
    }

    /** Clicks, and waits for the page that comes of it. */
    private void goes(Locator where) {
        int before = pages.get();
        where.click();
        page.waitForCondition(() -> pages.get() > before);
        page.waitForLoadState();
    }

    /** Where this person is and what the page says; for the message of a test that failed. */
    String whereabouts() {
        return page.url() + " after " + trail + " says:\n"
                + page.locator("body").innerText();
    }

    /** Waits for the desk, to which a login leads over several pages. */
    void arrives() {
        page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Places"))
                .waitFor();
        page.waitForLoadState();
    }

    private static Locator button(Locator where, String name) {
        return where.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    void follow(String link) {
        goes(page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true)));
    }

    /** Follows the only link whose name begins so. */
    void followStarting(String link) {
        goes(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(starting(link))));
    }

    void type(String label, String text) {
        field(page.locator("body"), label).fill(text);
    }

    void choose(String label, String option) {
        field(page.locator("body"), label).selectOption(new SelectOption().setLabel(option));
    }

    /** Takes the option with this number, where its words are not known before. */
    void chooseNumber(String label, int number) {
        field(page.locator("body"), label).selectOption(new SelectOption().setIndex(number));
    }

    /** Takes several answers, from a list or from boxes. */
    void all(String question, String... answers) {
        if (group(question).count() == 1) {
            for (String answer : answers) {
                tickIn(question, answer);
            }
        } else {
            field(page.locator("body"), question)
                    .selectOption(Stream.of(answers)
                            .map(answer -> new SelectOption().setLabel(answer))
                            .toArray(SelectOption[]::new));
        }
    }

    void tick(String label) {
        field(page.locator("body"), label).check();
    }

    /** Answers inside a group of fields: a row, a date, a question with choices. */
    void typeIn(String group, String label, String text) {
        field(group(group), label).fill(text);
    }

    void chooseIn(String group, String label, String option) {
        field(group(group), label).selectOption(new SelectOption().setLabel(option));
    }

    void tickIn(String group, String label) {
        field(group(group), label).check();
    }

    void date(String group, String day, String month, String year) {
        typeIn(group, "Day", day);
        typeIn(group, "Month", month);
        typeIn(group, "Year", year);
    }

    private Locator group(String name) {
        return page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName(starting(name)));
    }

    private Locator part(String heading) {
        return page.locator("section,article,fieldset,[role=group]")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName(heading).setExact(true))));
    }

    /** A field by its whole label, the first of those in repeated rows; where the label also holds a hint, by its beginning. */
    private static Locator field(Locator where, String label) {
        Locator exact = where.getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
        return exact.count() > 0 ? exact.first() : where.getByLabel(starting(label));
    }

    private static Pattern starting(String text) {
        // The browser reads the pattern, and knows no quotation marks.
        return Pattern.compile("^\\s*" + text.replaceAll("[^\\p{L}\\p{N}\\s'\",:]", "\\\\$0"));
    }

    /** What the page says, all of it. */
    String text() {
        return page.locator("body").innerText();
    }

    /** The words of the one element with this id; for what is shown to be copied. */
    String shown(String id) {
        return page.locator("[id='" + id + "']").innerText();
    }

    /** The rows of the page's table, none if it has no table. */
    String table() {
        return String.join("\n", page.locator("tbody").allInnerTexts());
    }

    /** The language that the page says it is in. */
    String language() {
        return page.locator("html").getAttribute("lang");
    }

    void pause(int milliseconds) {
        page.waitForTimeout(milliseconds);
    }

    boolean hasButton(String name) {
        return button(page.locator("body"), name).count() > 0;
    }

    /** The heading must be this one. */
    void sees(String heading) {
        assertEquals(heading, page.locator("h1").innerText().strip(), () -> "on " + page.url() + ": " + text());
    }

    void reads(String words) {
        assertTrue(text().contains(words), () -> "not \"" + words + "\" on " + page.url() + ": " + text());
    }

    /** Hands the page to the analyser and the pictures under this name. */
    void look(String name) {
        check.look(name, page.url(), page.content(), phone ? PHONE : DESK);
        pictures.keep(page, name);
    }

    /** Downloads what a link leads to. */
    Path download(String link, Path folder, String name) {
        Download download = page.waitForDownload(() -> page.getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true))
                .first()
                .click());
        Path file = folder.resolve(name);
        download.saveAs(file);
        return file;
    }

    /** The names of the cookies this person holds for the door. */
    List<String> cookies() {
        return context.cookies(door.toString()).stream()
                .map(cookie -> cookie.name)
                .toList();
    }

    @Override
    public void close() {
        context.close();
    }
}
