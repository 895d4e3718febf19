// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.holdfast.local.Organisation;
import org.holdfast.local.Trouble;
import org.holdfast.local.Visitor;
import org.jspecify.annotations.Nullable;

/** A caseworker who changes the summary of her case without a pause; each text has a number. Run by one thread. */
final class EditLoad {
    private static final String TEXT = "Text number ";

    private final Organisation organisation;
    private final String address;
    private @Nullable Visitor who;
    private volatile boolean stopped;

    /** The number of the last text of which she was told that it is saved, and of the last one that she sent. */
    volatile int saved;

    volatile int sent;

    EditLoad(Organisation organisation) throws IOException, InterruptedException {
        this.organisation = organisation;
        Visitor amina = organisation.unlocked("amina");
        amina.get("/desk/cases/new");
        this.address = amina.submit("main form[action=/desk/cases]", Map.of("working", "Steady Stone"))
                .uri()
                .getPath();
        this.who = amina;
    }

    void resume() {
        stopped = false;
    }

    void stop() {
        stopped = true;
    }

    void run() {
        while (!stopped) {
            try {
                edit();
            } catch (IOException | IllegalStateException | Trouble gone) {
                // The server, the database or the login is away: log in again, once they are back.
                who = null;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void edit() throws IOException, InterruptedException {
        Visitor amina = present();
        amina.get(address + "/edit");
        int number = sent + 1;
        if (amina.page().selectFirst("main form textarea[name=summary]") == null) {
            throw new IllegalStateException("no form");
        }
        sent = number;
        HttpResponse<String> answer = amina.submit("main form", Map.of("summary", TEXT + number + "."));
        if (answer.statusCode() == 200 && answer.uri().getPath().equals(address)) {
            saved = number;
        } else {
            throw new IllegalStateException("not saved");
        }
    }

    private Visitor present() throws IOException, InterruptedException {
        Visitor amina = who;
        if (amina == null) {
            Thread.sleep(100);
            amina = organisation.unlocked("amina");
            who = amina;
        }
        return amina;
    }

    /** The number of the text that stands in the case now; the page opens only when its rows and the log agree. */
    int standing() throws IOException, InterruptedException {
        for (int i = 0; ; i++) {
            try {
                HttpResponse<String> page = present().get(address);
                int at = page.body().indexOf(TEXT);
                if (page.statusCode() == 200 && page.uri().getPath().equals(address)) {
                    if (at < 0) {
                        return 0;
                    }
                    return Integer.parseInt(page.body()
                            .substring(at + TEXT.length(), page.body().indexOf('.', at)));
                }
                throw new IllegalStateException(
                        "the case does not open: " + page.statusCode() + " " + Outcome.heading(page.body()));
            } catch (IOException | IllegalStateException | Trouble notYet) {
                who = null;
                if (i == 20) {
                    throw notYet;
                }
                Thread.sleep(200);
            }
        }
    }
}
