// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * What the run command says once everything is ready: where to go, who can log in, and what is kept here.
 *
 * @param data the data folder, which tells what was founded in it
 * @param empty whether a start without the demonstration was asked for
 */
record Welcome(String reportUrl, String deskUrl, Path data, boolean empty) {
    /** Which organisation a data folder has. */
    private enum Founded {
        NOT_YET,
        BY_HAND,
        BY_THE_DEMONSTRATION
    }

    List<String> lines() throws IOException {
        Properties demonstration = Demonstration.kept(data);
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("  Report door   " + reportUrl + "/");
        lines.add("  Desk          " + deskUrl + "/desk");
        lines.add("");
        switch (founded(demonstration)) {
            case NOT_YET -> {
                logins(lines, "Logins");
                lines.add("  Nothing is set up yet: log in as sara, who founds the organisation at " + deskUrl
                        + "/desk/start and lets the others in");
            }
            case BY_HAND -> {
                lines.add(
                        "  The organisation that was founded here by hand is kept. Its people unlock with the words that the"
                                + " desk showed them then;");
                lines.add("  nobody else knows these words. A login that it has not let in yet begins at " + deskUrl
                        + "/desk/enrol");
                logins(lines, "Logins there are");
                lines.add("  For the demonstration organisation, or to found another one, stop, delete " + data
                        + ", and start again");
            }
            case BY_THE_DEMONSTRATION -> {
                logins(lines, "Demonstration logins");
                lines.addAll(Demonstration.words(demonstration));
                if (empty) {
                    lines.add(
                            "  The demonstration organisation is kept here from an earlier start; to found one yourself, stop,"
                                    + " delete " + data + ", and start again");
                }
            }
        }
        lines.add("");
        lines.add("  Data and logs are kept in " + data + "; Ctrl-C stops everything");
        return lines;
    }

    private Founded founded(Properties demonstration) {
        if (demonstration.containsKey("pin")) {
            return Founded.BY_THE_DEMONSTRATION;
        }
        return Files.exists(data.resolve("directory.pin")) ? Founded.BY_HAND : Founded.NOT_YET;
    }

    private static void logins(List<String> lines, String heading) {
        lines.add("  " + heading + " (password: NAME-demo-passphrase, for example sara-demo-passphrase)");
        for (DemonstrationLogin login : DemonstrationLogin.ORGANISATION) {
            lines.add(String.format("    %-10s %s", login.name(), login.role()));
        }
    }
}
