// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * Journeys in a real browser with scripts off, as exiles and staff use Holdfast.
 *
 * <p>Everybody has a browser of their own: a context with its own cookies. Pages are used by the names of their fields, buttons and links,
 * so a label that is missing or wrong fails the journey as it fails a person with a screen reader. Every page that is reached is handed to
 * {@link org.holdfast.journey.PageCheck}, which looks at a copy of it in a second browser: axe for accessibility, and whether it fits narrow
 * screens without sideways scrolling. With {@code -Dholdfast.pictures=FOLDER} each page is kept as a picture.
 *
 * <p>Compiled and run only where {@code /usr/bin/chromium} exists (Maven profile {@code browser}).
 */
@org.jspecify.annotations.NullMarked
package org.holdfast.journey;
