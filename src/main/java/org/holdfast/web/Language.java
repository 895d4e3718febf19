// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import java.util.Locale;

/**
 * A language of the report door.
 *
 * @param tag BCP 47 tag, also the ending of its text files
 * @param ownName the language's name in itself
 * @param dir {@code ltr} or {@code rtl}
 * @param approved whether a person who knows the language and the danger has approved every text; otherwise it is a draft
 */
public record Language(String tag, String ownName, String dir, boolean approved) {
    /** For message bundles and names of months. */
    public Locale locale() {
        return Locale.forLanguageTag(tag);
    }
}
