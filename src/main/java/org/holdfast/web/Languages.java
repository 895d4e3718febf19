// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The languages that exist, and those that the public is offered: only such as are complete and approved by a person. Drafts are
 * offered where {@code holdfast.languages.drafts} is set, under a banner. Immutable.
 */
@ApplicationScoped
public class Languages {
    /** The language that every text was first written in. */
    public static final Language ENGLISH = new Language("en", "English", "ltr", true);

    private static final List<Language> ALL =
            List.of(ENGLISH, new Language("fa", "فارسی", "rtl", false), new Language("zh-Hans", "简体中文", "ltr", false));

    private final List<Language> offered;

    Languages(@ConfigProperty(name = "holdfast.languages.drafts", defaultValue = "false") boolean drafts) {
        offered = ALL.stream().filter(language -> drafts || language.approved()).toList();
    }

    /** All languages with text files, approved or not. */
    public static List<Language> all() {
        return ALL;
    }

    /** What a visitor may choose from, in a fixed order. */
    public List<Language> offered() {
        return offered;
    }

    /** The offered language with this tag; English for anything else. Never guessed from the browser. */
    public Language of(@Nullable String tag) {
        return offered.stream()
                .filter(language -> language.tag().equals(tag))
                .findFirst()
                .orElse(ENGLISH);
    }
}
