// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.holdfast.access.Bracket;
import org.holdfast.access.Role;
import org.holdfast.crypto.Kdf;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Share;
import org.holdfast.crypto.Shares;
import org.holdfast.crypto.Wrapper;
import org.holdfast.crypto.XWingKeyPair;
import org.holdfast.local.LocalStackResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The day on which nobody has keys any more: three holders lay their shares together, and what is in the database opens, of every kind
 * that the organisation seals. Whoever thinks of a new kind has to say here how it is recovered.
 */
@QuarkusTest
@QuarkusTestResource(LocalStackResource.class)
class RecoveryComponentTest {

    /** Any record; the vault does not ask which. */
    record Told(String words) {}

    private final Office office = new Office();
    private XWingKeyPair recovery;
    private Chain chain;

    @BeforeEach
    void laySharesTogether() throws Exception {
        List<Share> shares = new ArrayList<>();
        for (String printed : office.organisation().shares()) {
            shares.add(Share.parse(printed));
        }
        try (SecretBytes seed = Shares.combine(List.of(shares.get(1), shares.get(4), shares.get(2)))) {
            recovery = XWingKeyPair.fromSeed(seed);
        }
        chain = Office.inRequest(() -> Office.bean(Directory.class).known());
    }

    @AfterEach
    void forget() {
        recovery.close();
    }

    @Test
    void what_is_sealed_opens_with_the_recovery_key_whatever_kind_it_is_of() throws Exception {
        for (ObjectKind kind : ObjectKind.values()) {
            switch (kind) {
                case CASE -> everyPartOfACase();
                case INTAKE_EPOCH ->
                    sharedKey(kind, Statement.Kind.INTAKE_EPOCH).close();
                case OVERSIGHT -> sharedKey(kind, Statement.Kind.OVERSIGHT_KEY).close();
                case STAFF -> theNamesOfColleagues();
                case REPORT -> aReportThatWaits();
                case REGISTRY, INDEX ->
                    assertEquals(
                            0,
                            Office.count("select count(*) from access_grant where kind = ?", kind.code()),
                            kind + " is in use: say how it is recovered");
            }
        }
    }

    private void everyPartOfACase() throws Exception {
        try (UserKeys owner = office.hire(Role.CASEWORKER)) {
            UUID id = Office.newCase(owner);
            for (Compartment part : List.of(Compartment.IDENTITY, Compartment.CONTENT, Compartment.SUMMARY)) {
                recovered(ObjectKind.CASE, id, part).close();
            }
        }
    }

    /** The recovered secret gives the very key that the directory names. */
    private Secrets sharedKey(ObjectKind kind, Statement.Kind named) throws Exception {
        Chain.SharedKey key = chain.newest(named);
        Secrets secrets = recovered(kind, key.id(), Compartment.WHOLE);
        try (XWingKeyPair pair = secrets.keyPair()) {
            assertArrayEquals(key.publicKey(), pair.publicKey(), kind.toString());
        }
        return secrets;
    }

    private void theNamesOfColleagues() throws Exception {
        UUID id = chain.newest(Statement.Kind.STAFF_KEY).id();
        try (Secrets secrets = sharedKey(ObjectKind.STAFF, Statement.Kind.STAFF_KEY);
                FieldKey key = secrets.fieldKey(Bytes.of(chain.tenant()), Compartment.WHOLE, 1)) {
            List<StaffStore.Row> rows = Office.bean(Bracket.class)
                    .read(() -> Office.bean(StaffStore.class).names());
            UUID founder = chain.people().iterator().next().staffId();
            StaffStore.Row row = rows.stream()
                    .filter(r -> r.staffId().equals(founder))
                    .findFirst()
                    .orElseThrow();
            assertEquals(
                    "Sara",
                    new String(
                            key.openBytes(StaffNames.place(row.id(), row.revision()), row.sealed()),
                            StandardCharsets.UTF_8),
                    "under " + id);
        }
    }

    /** A report has no grant of its own: it waits under the intake key, and that is what recovery keeps. */
    private void aReportThatWaits() throws Exception {
        UUID id = UUID.randomUUID();
        IntakeVault intake = Office.bean(IntakeVault.class);
        SealedReport report = Office.inRequest(() -> intake.seal(id, new Told("who"), new Told("what")));
        byte[] card = Office.inRequest(() -> intake.sealCard(id, 1, Card.withoutNumber(new byte[32])));
        try (Secrets secrets = sharedKey(ObjectKind.INTAKE_EPOCH, Statement.Kind.INTAKE_EPOCH);
                XWingKeyPair epoch = secrets.keyPair();
                SecretBytes both = Wrapper.unwrap(
                        ObjectType.REPORT,
                        epoch,
                        ReportKeys.context(chain, IntakeVault.TABLE, "wrap", id, 1),
                        report.wrap())) {
            byte[] half = both.copy();
            assertEquals("who", told(report, id, Compartment.IDENTITY, Arrays.copyOf(half, 32), report.identity()));
            assertEquals(
                    "what", told(report, id, Compartment.CONTENT, Arrays.copyOfRange(half, 32, 64), report.content()));
            Office.inRequest(() -> intake.openCard(chain, epoch, id, 1, card));
        }
    }

    private String told(SealedReport report, UUID id, Compartment part, byte[] secret, byte[] sealed) throws Exception {
        return Office.inRequest(() -> {
            try (SecretBytes half = SecretBytes.of(secret);
                    SecretBytes key = Kdf.fieldKey(
                            half,
                            Office.bean(ShredSecrets.class).of(id),
                            Bytes.of(chain.tenant()),
                            id,
                            part.code(),
                            report.epoch());
                    FieldKey field = new FieldKey(Bytes.of(chain.tenant()), ObjectType.REPORT, report.epoch(), key)) {
                String column = part == Compartment.IDENTITY ? "identity" : "content";
                return field.open(ReportKeys.place(column, id), sealed, Told.class)
                        .words();
            }
        });
    }

    /** The secret as the holders of the shares get it, which is the one that people were given. */
    private Secrets recovered(ObjectKind kind, UUID object, Compartment part) throws Exception {
        String what = kind + " " + part;
        List<GrantRow> kept = new Sql(Office.bean(DataSource.class))
                .list(
                        "select g.*, null::bytea as copy from recovery_wrap g"
                                + " where kind = ? and object_id = ? and compartment = ?",
                        GrantStore::read,
                        kind.code(),
                        object,
                        part.code());
        assertEquals(1, kept.size(), what + " is not wrapped to the recovery key");
        GrantRow row = kept.get(0);
        List<GrantRow> given = new Sql(Office.bean(DataSource.class))
                .list(
                        "select g.*, null::bytea as copy from access_grant g"
                                + " where kind = ? and object_id = ? and compartment = ?",
                        GrantStore::read,
                        kind.code(),
                        object,
                        part.code());
        assertFalse(given.isEmpty(), what);
        given.forEach(grant -> assertArrayEquals(grant.commitment(), row.commitment(), what));
        SecretBytes secret = Wrapper.unwrap(
                ObjectType.RECOVERY_WRAP,
                recovery,
                GrantRow.wrapContext(chain.tenant(), GrantRow.RECOVERY_TABLE, row.id()),
                row.wrap());
        Secrets secrets = Office.inRequest(() -> Office.bean(Grants.class).derive(secret, chain.tenant(), row));
        assertArrayEquals(row.commitment(), secrets.commitment(), what);
        return secrets;
    }
}
