// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.access.UseCase;
import org.holdfast.audit.Act;
import org.holdfast.rules.Codes;
import org.holdfast.vault.FieldKey;
import org.holdfast.web.Ids;

/**
 * Somebody who holds the summary of a case asks for all of it, and those who hold it give or decline. Nobody reads more by
 * asking: what she gets is what a holder gives her by {@link ShareDesk}.
 */
@UseCase
public class RequestDesk {

    /** The most characters of what is said with a request or an answer. */
    static final int MAX = 500;

    /** How it ended. */
    public enum Result {
        /** It is done, or was done before. */
        DONE,
        /** No reason of the list was chosen. */
        NO_REASON,
        /** What was written is too long, or holds a character that no text has. */
        TOO_LONG,
        /** She who asked can no longer get the case. */
        NOT_ANY_MORE
    }

    private final CaseAccess access;
    private final CaseBeginning beginning;
    private final CaseStore store;
    private final ShareDesk sharing;
    private final Bracket bracket;

    RequestDesk(CaseAccess access, CaseBeginning beginning, CaseStore store, ShareDesk sharing, Bracket bracket) {
        this.access = access;
        this.beginning = beginning;
        this.store = store;
        this.sharing = sharing;
        this.bracket = bracket;
    }

    private record Fetched(CaseAccess.Held held, List<CaseRequest> requests) {}

    /**
     * Asks those who hold the case for all of it.
     *
     * @param reason a code of list {@code access_reason}
     * @param words why, in her own words; may be empty
     */
    public Result ask(String id, String reason, String words) {
        UUID me = access.enter(CasePolicy.Act.ASK);
        UUID caseId = Ids.of(id);
        Fetched fetched = bracket.read(() -> fetch(caseId));
        if (fetched.held().complete()) {
            return Result.DONE;
        }
        if (!Codes.shipped().contains("access_reason", reason)) {
            return Result.NO_REASON;
        }
        String text = text(words);
        if (isTooLong(text)) {
            return Result.TOO_LONG;
        }
        Optional<CaseRequest> asking = access.opening(
                caseId, () -> asking(fetched, caseId, AccessRequest.open(me, beginning.now(), reason, text)));
        if (asking.isEmpty()) {
            return Result.DONE;
        }
        CaseRequest row = asking.get();
        boolean done = bracket.write(() -> {
            access.keep(fetched.held());
            // One who presses the button twice asks once: who comes second waits here and finds a row more.
            store.lock(caseId);
            if (store.parts(CaseRequest.class, caseId).size()
                    != fetched.requests().size()) {
                return false;
            }
            if (row.revision == 1) {
                store.add(row);
            } else if (!store.replace(row)) {
                return false;
            }
            access.written(row, Act.CASE_ROW_WRITTEN);
            access.line(Act.CASE_REQUESTED, row, reason);
            return true;
        });
        return done ? Result.DONE : ask(id, reason, words);
    }

    /** Her row with the new request; empty when she waits for an answer already. */
    private Optional<CaseRequest> asking(Fetched fetched, UUID caseId, AccessRequest request) {
        try (FieldKey key = access.open(fetched.held().summary())) {
            for (CaseRequest row : fetched.requests()) {
                AccessRequest before = Seals.open(row, key);
                if (before.by().equals(request.by())) {
                    if (before.state() == AccessRequest.State.OPEN) {
                        return Optional.empty();
                    }
                    row.revision++;
                    Seals.seal(row, key, request);
                    return Optional.of(row);
                }
            }
            CaseRequest row = beginning.part(new CaseRequest(), caseId);
            Seals.seal(row, key, request);
            return Optional.of(row);
        }
    }

    /**
     * Gives all of the case to who asked.
     *
     * @param row id of the request
     */
    public Result give(String id, String row) {
        access.enter(CasePolicy.Act.ASSIGN);
        UUID caseId = Ids.of(id);
        Fetched fetched = bracket.read(() -> fetchWhole(caseId));
        CaseRequest asked = find(fetched, row);
        AccessRequest request = access.opening(caseId, () -> {
            try (FieldKey key = access.open(fetched.held().summary())) {
                return Seals.open(asked, key);
            }
        });
        if (request.state() != AccessRequest.State.OPEN) {
            return Result.DONE;
        }
        return sharing.assign(id, request.by().toString()) == ShareDesk.Result.DONE ? Result.DONE : Result.NOT_ANY_MORE;
    }

    /**
     * Declines a request.
     *
     * @param row id of the request
     * @param why what who asked is to read; may be empty
     */
    public Result decline(String id, String row, String why) {
        UUID me = access.enter(CasePolicy.Act.ASSIGN);
        UUID caseId = Ids.of(id);
        Fetched fetched = bracket.read(() -> fetchWhole(caseId));
        CaseRequest asked = find(fetched, row);
        String text = text(why);
        if (isTooLong(text)) {
            return Result.TOO_LONG;
        }
        boolean open = access.opening(caseId, () -> {
            try (FieldKey key = access.open(fetched.held().summary())) {
                AccessRequest request = Seals.open(asked, key);
                if (request.state() != AccessRequest.State.OPEN) {
                    return false;
                }
                asked.revision++;
                Seals.seal(asked, key, request.declined(me, text));
                return true;
            }
        });
        if (!open) {
            return Result.DONE;
        }
        boolean done = bracket.write(() -> {
            access.keep(fetched.held());
            if (!store.replace(asked)) {
                return false;
            }
            access.written(asked, Act.CASE_REQUEST_DECLINED);
            return true;
        });
        return done ? Result.DONE : decline(id, row, why);
    }

    private Fetched fetch(UUID caseId) {
        return new Fetched(access.held(caseId), store.parts(CaseRequest.class, caseId));
    }

    private Fetched fetchWhole(UUID caseId) {
        Fetched fetched = fetch(caseId);
        fetched.held().all();
        return fetched;
    }

    private static CaseRequest find(Fetched fetched, String row) {
        UUID id = Ids.of(row);
        return fetched.requests().stream()
                .filter(r -> r.id.equals(id))
                .findFirst()
                .orElseThrow(Problem::notHere);
    }

    private static String text(String typed) {
        return typed.replace("\r\n", "\n").strip();
    }

    private static boolean isTooLong(String text) {
        return text.codePointCount(0, text.length()) > MAX || text.indexOf('\0') >= 0;
    }
}
