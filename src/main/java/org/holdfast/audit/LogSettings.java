// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** What an operator can say about the log: {@code holdfast.log.…}. */
@ConfigMapping(prefix = "holdfast.log")
public interface LogSettings {

    /** When entries of the report door get their numbers. */
    enum ReportDoor {
        /** At the full hour, in a random order: the log then tells the hour of a report and nothing finer. */
        HOURLY,
        /** At once, for a demonstration and for tests: the log tells the minute of a report. */
        AT_ONCE
    }

    /** {@code hourly} or {@code at-once}. */
    @WithDefault("hourly")
    ReportDoor reportDoor();

    /** The first part of the log's origin; a slash and the tenant id follow. No white space, no plus sign. */
    @WithDefault("holdfast")
    String origin();

    /**
     * File with 64 random bytes in base64: the seeds of the Ed25519 and the ML-DSA-44 key that sign checkpoints. Who holds it
     * can forge the log until others cosign it.
     */
    Path signingKeyFile();

    /**
     * File in which the server keeps the newest head of the log that it has read, as a signed checkpoint; made when it is absent. It
     * belongs on a disk where the databases are not. A server whose log does not begin with these lines opens no case and no report.
     */
    Path keptCheckpointFile();

    /** Whether this node numbers and signs; any number of nodes may, one at a time does. */
    @WithDefault("true")
    boolean clockwork();
}
