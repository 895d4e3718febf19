// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.holdfast.tlog.Entry;
import org.holdfast.tlog.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log back for those who act on it.
 *
 * <p>Every entry that an answer rests on is held to its leaf, its id and its copies, and to its signature: one that is not signed
 * by the member of staff in whose name it stands counts for nothing but what {@link Writer} lets go unsigned. So nobody who can
 * only write to the database has an older row, a planted grant or a deletion look right with a line of his own. Nor does he by
 * hiding or taking away a line: {@link LogMemory} knows which ones there are. Reads on the caller's connection, so an answer
 * includes what the caller's own transaction has recorded. Safe between threads.
 *
 * <p>Do not assume that the answer is proof: who can write to the database can take away an entry before it has a number. The
 * server stops at its next look, within a second; the verifier names the row.
 */
@ApplicationScoped
public class LogReader {
    /** Positions of entries without a number lie above every number. */
    private static final long UNNUMBERED = 1L << 62;

    private static final String ROWS_ONLY = " and act not like 'grant.%' and act not like 'directory.%'";
    private static final String OF_CASE = Rows.ORDERED.formatted("e.case_name = ? and e.hash is not null" + ROWS_ONLY);
    private static final String OF_OBJECTS =
            Rows.ORDERED.formatted("e.object_name = any(?) and e.hash is not null" + ROWS_ONLY);
    private static final String OF_HASHES = Rows.ORDERED.formatted("e.hash = any(?) and e.outcome = 'done'"
            + " and (e.act in ('grant.given', 'grant.revoked') or e.act like 'directory.%')");

    private static final String DETAILS = """
            select d.entry_id, d.sealed from audit_detail d join audit_entry e on e.id = d.entry_id
            where d.entry_id = any(?) and e.detail_hash = sha256(d.sealed)
            """;

    /** Fewer lines are verified sooner than handed to other threads. */
    private static final int WORTH_THREADS = 100;

    private static final Choice NEWEST = (row, lines, known) -> Believed.newest(lines, known);

    private final DataSource database;
    private final StaffSigningKeys keys;
    private final LogMemory memory;

    LogReader(DataSource database, StaffSigningKeys keys, LogMemory memory) {
        this.database = database;
        this.keys = keys;
        this.memory = memory;
    }

    /**
     * The newest hash of each row of a case, by the row's name; zero bytes for a row that was deleted. Grants and directory
     * statements are not rows. Each write of a row raises its revision by one, is signed and leaves one line: so a row that was
     * set back is found out even if its lines changed places before they had a number.
     *
     * @param revisions of the rows as they stand, by their names; one that is absent is not counted
     * @return without the rows that were not written as often as they say
     * @throws AlteredLog if an entry that this rests on was altered or is hidden, or any entry is missing from the log
     */
    public Map<Pseudonym, byte[]> newestHashes(Pseudonym caseName, Map<Pseudonym, Long> revisions) {
        Lines lines = new Lines();
        read(new Question(OF_CASE, statement -> statement.setBytes(1, caseName.value()), true), lines)
                .requireCase(caseName);
        return lines.newest((row, entries, known) -> Believed.newest(entries, revisions.get(row), known));
    }

    /**
     * The newest hash of each of these rows, wherever they belong. A row that no entry names is absent, and one about which an
     * entry is hidden: that one is damaged, and no other.
     *
     * @throws AlteredLog if an entry that this rests on was altered, or any entry is missing from the log
     */
    public Map<Pseudonym, byte[]> newestHashes(Collection<Pseudonym> objects) {
        return newest(objects, true, NEWEST);
    }

    /**
     * As {@link #newestHashes(Collection)}, from a log of which entries are missing too: for rows without which nobody could
     * log in and see what is wrong with it.
     *
     * @throws AlteredLog if an entry that this rests on was altered
     */
    public Map<Pseudonym, byte[]> newestHashesThatAreLeft(Collection<Pseudonym> objects) {
        return newest(objects, false, NEWEST);
    }

    /**
     * As {@link #newestHashes(Collection)}, by what members of staff signed alone: where nobody else ever has a say, nobody
     * has one by a line that he puts in front of the row's own.
     *
     * @throws AlteredLog if an entry that this rests on was altered, or any entry is missing from the log
     */
    public Map<Pseudonym, byte[]> newestSignedHashes(Collection<Pseudonym> objects) {
        return newest(objects, true, (row, lines, known) -> Believed.newestSigned(lines, known));
    }

    /**
     * Whether there ever was this row, be it deleted.
     *
     * @throws AlteredLog if an entry that this rests on was altered or is hidden
     */
    public boolean isNamed(Pseudonym object) {
        Lines lines = new Lines();
        read(named(OF_OBJECTS, List.of(object.value()), false), lines).requireNamed(List.of(object.value()));
        return !lines.newest(NEWEST).isEmpty();
    }

    private Map<Pseudonym, byte[]> newest(Collection<Pseudonym> objects, boolean whole, Choice choice) {
        Lines lines = new Lines();
        List<byte[]> names = objects.stream().map(Pseudonym::value).toList();
        LogMemory.Reading reading = read(named(OF_OBJECTS, names, whole), lines);
        lines.ofRow.keySet().removeIf(row -> !reading.isComplete(row));
        return lines.newest(choice);
    }

    private static Question named(String sql, Collection<byte[]> names, boolean whole) {
        byte[][] all = names.toArray(byte[][]::new);
        return new Question(
                sql,
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("bytea", all)),
                whole);
    }

    /**
     * How a grant or a directory statement stands.
     *
     * @param hash 32 bytes
     * @throws AlteredLog if an entry that this rests on was altered
     */
    public Standing standing(byte[] hash) {
        return standings(List.of(hash)).getOrDefault(HexFormat.of().formatHex(hash), Standing.UNKNOWN);
    }

    /**
     * How many grants stand, in one query.
     *
     * @param hashes 32 bytes each
     * @return by the hash in hexadecimal digits; a hash that the log does not know is absent
     * @throws AlteredLog if an entry that this rests on was altered
     */
    public Map<String, Standing> standings(Collection<byte[]> hashes) {
        Map<String, Standing> standings = new HashMap<>();
        for (Placed line : signed(hashes)) {
            String hash = String.valueOf(line.entry().rowHash());
            if (line.revokes()) {
                standings.put(hash, Standing.REVOKED);
            } else {
                standings.putIfAbsent(hash, Standing.GIVEN);
            }
        }
        return standings;
    }

    /**
     * Where in the log a grant or a directory statement was first recorded: positions tell earlier from later, and are not
     * kept, because an entry without a number lies above all numbers.
     *
     * @throws AlteredLog if an entry that this rests on was altered
     */
    public OptionalLong position(byte[] hash) {
        return signed(List.of(hash)).stream()
                .filter(line -> !line.revokes())
                .mapToLong(Placed::position)
                .findFirst();
    }

    /** The end of the log as far as it is numbered. */
    public LogMark mark() {
        try (Connection connection = database.getConnection()) {
            return LogDelta.mark(connection);
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }

    /**
     * What was recorded since a mark, numbered or not, but for entries of the report door that wait; one statement. No entry
     * is chosen by a copy: every numbered one is read and held to its leaf, its id and its copies, and none may be missing.
     *
     * @return empty when the log does not go on from this mark, when an entry since then was altered or taken away, and when
     *     there are more than {@value LogDelta#MOST}: then ask for each thing by itself
     */
    public Optional<LogNews> since(LogMark mark) {
        try (Connection connection = database.getConnection()) {
            return Optional.of(new LogDelta(mark).read(connection));
        } catch (AlteredLog notThisLog) {
            return Optional.empty();
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }

    /**
     * A page of numbered lines, newest first.
     *
     * @param olderThan show lines below this number; null for the newest page
     */
    public LogPage page(LogFilter filter, @Nullable Long olderThan) {
        return paging(filter, paging -> paging.older(olderThan));
    }

    /** The page just above a number, newest first. */
    public LogPage pageNewerThan(LogFilter filter, long number) {
        return paging(filter, paging -> paging.newer(number));
    }

    /** What this server has found wrong with the log, for those who look after it; empty if nothing is. */
    public Optional<String> trouble() {
        return memory.trouble();
    }

    /** How many entries wait for a number; those of the report door do until the full hour. */
    public long waiting() {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("select count(*) from audit_pending");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }

    /** The sealed details of these entries, by entry id; for those who hold the key that opens them. */
    public Map<UUID, byte[]> sealedDetails(Collection<UUID> entries) {
        Map<UUID, byte[]> details = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(DETAILS)) {
            statement.setArray(1, connection.createArrayOf("uuid", entries.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    details.put(rows.getObject(1, UUID.class), rows.getBytes(2));
                }
            }
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
        return details;
    }

    private interface Paging {
        LogPage page(LogPaging paging) throws SQLException;
    }

    private LogPage paging(LogFilter filter, Paging paging) {
        try (Connection connection = database.getConnection()) {
            return paging.page(new LogPaging(connection, filter));
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }

    private interface Choice {
        Optional<byte[]> of(Pseudonym row, List<Entry> lines, StaffSigningKeys.Known known);
    }

    /** The lines that write rows, by row, in their order. */
    private final class Lines implements EntrySink {
        private final Map<Pseudonym, List<Entry>> ofRow = new HashMap<>();

        @Override
        public void entry(Entry entry, long position) {
            String object = entry.object();
            if (object != null && entry.rowHash() != null && entry.outcome().equals(Outcome.DONE.code())) {
                ofRow.computeIfAbsent(Pseudonym.parse(object), name -> new ArrayList<>(1))
                        .add(entry);
            }
        }

        Map<Pseudonym, byte[]> newest(Choice choice) {
            StaffSigningKeys.Known known = keys.now();
            Map<Pseudonym, byte[]> hashes = new HashMap<>();
            several(ofRow.entrySet())
                    .flatMap(
                            row -> choice
                                    .of(row.getKey(), row.getValue(), known)
                                    .map(hash -> Map.entry(row.getKey(), hash))
                                    .stream())
                    .sequential()
                    .forEach(row -> hashes.put(row.getKey(), row.getValue()));
            return hashes;
        }
    }

    /** A line and where it stands. */
    private record Placed(Entry entry, long position) {
        boolean revokes() {
            return entry.kind().equals(Act.GRANT_REVOKED.code());
        }
    }

    /** The lines of grants and statements whose signature holds, in their order. */
    private List<Placed> signed(Collection<byte[]> hashes) {
        List<Placed> lines = new ArrayList<>();
        read(named(OF_HASHES, hashes, false), (entry, position) -> lines.add(new Placed(entry, position)))
                .requireNamed(hashes);
        StaffSigningKeys.Known known = keys.now();
        return several(lines)
                .filter(line -> Believed.signed(line.entry(), known))
                .toList();
    }

    private static <T> Stream<T> several(Collection<T> all) {
        return all.size() > WORTH_THREADS ? all.parallelStream() : all.stream();
    }

    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /**
     * What is asked of the log.
     *
     * @param whole whether a missing entry anywhere spoils the answer
     */
    private record Question(String sql, Binding binding, boolean whole) {}

    private interface EntrySink {
        void entry(Entry entry, long position);
    }

    /** What was found goes to the sink; whether it is all that there is, the caller asks. */
    private LogMemory.Reading read(Question question, EntrySink sink) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(question.sql())) {
            LogMemory.Reading reading = memory.begin(connection, question.whole());
            question.binding().bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long seq = rows.getLong("seq");
                    boolean numbered = !rows.wasNull();
                    Entry entry = Rows.checked(rows);
                    if (numbered) {
                        reading.found(seq, rows.getBytes("leaf"));
                    }
                    sink.entry(entry, numbered ? seq : UNNUMBERED + rows.getLong("ord"));
                }
            }
            return reading;
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }
}
