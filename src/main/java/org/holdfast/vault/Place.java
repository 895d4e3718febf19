// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import java.util.UUID;

/**
 * Where a sealed value belongs; it opens nowhere else.
 *
 * @param table name of the table
 * @param column name of the column
 * @param row id of the row
 * @param schemaVersion version of the value's form, not negative
 * @param revision of the row, not negative; every write of a row seals all its columns anew under the next one
 */
public record Place(String table, String column, UUID row, int schemaVersion, long revision) {}
