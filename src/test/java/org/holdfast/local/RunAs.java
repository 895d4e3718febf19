// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How PostgreSQL's programs are started: they refuse to run as root. An ordinary user starts them as they are; root starts them in a user
 * namespace of their own, or, where namespaces are forbidden, as the user nobody.
 */
enum RunAs {
    SELF(List.of()),
    USER_NAMESPACE(List.of("unshare", "-U", "--")),
    NOBODY_BY_SETPRIV(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--")),
    NOBODY_BY_RUNUSER(List.of("runuser", "-u", "nobody", "--"));

    /** Whether a command ends well here; a test answers for a machine that is not at hand. */
    interface Probe {
        boolean works(List<String> command);
    }

    private final List<String> prefix;

    RunAs(List<String> prefix) {
        this.prefix = prefix;
    }

    static RunAs here() {
        return choose("root".equals(System.getProperty("user.name")), RunAs::works);
    }

    static RunAs choose(boolean root, Probe probe) {
        if (!root) {
            return SELF;
        }
        for (RunAs way : List.of(USER_NAMESPACE, NOBODY_BY_SETPRIV, NOBODY_BY_RUNUSER)) {
            if (probe.works(way.command("true"))) {
                return way;
            }
        }
        throw new Trouble(
                "PostgreSQL does not run as root, and neither 'unshare -U' (user namespaces) nor 'setpriv' or 'runuser' as nobody"
                        + " works here: start as an ordinary user.");
    }

    List<String> command(String... words) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(words));
        return all;
    }

    boolean isNobody() {
        return this == NOBODY_BY_SETPRIV || this == NOBODY_BY_RUNUSER;
    }

    /** Gives a folder to nobody, when nobody has to work in it, and says so when nobody cannot even reach it. */
    void handOver(Path folder) throws IOException {
        if (!isNobody()) {
            return;
        }
        requireReachable(folder);
        UserPrincipal nobody =
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                Files.setOwner(each, nobody);
            }
        }
    }

    /** Every folder above must let strangers pass, or nobody cannot enter. */
    static void requireReachable(Path folder) throws IOException {
        for (Path above = folder.toAbsolutePath().normalize().getParent(); above != null; above = above.getParent()) {
            if (!Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                throw new Trouble(
                        "As root PostgreSQL has to run as the user nobody here, and nobody cannot enter " + above
                                + ": put the clone below a folder that is open to all (such as /srv), give -Dholdfast.local.dir=/srv/holdfast-local,"
                                + " or start as an ordinary user.");
            }
        }
    }

    /** Whether it ends well. */
    static boolean works(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
