// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.journey;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks at copies of pages in a context with scripts on, which the analyser needs and our pages forbid: the copy comes without the
 * page's own headers and keeps its address, so that its style sheet is found. Findings are collected, so that one run names all of them.
 */
final class PageCheck implements AutoCloseable {
    private static final List<String> TAGS =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");
    private static final Set<String> GRAVE = Set.of("serious", "critical");

    private final BrowserContext context;
    private final Page page;
    private final Set<String> findings = new LinkedHashSet<>();
    private final Set<String> seen = new LinkedHashSet<>();

    PageCheck(Browser browser) {
        context = browser.newContext(new Browser.NewContextOptions().setLocale("en-GB"));
        page = context.newPage();
    }

    /**
     * Analyses a page once for each name.
     *
     * @param widths in CSS pixels; at each the page must not scroll sideways. axe looks at the first and the last
     */
    void look(String name, String address, String html, int... widths) {
        if (!seen.add(name)) {
            return;
        }
        String plain = address.split("#", 2)[0];
        page.route(
                plain,
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(200)
                        .setContentType("text/html; charset=utf-8")
                        .setBody(html)));
        page.navigate(plain);
        for (int i = 0; i < widths.length; i++) {
            page.setViewportSize(widths[i], 800);
            measure(name, widths[i]);
            if (i == 0 || i == widths.length - 1) {
                analyse(name, widths[i]);
            }
        }
        page.unroute(plain);
    }

    private void measure(String name, int width) {
        int over = ((Number)
                        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .intValue();
        if (over > 0) {
            findings.add(name + " at " + width + " px scrolls sideways by " + over + " px, because of "
                    + page.evaluate(
                            "w => [...document.querySelectorAll('body *')].filter(e => {const r = e.getBoundingClientRect();"
                                    + " return r.width > 1 && (r.right > w + 1 || r.left < -1) && r.left > -9000})"
                                    + ".slice(0, 4).map(e => e.outerHTML.slice(0, 120))",
                            width));
        }
    }

    private void analyse(String name, int width) {
        for (Rule rule : new AxeBuilder(page)
                .setLegacyMode(true)
                .withTags(TAGS)
                .analyze()
                .getViolations()) {
            if (GRAVE.contains(String.valueOf(rule.getImpact()))) {
                List<String> where = new ArrayList<>();
                for (CheckedNode node : rule.getNodes()) {
                    where.add(node.getHtml());
                }
                findings.add(name + " at " + width + " px: " + rule.getImpact() + " " + rule.getId() + ", "
                        + rule.getHelp() + " " + where.subList(0, Math.min(3, where.size())));
            }
        }
    }

    /** Everything wrong with the pages so far, none if all is well. */
    List<String> findings() {
        return List.copyOf(findings);
    }

    /** The names of the pages looked at. */
    Set<String> seen() {
        return Set.copyOf(seen);
    }

    @Override
    public void close() {
        context.close();
    }
}
