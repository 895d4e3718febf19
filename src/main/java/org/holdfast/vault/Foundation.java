// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

/** What became of an attempt to found the organisation. */
public sealed interface Foundation {

    /**
     * It is founded, by this attempt.
     *
     * @param pin SHA-256 of the founding statement, 64 hexadecimal digits
     * @param pinned whether it is in force; if not, the server answers nothing more until it is configured
     * @param cookie of the unlocked session that founding began
     */
    record Done(String pin, boolean pinned, String cookie) implements Foundation {
        @Override
        public String toString() {
            return "Done[" + pin + "]";
        }
    }

    /** The passphrase is not the one that was shown; nothing is stored. */
    record WrongWords() implements Foundation {}

    /**
     * It was founded before this attempt, which stored nothing.
     *
     * @param same whether by the very keys of this attempt, as after a second click; if not, these keys open nothing
     * @param pin of the organisation as it is founded
     */
    record Before(boolean same, String pin) implements Foundation {}

    /** Nothing is founded, but the server holds the pin of another founding; nothing is stored. */
    record PinnedElsewhere() implements Foundation {}
}
