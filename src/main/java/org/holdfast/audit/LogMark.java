// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

/**
 * A place in the log, for those who keep what they learned from it and go on from there.
 *
 * @param size how many entries have a number
 * @param leaf RFC 6962 leaf hash of the last of them, by which another log is told from this one; empty while there is none
 */
public record LogMark(long size, byte[] leaf) {

    @Override
    public String toString() {
        return "LogMark[" + size + "]";
    }
}
