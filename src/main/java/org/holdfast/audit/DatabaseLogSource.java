// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.holdfast.tlog.Entry;
import org.holdfast.tlog.EntryBundle;
import org.holdfast.tlog.Finding;
import org.holdfast.tlog.LogSource;
import org.holdfast.tlog.Malformed;
import org.holdfast.tlog.Tile;
import org.jspecify.annotations.Nullable;

/**
 * The log as the database has it, for the verifier and for the bundle, in one snapshot of one connection.
 *
 * <p>What only the database has is checked on the way: ids, copies and leaves of entries, and that every full tile is
 * stored. Findings go to the consumer, each once. Not safe between threads.
 */
final class DatabaseLogSource implements LogSource {
    private static final String COLUMNS =
            "e.id, e.body, e.act, e.actor, e.case_name, e.object_name, e.outcome, e.day, e.hash, e.detail_hash";
    private static final String NUMBERED = "select s.seq, s.leaf, " + COLUMNS
            + " from audit_sequence s left join audit_entry e on e.id = s.id where s.seq >= ? and s.seq < ? order by s.seq";
    private static final String AFTER = "select s.seq, s.leaf, " + COLUMNS
            + " from audit_sequence s join audit_entry e on e.id = s.id where s.seq >= ? order by s.seq";
    private static final String PENDING = "select null::bytea as leaf, " + COLUMNS
            + " from audit_pending p join audit_entry e on e.id = p.id"
            + " where not exists (select from audit_sequence s where s.id = p.id) order by p.ord";
    private static final byte[] NOTHING = new byte[0];

    private final Connection connection;
    private final StoredTiles tiles;
    private final byte[] checkpoint;
    private final long size;
    private final List<SealedRows> rooms;
    private final List<DirectoryStatements> directories;
    private final Consumer<Finding> findings;
    /** How far entries and tiles were checked, so that a second pass says nothing twice. */
    private long checkedTo;

    private boolean waitingChecked;

    DatabaseLogSource(
            Connection connection,
            byte[] checkpoint,
            long size,
            List<SealedRows> rooms,
            List<DirectoryStatements> directories,
            Consumer<Finding> findings) {
        this.connection = connection;
        this.tiles = new StoredTiles(connection);
        this.checkpoint = checkpoint;
        this.size = size;
        this.rooms = rooms;
        this.directories = directories;
        this.findings = findings;
    }

    /** Entries that the checkpoint covers. */
    long size() {
        return size;
    }

    @Override
    public byte[] checkpoint() {
        return checkpoint.clone();
    }

    @Override
    public byte @Nullable [] tile(Tile tile) throws IOException {
        try {
            if (tile.level() == Tile.ENTRIES) {
                return entries(tile);
            }
            byte[] hashes = tiles.tile(tile);
            if (hashes == null) {
                findings.accept(new Finding(
                        tile.start(), "tile.missing", "The tile " + tile.path() + " is not in the database."));
            }
            return hashes;
        } catch (AlteredLog e) {
            return null;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** An entry that is gone leaves an empty place, so that the verifier can name it and go on. */
    private byte @Nullable [] entries(Tile tile) throws SQLException {
        List<byte[]> bodies = new ArrayList<>(tile.width());
        long first = tile.start();
        try (PreparedStatement statement = connection.prepareStatement(NUMBERED)) {
            statement.setLong(1, first);
            statement.setLong(2, first + tile.width());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long seq = rows.getLong("seq");
                    while (first + bodies.size() < seq) {
                        bodies.add(NOTHING);
                    }
                    byte[] body = rows.getBytes("body");
                    if (body != null && seq >= checkedTo) {
                        check(rows, seq);
                    }
                    bodies.add(body == null || body.length > Entry.MAX_BYTES ? NOTHING : body);
                }
            }
        }
        while (bodies.size() < tile.width()) {
            bodies.add(NOTHING);
        }
        checkedTo = Math.max(checkedTo, first + tile.width());
        return EntryBundle.encode(bodies);
    }

    private void check(ResultSet row, long seq) throws SQLException {
        trouble(row)
                .ifPresent(what ->
                        findings.accept(new Finding(seq, "copy.altered", "At entry " + seq + ", " + what + ".")));
    }

    private static Optional<String> trouble(ResultSet row) throws SQLException {
        return AuditEntry.trouble(
                row.getObject("id", UUID.class), row.getBytes("body"), Rows.copies(row), row.getBytes("leaf"));
    }

    @Override
    public void rows(RowSink sink) throws IOException, Malformed {
        HexFormat hex = HexFormat.of();
        try {
            for (SealedRows room : rooms) {
                room.rows((table, object, hash, revision) -> {
                    try {
                        sink.row(table, object.hex(), hex.formatHex(hash), revision);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (Malformed e) {
                        throw new Carried(e);
                    }
                });
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (Carried e) {
            throw e.malformed;
        }
    }

    @Override
    public void directory(LineSink sink) throws IOException, Malformed {
        List<byte[]> statements = new ArrayList<>();
        directories.forEach(directory -> directory.statements(statements::add));
        for (byte[] statement : statements) {
            sink.line(statement);
        }
    }

    /** Entries that were numbered after the checkpoint, then those without a number. */
    @Override
    public void waiting(LineSink sink) throws IOException, Malformed {
        try (PreparedStatement after = connection.prepareStatement(AFTER);
                PreparedStatement pending = connection.prepareStatement(PENDING)) {
            after.setLong(1, size);
            waiting(after, sink);
            waiting(pending, sink);
        } catch (SQLException e) {
            throw new IOException(e);
        }
        waitingChecked = true;
    }

    private void waiting(PreparedStatement statement, LineSink sink) throws SQLException, IOException, Malformed {
        statement.setFetchSize(Tile.WIDTH);
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Optional<String> trouble = trouble(rows);
                if (trouble.isEmpty()) {
                    sink.line(rows.getBytes("body"));
                } else if (!waitingChecked) {
                    findings.accept(new Finding(
                            Finding.NOWHERE,
                            "copy.altered",
                            "At an entry that waits for its number, " + trouble.get() + "."));
                }
            }
        }
    }

    /** Brings a checked exception out of a callback that cannot throw it. */
    private static final class Carried extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Malformed malformed;

        Carried(Malformed malformed) {
            super(malformed);
            this.malformed = malformed;
        }
    }
}
