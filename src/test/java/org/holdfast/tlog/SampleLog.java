// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.holdfast.crypto.MlDsaKey;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.SigningKey;
import org.jspecify.annotations.Nullable;

/**
 * A small log with everything a real one has, made from a seed: a directory of two members of staff, sessions, rows
 * written and deleted, grants given and revoked, reports of strangers, reads and refusals. Its lists can be changed to
 * play the forger; {@link #seal} signs them again, as only the holder of the log's keys can.
 */
final class SampleLog implements LogSource {
    static final String ORIGIN = "log.example/0123456789abcdef0123456789abcdef";
    static final CheckpointSigner SIGNER = new CheckpointSigner(
            ORIGIN, SigningKey.fromSeed(SecretBytes.of(seed(1))), MlDsaKey.fromSeed(SecretBytes.of(seed(2))));
    static final Policy POLICY = SIGNER.policy();

    /** A member of staff who signs. */
    static final class Member {
        final String staff;
        final SigningKey key;
        final String keyId;
        String session = "";
        int counter;

        Member(int number) {
            staff = String.format("%032x", 0xa000 + number);
            key = SigningKey.fromSeed(SecretBytes.of(seed(10 + number)));
            keyId = Hex.encode(TreeHasher.sha256().digest(key.publicKey()), 0, 8);
        }
    }

    final List<byte[]> entries = new ArrayList<>();
    final List<String[]> rows = new ArrayList<>();
    final List<byte[]> statements = new ArrayList<>();
    final List<byte[]> waiting = new ArrayList<>();
    final Map<Tile, byte[]> tiles = new HashMap<>();
    final Member supervisor = new Member(0);
    final Member worker = new Member(1);
    byte[] note = new byte[0];
    /** What the clock of the members says. */
    String time = "2026-11-25T20:31Z";

    private final SplittableRandom random;
    private final Map<String, String> current = new TreeMap<>();
    private final List<String> grants = new ArrayList<>();

    private SampleLog(long seed) {
        random = new SplittableRandom(seed);
    }

    static byte[] seed(int number) {
        byte[] seed = new byte[32];
        seed[31] = (byte) number;
        return seed;
    }

    /** A log of so many entries; below four without a directory. */
    static SampleLog of(int size, long seed) {
        SampleLog log = new SampleLog(seed);
        if (size >= 4) {
            log.found();
        }
        while (log.entries.size() < size) {
            log.step();
        }
        log.current.forEach((key, hash) -> log.rows.add(new String[] {key.split(" ")[0], key.split(" ")[1], hash}));
        return log.seal();
    }

    String hex(int digits) {
        byte[] bytes = new byte[digits / 2];
        random.nextBytes(bytes);
        return Hex.encode(bytes);
    }

    private void found() {
        String root = Hex.encode(supervisor.key.publicKey());
        state(
                "founding",
                ",\"tenant\":\"" + hex(32) + "\",\"root\":\"" + root + "\",\"recovery\":\"" + hex(2432)
                        + "\",\"suites\":\"HF1\",\"need\":1",
                "directory.founding");
        state("person", person(supervisor, "supervisor"), "directory.person");
        state("person", person(worker, "caseworker,auditor"), "directory.person");
    }

    String person(Member member, String roles) {
        return ",\"staff\":\"" + member.staff + "\",\"login\":\"" + hex(64) + "\",\"roles\":\"" + roles
                + "\",\"sign\":\"" + Hex.encode(member.key.publicKey()) + "\",\"wrap\":\"" + hex(2432)
                + "\",\"from\":\"2026-11-25\"";
    }

    void end(Member member) {
        state("person-ended", ",\"staff\":\"" + member.staff + "\"", "directory.person-ended");
    }

    private void state(String kind, String fields, String act) {
        state(supervisor, kind, fields, act);
    }

    void state(Member by, String kind, String fields, String act) {
        String body = "{\"v\":1,\"n\":" + statements.size()
                + (statements.isEmpty() ? "" : ",\"p\":\"" + sha256(statements.get(statements.size() - 1)) + '"')
                + ",\"k\":\"" + kind + "\",\"t\":\"2026-11-25\"" + fields + ",\"by\":\"" + by.keyId + '"';
        byte[] signature = by.key.sign((body + '}').getBytes(StandardCharsets.US_ASCII));
        byte[] statement = (body + ",\"g\":\"" + Hex.encode(signature) + "\"}").getBytes(StandardCharsets.US_ASCII);
        statements.add(statement);
        String hash = sha256(statement);
        current.put("directory_statement " + hash.substring(0, 32), hash);
        sign(by, act, b -> b.rowHash(hash));
    }

    static String sha256(byte[] bytes) {
        return Hex.encode(TreeHasher.sha256().digest(bytes));
    }

    interface Fill {
        Entry.Builder in(Entry.Builder builder);
    }

    void sign(Member member, String kind, Fill fill) {
        if (member.session.isEmpty()) {
            member.session = hex(32);
            member.counter = 0;
        }
        Entry.Builder builder = Entry.builder(time, member.staff, kind, hex(32))
                .actorKey(member.keyId)
                .session(member.session, ++member.counter);
        Entry draft = fill.in(builder).build();
        entries.add(draft.withSignature(member.key.sign(draft.signedBytes())).encode());
        if (random.nextInt(9) == 0) {
            member.session = "";
        }
    }

    private void step() {
        if (statements.isEmpty()) {
            entries.add(Entry.builder("2026-11-25T21:00Z", Entry.SYSTEM, "server.started", hex(32))
                    .build()
                    .encode());
            return;
        }
        Member member = random.nextBoolean() ? supervisor : worker;
        List<String> written =
                current.keySet().stream().filter(k -> k.startsWith("case_")).toList();
        String hash = hex(64);
        switch (random.nextInt(8)) {
            case 0, 1 -> write(member, "case_file " + hex(32), hash);
            case 2 -> write(member, written.isEmpty() ? "case_person " + hex(32) : pick(written), hash);
            case 3 -> {
                if (written.isEmpty()) {
                    sign(member, "log.read", b -> b.reason("ar.audit"));
                } else {
                    String key = pick(written);
                    current.remove(key);
                    sign(
                            member,
                            "case.row-deleted",
                            b -> b.object(key.split(" ")[1]).rowHash(Entry.DELETED));
                }
            }
            case 4 -> {
                String key = "intake_report " + hex(32);
                current.put(key, hash);
                entries.add(Entry.builder("2026-11-25", Entry.REPORT_DOOR, "report.accepted", hex(32))
                        .object(key.split(" ")[1])
                        .rowHash(hash)
                        .build()
                        .encode());
            }
            case 5 -> {
                current.put("access_grant " + hash.substring(0, 32), hash);
                grants.add(hash);
                sign(
                        member,
                        "grant.given",
                        b -> b.caseRef(hex(32)).object(hex(32)).rowHash(hash));
            }
            case 6 -> {
                if (grants.isEmpty()) {
                    entries.add(Entry.builder("2026-11-25T21:00Z", Entry.SYSTEM, "server.started", hex(32))
                            .build()
                            .encode());
                } else {
                    String grant = grants.remove(random.nextInt(grants.size()));
                    current.remove("access_grant " + grant.substring(0, 32));
                    sign(member, "grant.revoked", b -> b.object(hex(32)).rowHash(grant));
                }
            }
            default ->
                sign(
                        member,
                        "case.read",
                        b -> b.caseRef(hex(32)).refused().reason("not_assigned").detailHash(hex(64)));
        }
    }

    private void write(Member member, String key, String hash) {
        current.put(key, hash);
        sign(
                member,
                "case.row-written",
                b -> b.caseRef(hex(32)).object(key.split(" ")[1]).rowHash(hash));
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Builds the tiles again and signs the head. */
    SampleLog seal() {
        tiles.clear();
        TreeHasher.TileSink keep = (tile, hashes) -> tiles.put(tile, hashes.clone());
        TreeHasher tree = new TreeHasher(keep);
        entries.forEach(tree::append);
        tree.partialTiles(keep);
        note = SIGNER.sign(entries.size(), tree.root(), 1795638660L).encode();
        return this;
    }

    KeptCheckpoint keep(String name) throws Malformed {
        return KeptCheckpoint.parse(name, note);
    }

    @Override
    public byte[] checkpoint() {
        return note;
    }

    @Override
    public byte @Nullable [] tile(Tile tile) {
        if (tile.level() != Tile.ENTRIES) {
            return tiles.get(tile);
        }
        int from = (int) tile.start();
        int to = Math.min(from + tile.width(), entries.size());
        return from >= to ? null : EntryBundle.encode(entries.subList(from, to));
    }

    @Override
    public void rows(RowSink sink) throws java.io.IOException, Malformed {
        for (String[] row : rows) {
            sink.row(row[0], row[1], row[2], row.length > 3 ? Long.parseLong(row[3]) : 0);
        }
    }

    @Override
    public void directory(LineSink sink) throws java.io.IOException, Malformed {
        for (byte[] statement : statements) {
            sink.line(statement);
        }
    }

    @Override
    public void waiting(LineSink sink) throws java.io.IOException, Malformed {
        for (byte[] entry : waiting) {
            sink.line(entry);
        }
    }
}
