// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import java.util.Locale;

/** The failures that have words of their own, each with its status. What the words say about what was kept is true for each. */
public enum Trouble {
    /** What was sent cannot be read as a form. */
    NOT_READABLE(400),
    /** A form that another site sent, or one with a ticket that is not ours. */
    FORGED(403),
    /** Nothing here, or nothing for this person. */
    NOT_HERE(404),
    /** An address that is asked in a way it does not answer. */
    WRONG_METHOD(405),
    /** A body over the limit. */
    TOO_LARGE(413),
    /** Too many want something slow at once. */
    BUSY(503),
    /** The database does not answer; nothing was stored. */
    AWAY_NOT_STORED(503),
    /** The database went away; it is stored. */
    AWAY_STORED(503),
    /** The database went away while storing and nobody can tell yet. */
    AWAY_UNKNOWN(503),
    /** The database went away while an answer was being deleted and nobody can tell yet. */
    AWAY_DELETING(503),
    /** The organisation is not founded yet. */
    NOT_STARTED(503),
    /** A fault of ours. */
    FAULT(500),
    /** Staff: the role does not allow it. */
    REFUSED(403),
    /** Staff: the keys are locked. */
    LOCKED(403),
    /** Staff: the login ended. */
    LOGIN_GONE(403),
    /** Staff: Keycloak did not confirm a login that was begun. */
    LOGIN_NOT_DONE(401),
    /** Staff: the login server does not answer. */
    LOGIN_AWAY(503),
    /** Staff: the form lay open longer than a day. */
    EXPIRED(403),
    /** Staff: stored bytes are not what was stored. */
    TAMPERING(500),
    /** Staff: this form has made something already, and nothing came of sending it again. */
    ALREADY_STORED(200),
    /** Staff: somebody else saved in between. */
    CONFLICT(409);

    private final int status;

    Trouble(int status) {
        this.status = status;
    }

    /** HTTP status of the page. */
    public int status() {
        return status;
    }

    /** Key of the heading in {@link DoorTexts}. */
    public String titleKey() {
        return name().toLowerCase(Locale.ROOT) + "_title";
    }

    /** Key of the words in {@link DoorTexts}. */
    public String textKey() {
        return name().toLowerCase(Locale.ROOT) + "_text";
    }

    /** Staff: whether the page gives back what was typed. What cannot be read cannot be given back either; asking again never ends. */
    boolean keepsText() {
        return switch (this) {
            case NOT_HERE, NOT_READABLE, TOO_LARGE, AWAY_STORED -> false;
            default -> true;
        };
    }

    /** Staff: whether what was sent may be saved all the same, so that somebody has to look before sending it a second time. */
    public boolean perhapsSaved() {
        return this == AWAY_UNKNOWN || this == FAULT;
    }

    /** Staff: whether logging in is the way on. */
    public boolean needsLogin() {
        return this == LOGIN_GONE || this == LOGIN_NOT_DONE;
    }

    /** Staff: whether unlocking the keys is the way on. */
    public boolean needsUnlocking() {
        return this == LOCKED;
    }

    /** Staff: whether this form has made something before. */
    public boolean usedUp() {
        return this == ALREADY_STORED;
    }

    /** Staff: the heading of the page. */
    String heading() {
        return switch (this) {
            case NOT_READABLE -> "This could not be read";
            case FORGED -> "This was not accepted";
            case NOT_HERE -> "Nothing here";
            case WRONG_METHOD -> "This does not work here";
            case TOO_LARGE -> "This is too large";
            case BUSY -> "Please wait a moment";
            case AWAY_NOT_STORED, AWAY_STORED, AWAY_UNKNOWN, AWAY_DELETING -> "The database does not answer";
            case NOT_STARTED -> "Not set up yet";
            case REFUSED -> "Not for your role";
            case LOCKED -> "Your keys are locked";
            case LOGIN_GONE -> "Your login ended";
            case LOGIN_NOT_DONE -> "The login was not completed";
            case LOGIN_AWAY -> "Nobody can log in at the moment";
            case EXPIRED -> "The form is too old";
            case TAMPERING -> "Opening refused";
            case ALREADY_STORED -> "Saved already";
            case CONFLICT -> "Somebody else saved first";
            case FAULT -> "Something went wrong";
        };
    }

    /** The words for an answer that has only a status, as from below JAX-RS. */
    static Trouble ofStatus(int status) {
        return switch (status) {
            case 403 -> FORGED;
            case 404 -> NOT_HERE;
            case 405, 406 -> WRONG_METHOD;
            case 413 -> TOO_LARGE;
            case 503 -> AWAY_UNKNOWN;
            default -> status < 500 ? NOT_READABLE : FAULT;
        };
    }
}
