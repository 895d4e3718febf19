// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.holdfast.local.Visitor;
import org.holdfast.tlog.Bundle;
import org.holdfast.tlog.Finding;
import org.holdfast.tlog.LogVerifier;
import org.holdfast.tlog.Malformed;
import org.holdfast.tlog.Verdict;

/** The log as an auditor takes it home, and what the offline verifier says about it. */
final class Logbook {
    private Logbook() {}

    /** Downloads the bundle and verifies it with the signatures of the actors. */
    static Verdict verify(URI desk, Visitor unlocked) throws IOException, InterruptedException, Malformed {
        Path file = Files.createTempFile("holdfast-log", ".zip");
        try {
            Files.write(file, download(desk, unlocked));
            try (Bundle bundle = Bundle.open(file)) {
                return new LogVerifier(bundle.policy()).withSignatures().verify(bundle);
            }
        } finally {
            Files.delete(file);
        }
    }

    /** What is wrong, one sentence each; a bundle that cannot even be read or written is wrong as well. */
    static TreeSet<String> findings(URI desk, Visitor unlocked) throws IOException, InterruptedException {
        TreeSet<String> sentences = new TreeSet<>();
        try {
            for (Finding finding : verify(desk, unlocked).findings()) {
                sentences.add(finding.kind() + ": " + finding.sentence());
            }
        } catch (Malformed e) {
            sentences.add("malformed: " + e.getMessage());
        } catch (NoBundle e) {
            sentences.add("no bundle: " + e.getMessage());
        }
        return sentences;
    }

    /** The server gave none. */
    static final class NoBundle extends IOException {
        private static final long serialVersionUID = 1L;

        NoBundle(String message) {
            super(message);
        }
    }

    private static byte[] download(URI desk, Visitor unlocked) throws IOException, InterruptedException {
        List<String> cookies = new ArrayList<>();
        unlocked.cookieNames().forEach(name -> cookies.add(name + "=" + unlocked.cookie(name)));
        HttpRequest request = HttpRequest.newBuilder(desk.resolve("/oversight/log/bundle"))
                .header("Cookie", String.join("; ", cookies))
                .build();
        HttpResponse<byte[]> answer;
        try {
            answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException broken) {
            throw new NoBundle("it broke off");
        }
        if (answer.statusCode() != 200
                || !answer.headers().firstValue("content-type").orElse("").contains("zip")) {
            throw new NoBundle("status " + answer.statusCode());
        }
        return answer.body();
    }
}
