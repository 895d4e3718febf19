// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A refusal. One place turns it into a status and a page; nothing else catches it but to clean up.
 *
 * <p>Messages are constant words: they never carry input, names or content. A problem that has no page of its own is not
 * here: form errors stay with their form.
 */
public abstract sealed class Problem extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What became of what was sent. */
    public enum Kept {
        /** It is stored. */
        STORED,
        /** It is not stored. */
        NOT_STORED,
        /** Nobody can tell at the moment. */
        UNKNOWN,
        /** It was to delete something, and nobody can tell at the moment whether that is done. */
        PERHAPS_DELETED
    }

    private transient boolean recorded;

    private Problem(String words) {
        super(words, null, false, true);
    }

    /** True the first time only. */
    boolean takeForRecord() {
        boolean first = !recorded;
        recorded = true;
        return first;
    }

    /** There is nothing here for this person: what does not exist and what is not allowed look the same. */
    public static Problem notHere() {
        return new NotHere(null);
    }

    /**
     * The same page as {@link #notHere()}; only the line says in which case somebody looked who may not.
     *
     * @param caseName the name of the case in the log, 16 bytes
     */
    public static Problem notHere(byte[] caseName) {
        return new NotHere(caseName);
    }

    /**
     * This person may not do this.
     *
     * @param code reason code for the log, such as {@code ar.role}
     */
    public static Problem refused(String code) {
        return new Refused(code, null);
    }

    /**
     * This person may not do this with this case.
     *
     * @param code reason code for the log
     * @param caseName the name of the case in the log, 16 bytes
     */
    public static Problem refused(String code, byte[] caseName) {
        return new Refused(code, caseName);
    }

    /** The person is logged in but her keys are locked. */
    public static Problem locked() {
        return new Locked();
    }

    /** Nobody is logged in, or the login ended. */
    public static Problem needsLogin() {
        return new NeedsLogin();
    }

    /**
     * Somebody else saved in between.
     *
     * @param mine what this person wanted to save, for the page that shows both; never logged
     */
    public static Problem conflict(Object mine) {
        return new Conflict(mine);
    }

    /**
     * Stored bytes are not what was stored: opening refused.
     *
     * @param code which check failed: 1 to 40 of {@code a-z 0-9 . _ -}
     */
    public static Problem tampering(String code) {
        return new Tampering(code, null, null);
    }

    /**
     * Stored bytes are not what was stored: opening refused.
     *
     * @param code which check failed: 1 to 40 of {@code a-z 0-9 . _ -}
     * @param caseName 16 bytes, the case's name in the log, if it is about one
     * @param objectName 16 bytes, the object's name in the log, if it is known
     */
    public static Problem tampering(String code, byte @Nullable [] caseName, byte @Nullable [] objectName) {
        return new Tampering(code, caseName, objectName);
    }

    /** More was sent than is taken. */
    public static Problem tooLarge() {
        return new TooLarge();
    }

    /** Too many ask at once for something slow. */
    public static Problem busy() {
        return new Busy();
    }

    /** A form ticket that is not ours. */
    public static Problem forgedTicket() {
        return new ForgedTicket();
    }

    /** A form ticket of ours that is too old. */
    public static Problem expiredTicket() {
        return new ExpiredTicket();
    }

    /** This ticket was used: what it was for is stored already. */
    public static Problem alreadyStored() {
        return new AlreadyStored();
    }

    /** The database does not answer. */
    public static Problem unavailable(Kept kept) {
        return new Unavailable(kept);
    }

    /** A form post that comes from another site. */
    public static Problem crossSite() {
        return new CrossSite();
    }

    /** The organisation is not founded yet. */
    public static Problem notStarted() {
        return new NotStarted();
    }

    /** See {@link Problem#notHere()}. */
    public static final class NotHere extends Problem {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient byte @Nullable [] caseName;

        private NotHere(byte @Nullable [] caseName) {
            super("not here");
            this.caseName = caseName;
        }

        /** Null where there is nothing, or nothing that is told. */
        public byte @Nullable [] caseName() {
            return caseName;
        }
    }

    /** See {@link Problem#locked()}. */
    public static final class Locked extends Problem {
        @Serial
        private static final long serialVersionUID = 1L;

        private Locked() {
            super("locked");
        }
    }

    /** See {@link Problem#needsLogin()}. */
    public static final class NeedsLogin extends Problem {
        @Serial
        private static final long serialVersionUID = 1L;

        private NeedsLogin() {
            super("needs login");
        }
    }

    /** See {@link Problem#tooLarge()}. */
    public static final class TooLarge extends Problem {
        @Serial
        private static final long serialVersionUID = 1L;

        private TooLarge() {
            super("too large");
        }
    }

    /** See {@link Problem#busy()}. */
    public static final class Busy extends Problem {
        @Serial
        private static final long serialVersionUID = 1L;

        private Busy() {
            super("busy");
        }
    }

    /** See {@link Problem#forgedTicket()}. */
    public static final class ForgedTicket extends Problem {
        @Serial
        private static final long serialVersionUID = 1L;

        private ForgedTicket() {
            super("forged ticket");
        }
    }

    /** See {@link Problem#expiredTicket()}. */
    public static final class ExpiredTicket extends Problem {
        @Serial
        private static final long serialVersionUID = 1L;

        private ExpiredTicket() {
            super("expired ticket");
        }
    }

    /** See {@link Problem#alreadyStored()}. */
    public static final class AlreadyStored extends Problem {
        @Serial
        private static final long serialVersionUID = 1L;

        private AlreadyStored() {
            super("already stored");
        }
    }

    /** See {@link Problem#crossSite()}. */
    public static final class CrossSite extends Problem {
        @Serial
        private static final long serialVersionUID = 1L;

        private CrossSite() {
            super("cross-site post");
        }
    }

    /** See {@link Problem#notStarted()}. */
    public static final class NotStarted extends Problem {
        @Serial
        private static final long serialVersionUID = 1L;

        private NotStarted() {
            super("not started");
        }
    }

    /** See {@link Problem#refused(String)}. */
    public static final class Refused extends Problem {
        @Serial
        private static final long serialVersionUID = 1L;

        private final String code;
        private final transient byte @Nullable [] caseName;

        private Refused(String code, byte @Nullable [] caseName) {
            super("refused");
            this.code = code;
            this.caseName = caseName;
        }

        /** The case's name in the log, 16 bytes, or null. */
        public byte @Nullable [] caseName() {
            return caseName;
        }

        /** Reason code for the log. */
        public String code() {
            return code;
        }
    }

    /** See {@link Problem#conflict(Object)}. */
    public static final class Conflict extends Problem {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Object mine;

        private Conflict(Object mine) {
            super("conflict");
            this.mine = mine;
        }

        /** What was to be saved. */
        public Object mine() {
            return mine;
        }
    }

    /** See {@link Problem#tampering(String, byte[], byte[])}. */
    public static final class Tampering extends Problem {
        @Serial
        private static final long serialVersionUID = 1L;

        private final String code;
        private final transient byte @Nullable [] caseName;
        private final transient byte @Nullable [] objectName;

        private Tampering(String code, byte @Nullable [] caseName, byte @Nullable [] objectName) {
            super("tampering: " + code);
            this.code = code;
            this.caseName = caseName;
            this.objectName = objectName;
        }

        /** Which check failed. */
        public String code() {
            return code;
        }

        /** The case's name in the log, 16 bytes, or null. */
        public byte @Nullable [] caseName() {
            return caseName;
        }

        /** The object's name in the log, 16 bytes, or null. */
        public byte @Nullable [] objectName() {
            return objectName;
        }
    }

    /** See {@link Problem#unavailable(Kept)}. */
    public static final class Unavailable extends Problem {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Kept kept;

        private Unavailable(Kept kept) {
            super("unavailable");
            this.kept = kept;
        }

        /** What became of what was sent. */
        public Kept kept() {
            return kept;
        }
    }
}
