// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.holdfast.local.TestStack;

/** Makes form tickets as somebody does who stole the server's ticket key: of any age, for any form and login. */
final class TicketForger {
    private static final SecureRandom RANDOM = new SecureRandom();

    private TicketForger() {}

    /** A ticket of a form of the report door, issued that long ago. */
    static String report(Duration ago) throws IOException, GeneralSecurityException {
        return ticket("report", new byte[0], ago);
    }

    /** A ticket of a form of the desk, for the login with this id at Keycloak. */
    static String desk(String subject, String address, Duration ago) throws IOException, GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update("holdfast/v1/login".getBytes(StandardCharsets.US_ASCII));
        digest.update(new byte[16]);
        byte[] loginTag = digest.digest(subject.getBytes(StandardCharsets.UTF_8));
        byte[] form = address.getBytes(StandardCharsets.UTF_8);
        byte[] bound = ByteBuffer.allocate(4 + loginTag.length + form.length)
                .putInt(loginTag.length)
                .put(loginTag)
                .put(form)
                .array();
        return ticket("desk", bound, ago);
    }

    private static String ticket(String purpose, byte[] subject, Duration ago)
            throws IOException, GeneralSecurityException {
        byte[] id = new byte[16];
        RANDOM.nextBytes(id);
        int minute = (int) (Instant.now().minus(ago).getEpochSecond() / 60);
        byte[] name = purpose.getBytes(StandardCharsets.US_ASCII);
        Mac mac = Mac.getInstance("HmacSHA256");
        String key = Files.readString(TestStack.data().resolve("keys/ticket.key"));
        mac.init(new SecretKeySpec(Base64.getMimeDecoder().decode(key), "HmacSHA256"));
        mac.update(ByteBuffer.allocate(8 + name.length + subject.length)
                .putInt(name.length)
                .put(name)
                .putInt(subject.length)
                .put(subject)
                .array());
        mac.update(id);
        mac.update(ByteBuffer.allocate(4).putInt(minute).array());
        byte[] ticket = ByteBuffer.allocate(36)
                .put(id)
                .putInt(minute)
                .put(Arrays.copyOf(mac.doFinal(), 16))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(ticket);
    }
}
