// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes up the unlocked session of a request, so that its lines are signed. The room of sessions answers; whoever writes a line
 * before the request came to its filters asks here.
 */
public interface Resumption {

    /**
     * Takes up the session that a cookie of this request belongs to. Does nothing if that was done before, and nothing for
     * somebody who is not logged in. Outside of transactions; may wait for the database.
     *
     * @param cookie the value of the cookie of a name, null if there is none
     * @return false if the cookie belongs to no session of this login any more
     */
    boolean resume(Function<String, @Nullable String> cookie);
}
