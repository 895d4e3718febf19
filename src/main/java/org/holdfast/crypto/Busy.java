// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.crypto;

/** The stretcher's queue is full: the caller answers "please try again" and does no work. */
public final class Busy extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Busy() {
        super("all places are taken");
    }
}
