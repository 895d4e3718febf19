// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What the field knows, as data and pure functions: the code lists, and what a report may hold.
 *
 * <p>What this room promises: a code is never reused and never deleted; an unknown code is refused and named by its
 * list; the same input always gives the same answer. The lists are read from {@code code-lists.csv} beside this class,
 * whose sources stand in {@code SOURCES.md} there. Lawyers and caseworkers can read this room without a database.
 *
 * <p>What it never does: it knows no page, no database, no key, no clock and no network; it depends on the Java
 * platform alone; it logs nothing.
 *
 * <p>Labels and definitions are English. They are the meaning of a code, not wording for people at the report door:
 * that wording stands in the language bundles and is keyed by the same codes.
 */
@NullMarked
package org.holdfast.rules;

import org.jspecify.annotations.NullMarked;
