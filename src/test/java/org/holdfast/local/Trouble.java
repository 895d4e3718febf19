// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

/** Something a person at the terminal can put right. The message is one or two plain sentences: what is wrong and what helps. */
public final class Trouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Trouble(String sentence) {
        super(sentence);
    }

    Trouble(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
