// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.vault;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.holdfast.access.Bracket;
import org.holdfast.access.Problem;
import org.holdfast.audit.Pseudonym;
import org.holdfast.crypto.Kdf;
import org.holdfast.crypto.ObjectType;
import org.holdfast.crypto.Sealer;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.crypto.Tampered;
import org.holdfast.crypto.Wrapper;
import org.holdfast.crypto.XWingKeyPair;
import org.jboss.logging.Logger;

/**
 * Seals what strangers report, to the current intake epoch. Nobody needs to be unlocked for that, and after the response no
 * key on this server opens it. All methods run outside a transaction.
 *
 * <p>A report has two random secrets, for identity and content, carried by one HPKE wrap; with the report's shred secret
 * they give two field keys as a grant's secret does. A card is sealed the same way under a secret of its own, which stands
 * in front of it: {@code u16 length | wrap | sealed}.
 */
@ApplicationScoped
public class IntakeVault {

    static final String TABLE = "intake_report";
    static final String CARD_TABLE = "intake_card";

    private static final Logger LOG = Logger.getLogger(IntakeVault.class);
    private static final int SECRET = 32;

    private final Directory directory;
    private final ShredSecrets shred;
    private final Vault vault;
    private final Names names;

    IntakeVault(Directory directory, ShredSecrets shred, Vault vault, Names names) {
        this.directory = directory;
        this.shred = shred;
        this.vault = vault;
        this.names = names;
    }

    /**
     * Seals a report in two parts under two random secrets; stores its shred secret first. A report that is sent twice at the same
     * moment is sealed twice, under one shred secret and different others; one of the two is stored.
     *
     * @param identity a record
     * @param content a record
     * @throws Problem.NotStarted if there is no intake key yet
     */
    public SealedReport seal(UUID reportId, Object identity, Object content) {
        Bracket.assertOutside();
        Chain chain = directory.known();
        Chain.SharedKey epoch = chain.newest(Statement.Kind.INTAKE_EPOCH);
        shred.createOrFind(reportId);
        try (SecretBytes secrets = SecretBytes.random(2 * SECRET);
                ReportKeys keys = keys(chain, reportId, epoch.epoch(), secrets)) {
            byte[] wrap = Wrapper.wrap(
                    ObjectType.REPORT,
                    epoch.epoch(),
                    epoch.publicKey(),
                    ReportKeys.context(chain, TABLE, "wrap", reportId, 1),
                    secrets);
            return new SealedReport(
                    epoch.id(),
                    epoch.epoch(),
                    wrap,
                    keys.identity().seal(ReportKeys.place("identity", reportId), identity),
                    keys.content().seal(ReportKeys.place("content", reportId), content));
        }
    }

    /** What the log calls the rows of these reports in a table, one query for all; one whose shred secret is lost is absent. */
    public Map<UUID, Pseudonym> namesInLog(String table, Collection<UUID> reports) {
        shred.fetch(reports);
        Map<UUID, Pseudonym> known = new HashMap<>();
        for (UUID report : reports) {
            names.ifKnown(report, table, report).ifPresent(name -> known.put(report, name));
        }
        return known;
    }

    /**
     * Seals a report's card, always to the same length.
     *
     * @param revision of the card's row, 1 for the one stored with the report
     */
    public byte[] sealCard(UUID reportId, long revision, Card card) {
        Bracket.assertOutside();
        Chain chain = directory.known();
        Chain.SharedKey epoch = chain.newest(Statement.Kind.INTAKE_EPOCH);
        var context = ReportKeys.context(chain, CARD_TABLE, "sealed", reportId, revision);
        byte[] plain = card.encode();
        try (SecretBytes secret = SecretBytes.random(SECRET);
                SecretBytes key = fieldKey(chain, reportId, Compartment.WHOLE, epoch.epoch(), secret)) {
            byte[] wrap = Wrapper.wrap(ObjectType.MAILBOX_CARD, epoch.epoch(), epoch.publicKey(), context, secret);
            byte[] sealed = Sealer.seal(ObjectType.MAILBOX_CARD, epoch.epoch(), key, context, plain);
            return ByteBuffer.allocate(2 + wrap.length + sealed.length)
                    .putShort((short) wrap.length)
                    .put(wrap)
                    .put(sealed)
                    .array();
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * Erases a report's shred secret, after its rows are gone: no copy of them opens any more but with a copy of that secret, and its
     * names in the log become meaningless. Outside a transaction, because the secret lies in another database; where that database does not do it, the
     * sweep does it later ({@link ShredSweep}), because what the rows became is done and stands.
     */
    public void erase(UUID reportId) {
        Bracket.assertOutside();
        try {
            shred.erase(reportId);
        } catch (Sql.Failed e) {
            LOG.warn("the secret of a removed report could not be erased yet");
        }
    }

    /**
     * Opens a report's secrets.
     *
     * @param epochGrant the asking person's grant of the intake epoch the report is sealed to
     * @param wrap {@link SealedReport#wrap()}
     * @throws Problem.Tampering if they are not this report's
     */
    public OpenReport open(Grant epochGrant, UUID reportId, byte[] wrap) {
        Bracket.assertOutside();
        Chain chain = directory.known();
        Chain.SharedKey epoch = chain.key(Statement.Kind.INTAKE_EPOCH, epochGrant.object())
                .orElseThrow(() -> Problem.tampering("report.epoch"));
        try (Secrets secrets = vault.secrets(epochGrant)) {
            XWingKeyPair pair = secrets.keyPair();
            if (!Arrays.equals(pair.publicKey(), epoch.publicKey())) {
                throw Problem.tampering("report.epoch");
            }
            try (SecretBytes both = Wrapper.unwrap(
                    ObjectType.REPORT, pair, ReportKeys.context(chain, TABLE, "wrap", reportId, 1), wrap)) {
                return new OpenReport(this, chain, pair, reportId, keys(chain, reportId, epoch.epoch(), both));
            } catch (Tampered e) {
                throw Problem.tampering("report.wrap");
            }
        }
    }

    Card openCard(Chain chain, XWingKeyPair pair, UUID reportId, long revision, byte[] both) {
        var context = ReportKeys.context(chain, CARD_TABLE, "sealed", reportId, revision);
        int length = Wrapper.wrappedLength(SECRET);
        try {
            if (both.length < 2 + length || ByteBuffer.wrap(both).getShort() != length) {
                throw new Tampered("length of the wrap");
            }
            byte[] wrap = Arrays.copyOfRange(both, 2, 2 + length);
            byte[] sealed = Arrays.copyOfRange(both, 2 + length, both.length);
            int epoch = org.holdfast.crypto.Envelope.parse(wrap).epoch();
            try (SecretBytes secret = Wrapper.unwrap(ObjectType.MAILBOX_CARD, pair, context, wrap);
                    SecretBytes key = fieldKey(chain, reportId, Compartment.WHOLE, epoch, secret)) {
                return Card.decode(Sealer.open(ObjectType.MAILBOX_CARD, key, context, sealed));
            }
        } catch (Tampered e) {
            throw Problem.tampering("card");
        }
    }

    private ReportKeys keys(Chain chain, UUID reportId, int epoch, SecretBytes secrets) {
        byte[] both = secrets.copy();
        try (SecretBytes identity = SecretBytes.of(Arrays.copyOf(both, SECRET));
                SecretBytes content = SecretBytes.of(Arrays.copyOfRange(both, SECRET, 2 * SECRET));
                SecretBytes identityKey = fieldKey(chain, reportId, Compartment.IDENTITY, epoch, identity);
                SecretBytes contentKey = fieldKey(chain, reportId, Compartment.CONTENT, epoch, content)) {
            byte[] tenant = Bytes.of(chain.tenant());
            return new ReportKeys(
                    new FieldKey(tenant, ObjectType.REPORT, epoch, identityKey),
                    new FieldKey(tenant, ObjectType.REPORT, epoch, contentKey));
        } finally {
            Arrays.fill(both, (byte) 0);
        }
    }

    private SecretBytes fieldKey(Chain chain, UUID reportId, Compartment compartment, int epoch, SecretBytes secret) {
        return Kdf.fieldKey(secret, shred.of(reportId), Bytes.of(chain.tenant()), reportId, compartment.code(), epoch);
    }
}
