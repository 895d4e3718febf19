// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import io.quarkus.qute.RawString;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.holdfast.crypto.Hashes;

/**
 * The style sheets. The report door carries its own inside each page, because a cached file would be a trace; the policy allows
 * exactly these by their SHA-256. The desk links a file whose address names its content. Immutable.
 */
@ApplicationScoped
public class Styles {
    private final RawString report;
    private final RawString reportMore;
    private final RawString reportLang;
    private final String reportHashes;
    private final String deskAddress;

    Styles() {
        String sheet = smaller(read("/styles/report.css"));
        String more = smaller(read("/styles/report-more.css"));
        report = new RawString(sheet);
        reportMore = new RawString(more);
        String lang = smaller(read("/styles/report-lang.css"));
        reportLang = new RawString(lang);
        reportHashes = source(sheet) + " " + source(more) + " " + source(lang);
        String desk = read("/META-INF/resources/style/desk.css");
        deskAddress = "/style/desk.css?v=" + HexFormat.of().formatHex(hash(desk), 0, 6);
    }

    /** The sheet of the report door, to stand between {@code <style>} and {@code </style>} and nothing else. */
    public RawString report() {
        return report;
    }

    /** What pages without the long form have beside it, in a second element of its own. */
    public RawString reportMore() {
        return reportMore;
    }

    /** What pages that show another language than English have beside it. */
    public RawString reportLang() {
        return reportLang;
    }

    /** The source expressions of all three sheets for {@code style-src}. */
    public String reportHashes() {
        return reportHashes;
    }

    /** The address of the desk's sheet. */
    public String deskAddress() {
        return deskAddress;
    }

    /** Comments and line ends are for whoever reads the file; on a slow line they are only weight. */
    private static String smaller(String sheet) {
        return sheet.replaceAll("(?s)/\\*.*?\\*/", "")
                .replaceAll("\\s*\\n\\s*", "")
                .strip();
    }

    private static String source(String sheet) {
        return "'sha256-" + Base64.getEncoder().encodeToString(hash(sheet)) + "'";
    }

    private static byte[] hash(String text) {
        return Hashes.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(String name) {
        try (InputStream in = Styles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("a style sheet is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
