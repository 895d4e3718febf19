// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.Optional;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.SentForm;
import org.holdfast.access.UseCase;
import org.holdfast.audit.Act;
import org.holdfast.rules.report.MailboxReply;
import org.holdfast.vault.Card;
import org.holdfast.vault.FieldKey;
import org.holdfast.vault.MailboxKeys;
import org.holdfast.vault.ReplyOutbox;
import org.holdfast.web.Ids;

/** Answers the reporter through the mailbox behind the return number. */
@UseCase
public class ReplyDesk {

    /** The most characters of an answer. */
    static final int MAX = 8000;

    /** How it ended. */
    public enum Result {
        /** It is stored and will be delivered. */
        DONE,
        /** Nothing was written. */
        EMPTY,
        /** It is too long. */
        TOO_LONG,
        /** The reporter asked for no number: there is no way to answer here. */
        NO_MAILBOX
    }

    private final CaseAccess access;
    private final CaseBeginning beginning;
    private final CaseStore store;
    private final MailboxKeys mailboxes;
    private final ReplyOutbox outbox;
    private final SentForm form;
    private final Bracket bracket;

    ReplyDesk(
            CaseAccess access,
            CaseBeginning beginning,
            CaseStore store,
            MailboxKeys mailboxes,
            ReplyOutbox outbox,
            SentForm form,
            Bracket bracket) {
        this.access = access;
        this.beginning = beginning;
        this.store = store;
        this.mailboxes = mailboxes;
        this.outbox = outbox;
        this.form = form;
        this.bracket = bracket;
    }

    private record Fetched(CaseAccess.Held held, Optional<CaseMailbox> mailbox, int before) {}

    /** Writes an answer. The case keeps it; the reporter finds it under the number. */
    public Result reply(String id, String text) {
        UUID who = access.enter(CasePolicy.Act.WRITE);
        UUID caseId = Ids.of(id);
        Fetched fetched = bracket.read(() -> {
            CaseAccess.Held held = access.held(caseId);
            held.contentOrRefuse();
            return new Fetched(
                    held,
                    store.only(CaseMailbox.class, caseId),
                    store.parts(CaseMessage.class, caseId).size());
        });
        String words = text.replace("\r\n", "\n");
        if (words.isBlank()) {
            return Result.EMPTY;
        }
        if (words.codePointCount(0, words.length()) > MAX) {
            return Result.TOO_LONG;
        }
        if (fetched.mailbox().isEmpty()) {
            return Result.NO_MAILBOX;
        }
        CaseMessage message = beginning.part(new CaseMessage(), caseId);
        Card card = access.opening(caseId, () -> {
            try (FieldKey key = access.open(fetched.held().contentOrRefuse())) {
                Seals.seal(message, key, new Message(words, who, beginning.now()));
                return Seals.open(fetched.mailbox().get(), key);
            }
        });
        // An id of its own: the row in the case and the one in the mailbox have nothing in common.
        UUID replyId = UUID.randomUUID();
        byte[] sealed = mailboxes.sealReply(
                card, replyId, new MailboxReply(words, beginning.today().toString(), fetched.before() + 1));
        ReplyOutbox.Parcel parcel = outbox.seal(card, replyId, sealed);
        bracket.write(() -> {
            access.keep(fetched.held());
            form.useUp();
            store.add(message);
            access.written(message, Act.REPLY_WRITTEN);
            outbox.put(parcel);
        });
        return Result.DONE;
    }
}
