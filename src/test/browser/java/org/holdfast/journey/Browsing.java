// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.journey;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One Chromium for a journey, and a separate context in it for each person. Used by one thread. */
final class Browsing implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private final Playwright playwright;
    private final Browser browser;
    private final PageCheck check;
    private final Pictures pictures;

    private Browsing(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
        this.check = new PageCheck(browser);
        this.pictures = Pictures.asked();
    }

    static Browsing start() {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        // Root may not use Chromium's sandbox; what it shows here is our own.
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
        return new Browsing(playwright, browser);
    }

    /** Somebody who reports, on a narrow telephone. */
    Person exile(URI door) {
        return person(door, 360, 740);
    }

    /** Somebody at a desk. */
    Person staff(URI door) {
        return person(door, 1280, 800);
    }

    private Person person(URI door, int width, int height) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setJavaScriptEnabled(false)
                .setLocale("en-GB")
                .setTimezoneId("UTC")
                .setAcceptDownloads(true)
                .setViewportSize(width, height));
        context.setDefaultTimeout(20_000);
        return new Person(door, context, check, pictures);
    }

    PageCheck check() {
        return check;
    }

    @Override
    public void close() {
        check.close();
        browser.close();
        playwright.close();
    }
}
