// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Frames in languages that are not offered, for tests that look at them all the same. */
@ApplicationScoped
public class FramesIn {
    private final Styles styles;

    FramesIn(Styles styles) {
        this.styles = styles;
    }

    public Frame report(Language language, String path) {
        return new Frame(
                Door.REPORT,
                language,
                "",
                path,
                Languages.all(),
                styles.report(),
                styles.reportMore(),
                styles.reportLang(),
                "",
                List.of(),
                null,
                null,
                false,
                address -> "");
    }
}
