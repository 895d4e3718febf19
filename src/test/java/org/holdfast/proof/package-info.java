// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * The attacks on the promises of SECURITY.md, through the whole system: real PostgreSQL, real Keycloak, the two doors. SECURITY.md has a
 * table of which promise each class attacks. An attack that needs only one room stands in that room's tests.
 */
@org.jspecify.annotations.NullMarked
package org.holdfast.proof;
