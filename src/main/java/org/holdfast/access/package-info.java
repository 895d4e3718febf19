// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Says who asks, and how a refusal looks.
 *
 * <p>Who asks is told by the login alone: a tag made from the subject of the token, the roles in the access token, and the
 * person that the signed directory knows under this tag. A role counts only when both the token and the directory name it,
 * so that neither an administrator of Keycloak nor a writer of the database can give anybody a role alone.
 *
 * <p>How a refusal looks: every refusal is one {@link org.holdfast.access.Problem}, which one place turns into a page. What
 * is unknown and what is not allowed are the same problem. A refused use case ({@link org.holdfast.access.UseCase}) leaves a
 * line in the log after the rollback that it causes.
 *
 * <p>Tokens are kept sealed in the database under a key of the server; the browser holds a random number only. What this
 * gives to a thief of the machine is an expired login, never a key to content: login is not unlock.
 *
 * <p>This room never knows a key that opens content, a case, or a page. Formats: SECURITY.md, section "Login".
 */
@NullMarked
package org.holdfast.access;

import org.jspecify.annotations.NullMarked;
