// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.holdfast.crypto.Context;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Stretcher;
import org.holdfast.crypto.Words;
import org.holdfast.local.LivingFolder;
import org.holdfast.local.LocalStackResource;
import org.holdfast.local.Organisation;
import org.holdfast.local.TestStack;
import org.holdfast.local.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A dump of both databases, the whole folder with configuration, keys and logs, while people are unlocked (their rows are in the dump,
 * their cookies are not): every secret in it is tried in every part, and nothing opens. The same thief with one passphrase opens what
 * that person can open, so the attempt is not blind; and what opened it then is looked for in every file, the write-ahead log included.
 */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class TheftComponentTest {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9+/_-]{22,200}={0,2}");

    private final Organisation organisation = Organisation.ofTests();
    private String caseId = "";
    private byte[] tenant = new byte[0];

    @BeforeEach
    void work() throws Exception {
        Visitor reporter = Visitor.at(TestStack.report());
        reporter.get("/form/b");
        reporter.submit("form[action=/form/b]", Map.of("narrative", "words", "name", "M", "step", "send"));
        try (Tamperer reader = new Tamperer("holdfast")) {
            // A row in every table of a case, an answer in its mailbox, somebody who waits to be let in.
            WriterStage stage = new WriterStage(organisation, reader);
            caseId = stage.caseId;
            stage.answer();
            stage.request();
            Visitor sara = organisation.unlocked("sara");
            sara.get(stage.address);
            assertEquals(
                    200,
                    sara.submit("form[action$=/ask]", Map.of("because", "ar.supervision", "words", "words"))
                            .statusCode());
            stage.amina.get("/desk/cases");
        }
        tenant = bytes(UUID.fromString(one("select tenant::text from case_file limit 1")));
    }

    @Test
    void nothing_on_the_disk_and_in_the_dumps_opens_anything() throws Exception {
        Thief thief = thief();
        List<byte[]> secrets = new ArrayList<>();
        secrets.addAll(secretsInFiles());
        secrets.addAll(secretsInRows());
        assertTrue(secrets.size() > 1500, "only " + secrets.size());
        assertEquals(Set.of(), thief.open(secrets));
        assertTrue(thief.tried() > 50_000, "only " + thief.tried());
    }

    @Test
    void the_same_thief_with_a_passphrase_opens_what_that_person_may_open_and_no_more() throws Exception {
        TreeSet<String> opened = thief().open(List.of(stretched("amina")));
        for (String column : List.of(
                "case_file.summary", "case_names.names_summary", "case_person.names", "case_report.narrative")) {
            assertTrue(opened.stream().anyMatch(place -> place.startsWith(column)), column + " in " + opened);
        }
        // The administrator has keys, and no case is wrapped to them.
        TreeSet<String> administrators = thief().open(List.of(stretched("adrian")));
        assertFalse(administrators.isEmpty());
        assertEquals(
                List.of(),
                administrators.stream()
                        .filter(place -> place.startsWith("case_") || place.startsWith("intake_"))
                        .toList());
    }

    /** The other way round, since the files of the database are too many bytes to try each of them as a key. */
    @Test
    void no_key_of_anybody_who_is_unlocked_lies_in_any_file() throws Exception {
        Thief thief = thief();
        for (String name : List.of("amina", "sara", "adrian")) {
            thief.open(List.of(stretched(name)));
        }
        List<byte[]> keys = new ArrayList<>(thief.fitting());
        assertTrue(keys.size() > 20, "only " + keys.size());
        keys.add(Base64.getUrlDecoder().decode(organisation.unlocked("amina").cookie("__Host-hfk")));
        all("select pg_switch_wal()::text");
        run("checkpoint");
        assertEquals(List.of(), new Needles(keys).inFilesBelow(TestStack.data()));

        // The same search finds what is put into a table and a log on purpose.
        byte[] planted = SecretBytes.random(32).copy();
        String hex = HexFormat.of().formatHex(planted);
        run("create table planted as select '\\x" + hex + "'::bytea as raw");
        run("checkpoint");
        run("drop table planted");
        run("do $$ begin raise warning 'xx"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(planted) + "xx'; end $$");
        List<String> found = new Needles(List.of(planted)).inFilesBelow(TestStack.data());
        for (String place : List.of("/pg_wal/", "/log/postgres.log")) {
            assertTrue(found.stream().anyMatch(file -> file.contains(place)), place + " in " + found);
        }
    }

    @Test
    void every_sealed_column_takes_part() throws Exception {
        Set<String> attacked = sealed().stream()
                .map(value -> value.place().replaceFirst(" .*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = new TreeSet<>(sealedColumns());
        // Delivered within seconds, and nobody writes details yet.
        expected.removeIf(column -> column.startsWith("reply_outbox") || column.startsWith("audit_detail"));
        assertTrue(attacked.containsAll(expected), expected + " in " + attacked);
    }

    private Thief thief() throws Exception {
        List<Thief.Target> targets = new ArrayList<>();
        Set<String> wanted = new TreeSet<>(List.of(caseId, one("select id::text from intake_report limit 1")));
        // The keys of the organisation: intake, oversight, staff.
        wanted.addAll(all("select distinct object_id::text from access_grant where kind in (3, 4, 7)"));
        for (String id : wanted) {
            String secret = shred("select encode(secret, 'hex') from shred_secret where object_id = '" + id + "'");
            targets.add(new Thief.Target(UUID.fromString(id), HexFormat.of().parseHex(secret)));
        }
        List<byte[]> salts = new ArrayList<>();
        for (String salt : all("select encode(salt, 'hex') from staff_slot where position < 2")) {
            salts.add(HexFormat.of().parseHex(salt));
        }
        return new Thief(tenant, targets, salts, serverKeys(), sealed());
    }

    private static List<byte[]> serverKeys() throws IOException {
        List<byte[]> keys = new ArrayList<>();
        try (var files = Files.list(TestStack.data().resolve("keys"))) {
            for (Path file : files.toList()) {
                keys.add(Base64.getMimeDecoder().decode(Files.readString(file)));
            }
        }
        assertEquals(3, keys.size());
        return keys;
    }

    /** Every value of every sealed column of both databases. */
    private List<Thief.Sealed> sealed() throws Exception {
        List<Thief.Sealed> sealed = new ArrayList<>();
        Set<String> columns = new TreeSet<>(sealedColumns());
        for (Dump.Column column : Dump.columns()) {
            if (columns.contains(column.full())) {
                for (Dump.Value value : Dump.values(column)) {
                    String place = column.full() + " of " + value.row();
                    sealed.addAll(Thief.parts(place, value.bytes(), context(column, value.row())));
                }
            }
        }
        return sealed;
    }

    private @org.jspecify.annotations.Nullable Context context(Dump.Column column, String row) throws Exception {
        return switch (column.full()) {
            case "access_grant.wrap" -> new Context(tenant, "access_grant", "wrap", UUID.fromString(row), 1, 0);
            case "staff_slot.sealed" -> {
                String[] slot = one("select staff_id || ' ' || position from staff_slot where id = '" + row + "'")
                        .split(" ");
                String column2 = "sealed." + HexFormat.of().formatHex(bytes(UUID.fromString(slot[0])));
                yield new Context(tenant, "staff_slot", column2, UUID.fromString(row), 1, Long.parseLong(slot[1]));
            }
            case "case_file.summary", "case_person.names", "case_report.narrative" -> {
                String[] version = one("select schema_version || ' ' || revision from " + column.table()
                                + " where id = '" + row + "'")
                        .split(" ");
                yield new Context(
                        tenant,
                        column.table(),
                        column.name(),
                        UUID.fromString(row),
                        Integer.parseInt(version[0]),
                        Long.parseLong(version[1]));
            }
            default -> null;
        };
    }

    private static List<String> sealedColumns() throws IOException {
        try (InputStream in = TheftComponentTest.class.getResourceAsStream("/columns.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.split(",", 3).length == 3 && line.split(",", 3)[1].equals("sealed"))
                    .map(line -> line.split(",", 3)[0])
                    .toList();
        }
    }

    /**
     * Whatever looks like a key in a file: words of base64 or hexadecimal, decoded and as they stand, and the bytes of small files. Not of
     * the database's own files: what they hold is tried as rows, and {@link #no_key_of_anybody_who_is_unlocked_lies_in_any_file} reads them.
     */
    private static List<byte[]> secretsInFiles() throws IOException {
        List<byte[]> secrets = new ArrayList<>();
        Set<String> words = new TreeSet<>();
        LivingFolder.forEachFile(TestStack.data(), file -> {
            if (file.toString().contains("/pgdata/base/") || file.toString().contains("/pgdata/pg_")) {
                return;
            }
            byte[] bytes = Files.readAllBytes(file);
            boolean keys = file.getParent().endsWith("keys")
                    || file.getFileName().toString().matches("secrets.*|.*\\.pin");
            if (keys) {
                secrets.addAll(Thief.windows(bytes));
            }
            Matcher token = TOKEN.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
            while (token.find()) {
                if (words.add(token.group() + keys)) {
                    add(secrets, token.group(), keys);
                }
            }
        });
        return secrets;
    }

    private static void add(List<byte[]> secrets, String word, boolean everyWindow) {
        secrets.add(sha256(word.getBytes(StandardCharsets.US_ASCII)));
        if (word.matches("([0-9a-fA-F]{2}){16,}")) {
            secrets.add(HexFormat.of().parseHex(word));
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(word.replace('-', '+').replace('_', '/'));
            secrets.addAll(everyWindow ? Thief.windows(decoded) : List.of(decoded));
        } catch (IllegalArgumentException e) {
            // Not base64.
        }
    }

    /** Short values whole and by windows, of long ones the first hundred bytes by windows; a few rows of each column, all shred secrets. */
    private static List<byte[]> secretsInRows() throws Exception {
        List<byte[]> secrets = new ArrayList<>();
        for (Dump.Column column : Dump.columns()) {
            List<Dump.Value> values = Dump.values(column);
            boolean all = column.table().equals("shred_secret");
            for (Dump.Value value : all ? values : values.subList(0, Math.min(3, values.size()))) {
                byte[] bytes = value.bytes();
                if (column.type().equals("uuid")) {
                    bytes = bytes(UUID.fromString(new String(bytes, StandardCharsets.US_ASCII)));
                }
                secrets.add(sha256(bytes));
                if (column.type().equals("bytea") || column.type().equals("uuid")) {
                    secrets.add(Arrays.copyOf(bytes, 32));
                    secrets.addAll(Thief.windows(Arrays.copyOf(bytes, Math.min(100, bytes.length))));
                }
            }
        }
        return secrets;
    }

    /** What the server makes of a passphrase. */
    private byte[] stretched(String name) throws Exception {
        UUID staff = staffOf(name);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update("holdfast/v1/slot-salt".getBytes(StandardCharsets.US_ASCII));
        digest.update(tenant);
        digest.update(bytes(staff));
        byte[] salt = Arrays.copyOf(digest.digest(), 16);
        char[] words = Words.normalise(organisation.passphrase(name)).toCharArray();
        try (SecretBytes secret = new Stretcher(1, 1).stretch(words, salt, Stretcher.Cost.PASSPHRASE)) {
            return secret.copy();
        }
    }

    /** Whose row of unlocked sessions is the newest after an unlocking. */
    private UUID staffOf(String name) throws Exception {
        List<String> before = all("select encode(id, 'hex') from unlocked_session");
        organisation.unlocked(name);
        List<String> now = all("select encode(id, 'hex') || ' ' || staff_id from unlocked_session");
        return UUID.fromString(now.stream()
                .map(line -> line.split(" "))
                .filter(line -> !before.contains(line[0]))
                .map(line -> line[1])
                .findFirst()
                .orElseThrow());
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static void run(String statement) throws Exception {
        try (Tamperer writer = new Tamperer("holdfast")) {
            writer.run(statement);
        }
    }

    private static String one(String question) throws Exception {
        return all(question).get(0);
    }

    private static List<String> all(String question) throws Exception {
        return all("holdfast", question);
    }

    private static String shred(String question) throws Exception {
        return all("holdfast_shred", question).get(0);
    }

    private static List<String> all(String database, String question) throws Exception {
        List<String> values = new ArrayList<>();
        try (Connection connection = TestStack.superuser(database);
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(question)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
