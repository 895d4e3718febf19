// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A request written out by hand, for what no HTTP client lets one send: a foreign host, no origin, a body without a length. */
public final class RawHttp {
    private RawHttp() {}

    /** An answer as it came over the line. */
    public record Answer(int status, List<String> headers, byte[] body) {
        /** The first value of a header, or an empty text. */
        public String header(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .findFirst()
                    .orElse("");
        }

        /** The body as text. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Sends one request with exactly these header lines (and Connection: close), reads to the end. */
    public static Answer send(URI server, String requestLine, List<String> headers, byte[] body) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(20_000);
            StringBuilder head = new StringBuilder(requestLine).append(" HTTP/1.1\r\n");
            headers.forEach(line -> head.append(line).append("\r\n"));
            head.append("Connection: close\r\n\r\n");
            OutputStream out = socket.getOutputStream();
            out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
            return read(socket.getInputStream());
        }
    }

    /** A form post as an old browser sends it. */
    public static Answer post(URI server, String path, String form, String... headers) throws IOException {
        List<String> lines = new ArrayList<>(List.of(headers));
        if (lines.stream().noneMatch(line -> line.startsWith("Host:"))) {
            lines.add("Host: " + server.getAuthority());
        }
        byte[] body = form.getBytes(StandardCharsets.US_ASCII);
        lines.add("Content-Type: application/x-www-form-urlencoded");
        lines.add("Content-Length: " + body.length);
        return send(server, "POST " + path, lines, body);
    }

    /** A plain GET. */
    public static Answer get(URI server, String path) throws IOException {
        return send(server, "GET " + path, List.of("Host: " + server.getAuthority()), new byte[0]);
    }

    private static Answer read(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        in.transferTo(all);
        byte[] bytes = all.toByteArray();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("no answer");
        }
        List<String> lines = List.of(text.substring(0, end).split("\r\n"));
        byte[] body = java.util.Arrays.copyOfRange(bytes, end + 4, bytes.length);
        return new Answer(Integer.parseInt(lines.get(0).split(" ")[1]), lines.subList(1, lines.size()), body);
    }
}
