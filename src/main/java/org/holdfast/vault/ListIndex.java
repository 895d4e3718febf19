// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.audit.LogMark;
import org.holdfast.audit.LogNews;
import org.holdfast.audit.LogReader;
import org.holdfast.audit.Pseudonym;
import org.holdfast.audit.RowHash;
import org.jspecify.annotations.Nullable;

/**
 * What a person's list of cases shows, without opening every case at every list.
 *
 * <p>What a list showed is kept sealed under her own keys, together with a mark in the log. The next list opens that and asks
 * the log what happened since the mark: a grant that was revoked takes its case away, a new one brings one, and a case whose
 * row was written is read again, held to the hash that the log has of it. Where there is nothing kept, or it is not hers,
 * damaged, or of another log, all her cases are read anew, each held to its hash. A kept list that somebody rolled back has an
 * older mark and no other consequence: the log brings it up to date. See src/docs/adr/0011-case-list-index.md.
 *
 * <p>In this order: {@link #kept} outside, {@link #held} in a bracket that reads, together with the rows of {@link
 * Held#toRead} and the line of the reading, {@link #open} outside. Only the last one opens what a list shows.
 */
@ApplicationScoped
public class ListIndex {

    /** With so many entries since the mark, or so many cases read again, the next list would be slow: it is kept anew. */
    private static final int MANY_ENTRIES = 1_000;

    private static final int MANY_CASES = 20;
    /** Fewer are opened sooner than handed to other threads. */
    private static final int WORTH_THREADS = 100;

    private final UnlockedUser user;
    private final Directory directory;
    private final Grants grants;
    private final ListHoldings holdings;
    private final ListIndexStore indexes;
    private final LogReader reader;
    private final Bracket bracket;

    ListIndex(
            UnlockedUser user,
            Directory directory,
            Grants grants,
            ListHoldings holdings,
            ListIndexStore indexes,
            LogReader reader,
            Bracket bracket) {
        this.user = user;
        this.directory = directory;
        this.grants = grants;
        this.holdings = holdings;
        this.indexes = indexes;
        this.reader = reader;
        this.bracket = bracket;
    }

    /** What was kept of her last list, or nothing. Opaque. */
    public static final class Kept<T> {
        private final Class<T[]> form;
        private final ListForm.@Nullable Head head;
        private final byte[] body;

        private Kept(Class<T[]> form, ListForm.@Nullable Head head, byte[] body) {
            this.form = form;
            this.head = head;
            this.body = body;
        }
    }

    /** What she holds now: what is as it was kept, and what is to be read again. Opaque. */
    public static final class Held<T> {
        private final Kept<T> kept;
        private final LogMark mark;
        private final Set<UUID> again;
        private final List<ListHoldings.Case> fresh;
        private final boolean keep;
        private final int unchanged;

        private Held(Kept<T> kept, LogMark mark, int entries, Set<UUID> again, List<ListHoldings.Case> fresh) {
            this.kept = kept;
            this.mark = mark;
            this.again = again;
            this.fresh = fresh;
            this.keep = kept.head == null
                    || entries > MANY_ENTRIES
                    || fresh.size() > MANY_CASES
                    // What she no longer holds does not stay in what is kept.
                    || again.size() > fresh.size();
            this.unchanged = kept.head == null
                    ? 0
                    : (int) kept.head.items().stream()
                            .filter(item -> !again.contains(item.object()))
                            .count();
        }

        /** How many cases that are. */
        public int size() {
            return unchanged + fresh.size();
        }

        /** The cases whose rows are to be read. */
        public List<UUID> toRead() {
            return fresh.stream().map(f -> f.grant().object()).toList();
        }
    }

    /** The rows of {@link Held#toRead}. Used by several threads. */
    public interface Source<T> {
        /** The hash of the row of this case; that of a row that is gone when there is none. */
        byte[] rowHash(UUID object);

        /** Opens the row and takes from it what a list shows. */
        T open(UUID object, FieldKey summary);
    }

    /**
     * A case of the list.
     *
     * @param name what the log calls it; null if its shred secret is lost
     * @param whole whether she holds its content
     * @param value what the list shows, null if it did not open
     * @param damage why it did not open
     */
    public record Entry<T>(
            UUID object,
            @Nullable Pseudonym name,
            boolean whole,
            @Nullable T value,
            Problem.@Nullable Tampering damage) {}

    /** Outside: what was kept of her last list. Opens no more of it than what it rests on. */
    public <T> Kept<T> kept(Class<T[]> form) {
        Bracket.assertOutside();
        UserKeys mine = user.keys();
        UUID tenant = directory.known().tenant();
        Optional<ListIndexStore.Row> row = indexes.find(mine.keyId());
        ListForm.Head head =
                row.flatMap(r -> ListForm.head(mine, tenant, r, form)).orElse(null);
        return new Kept<>(form, head, row.isEmpty() ? new byte[0] : row.get().body());
    }

    /** Inside, where everything is seen at one moment: what she holds now. */
    public <T> Held<T> held(Kept<T> kept) {
        Bracket.assertInside();
        UUID tenant = directory.known().tenant();
        byte[] me = user.keys().keyId();
        ListForm.Head head = kept.head;
        LogNews news = head == null ? null : reader.since(head.mark()).orElse(null);
        if (head == null || news == null) {
            return new Held<>(
                    new Kept<>(kept.form, null, kept.body), reader.mark(), 0, Set.of(), holdings.all(me, tenant));
        }
        Set<UUID> again = new HashSet<>();
        again.addAll(holdings.given(me, news.given()));
        head.items().stream().filter(item -> item.stale(news)).forEach(item -> again.add(item.object()));
        return new Held<>(kept, news.mark(), news.entries(), again, holdings.of(me, again, tenant));
    }

    /**
     * Outside: the list, every case that she holds in it; kept for the next one if much has changed. One that is not what the
     * log says was written, or does not open, is in it with its damage and is tried again the next time.
     */
    public <T> List<Entry<T>> open(Held<T> held, Source<T> source) {
        Bracket.assertOutside();
        UserKeys mine = user.keys();
        Chain chain = directory.known();
        List<ListForm.Item> items = new ArrayList<>(held.size());
        List<Entry<T>> entries = new ArrayList<>(held.size());
        ListForm.Head head = held.kept.head;
        if (head != null) {
            T[] values = ListForm.body(mine, chain.tenant(), held.kept.body, held.kept.form);
            for (int i = 0; i < values.length; i++) {
                ListForm.Item item = head.items().get(i);
                if (!held.again.contains(item.object())) {
                    items.add(item);
                    entries.add(entry(item, values[i]));
                }
            }
        }
        List<Opened<T>> opened = open(held.fresh, mine, chain, source);
        grants.keepCopies(opened.stream().flatMap(o -> o.grant().stream()).toList());
        for (Opened<T> each : opened) {
            items.add(each.item());
            entries.add(each.entry());
        }
        if (held.keep) {
            List<@Nullable T> values = new ArrayList<>();
            entries.forEach(entry -> values.add(entry.value()));
            ListIndexStore.Row row = ListForm.seal(mine, chain.tenant(), held.mark, held.kept.form, items, values);
            bracket.write(() -> indexes.put(mine.keyId(), row));
        }
        return entries;
    }

    private record Opened<T>(ListForm.Item item, Entry<T> entry, Optional<Grants.Opened> grant) {}

    private <T> List<Opened<T>> open(
            Collection<ListHoldings.Case> fresh, UserKeys mine, Chain chain, Source<T> source) {
        if (fresh.isEmpty()) {
            return List.of();
        }
        // Made at first use, which must not be in several threads at once.
        mine.copies();
        if (fresh.stream().anyMatch(f -> f.grant().copy() == null)) {
            mine.wrapping();
        }
        Stream<ListHoldings.Case> each = fresh.size() > WORTH_THREADS ? fresh.parallelStream() : fresh.stream();
        return each.map(f -> open(f, mine, chain, source)).toList();
    }

    private <T> Opened<T> open(ListHoldings.Case fresh, UserKeys mine, Chain chain, Source<T> source) {
        UUID object = fresh.grant().object();
        try {
            if (fresh.shred() == null) {
                throw Problem.tampering("shred.missing");
            }
            byte[] row = source.rowHash(object);
            if (fresh.newest() == null || !Arrays.equals(row, fresh.newest())) {
                throw Problem.tampering(Arrays.equals(row, RowHash.gone()) ? "row.missing" : "row.case_file");
            }
            Grants.Opened grant = grants.open(fresh.grant(), mine, chain, fresh.shred());
            try (Secrets secrets = grant.secrets();
                    FieldKey key = secrets.fieldKey(
                            Bytes.of(chain.tenant()),
                            Compartment.SUMMARY,
                            fresh.grant().epoch())) {
                ListForm.Item item = fresh.item(row);
                return new Opened<>(item, entry(item, source.open(object, key)), Optional.of(grant));
            }
        } catch (Problem.Tampering damage) {
            ListForm.Item item = fresh.item(RowHash.gone());
            return new Opened<>(
                    item, new Entry<>(object, fresh.name(), item.content().length > 0, null, damage), Optional.empty());
        }
    }

    private static <T> Entry<T> entry(ListForm.Item item, @Nullable T value) {
        return new Entry<>(item.object(), new Pseudonym(item.name()), item.content().length > 0, value, null);
    }
}
