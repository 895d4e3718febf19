// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.local;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with a browser without scripts: keeps cookies for each origin, follows redirects, sends the headers a browser sends with a
 * form. The tests and the demonstration use the server through it, as people do. Not thread-safe.
 */
public final class Visitor {
    private static final Pattern ACTION = Pattern.compile("<form[^>]*\\baction=\"([^\"]+)\"");
    private static final int MOST_REDIRECTS = 12;

    /** One for all: it knows no cookies, and a client for each visitor is a thread for each. */
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private static final int LONGEST_ANSWER_SECONDS = 90;
    private static final List<String> POSTED = new CopyOnWriteArrayList<>();

    private final URI home;
    private final Map<String, Map<String, String>> cookies = new LinkedHashMap<>();
    private final List<String> trail = new ArrayList<>();
    private final List<String> cookieLines = new ArrayList<>();
    private @Nullable HttpResponse<String> last;

    private Visitor(URI home) {
        this.home = home;
    }

    /** Somebody at that origin, such as {@code http://localhost:18081}; paths are relative to it. */
    public static Visitor at(URI origin) {
        return new Visitor(origin);
    }

    /** Opens the page, following redirects. */
    public HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return follow("GET", home.resolve(address), Map.of());
    }

    /** Opens the page and those that its links to the next one lead to; gives their texts, one after another. */
    public String getAll(String address) throws IOException, InterruptedException {
        StringBuilder pages = new StringBuilder();
        for (String next = address;
                !next.isEmpty();
                next = page().select("a[rel=next]").attr("href")) {
            pages.append(get(next).body());
        }
        return pages.toString();
    }

    /** Sends a form as a browser does from a page of the same origin, then follows redirects. */
    public HttpResponse<String> post(String address, Map<String, String> fields)
            throws IOException, InterruptedException {
        return follow("POST", home.resolve(address), single(fields));
    }

    /** As {@link #post}, for forms whose fields may have several values. */
    public HttpResponse<String> postAll(String address, Map<String, List<String>> fields)
            throws IOException, InterruptedException {
        return follow("POST", home.resolve(address), fields);
    }

    /** Opens the desk, and logs in with name and password at the page that Keycloak shows. Returns the desk's answer. */
    public HttpResponse<String> signIn(DemonstrationLogin login) throws IOException, InterruptedException {
        return signIn("/desk", login);
    }

    /** As {@link #signIn(DemonstrationLogin)}, beginning at another page of the desk. */
    public HttpResponse<String> signIn(String address, DemonstrationLogin login)
            throws IOException, InterruptedException {
        HttpResponse<String> page = get(address);
        if (!page.body().contains("name=\"password\"")) {
            throw new IllegalStateException("no login page, but " + page.statusCode() + " after " + trail);
        }
        URI form = page.uri().resolve(formAction(page.body()));
        return follow(
                "POST",
                form,
                single(Map.of("username", login.name(), "password", login.password(), "credentialId", "")));
    }

    /** The page last seen. */
    public HttpResponse<String> last() {
        if (last == null) {
            throw new IllegalStateException("no page was opened yet");
        }
        return last;
    }

    /** What the page last seen sends when somebody chooses the option that reads so. */
    public String option(String select, String label) {
        return page().select(select + " option").stream()
                .filter(option -> option.text().equals(label))
                .map(Element::val)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no option reads so"));
    }

    /** The page last seen, to look at. */
    public Document page() {
        return Jsoup.parse(last().body(), last().uri().toString());
    }

    /** The text of the first element that fits, as it stands in the source; fails if there is none. */
    public String text(String selector) {
        Element found = page().selectFirst(selector);
        if (found == null) {
            throw new IllegalStateException("nothing fits " + selector + " after " + trail);
        }
        return found.wholeText();
    }

    /**
     * Fills a form of the page last seen and sends it, with its hidden fields and with what stands in it already.
     *
     * @param selector of the form, such as {@code form[action=/desk/unlock]}
     * @param values by field name, in place of what stands there
     */
    public HttpResponse<String> submit(String selector, Map<String, String> values)
            throws IOException, InterruptedException {
        return submitAll(selector, single(values));
    }

    /** As {@link #submit}, for fields with several values; an empty list leaves a field out. */
    public HttpResponse<String> submitAll(String selector, Map<String, List<String>> values)
            throws IOException, InterruptedException {
        if (!(page().selectFirst(selector) instanceof FormElement form)) {
            throw new IllegalStateException("no form " + selector + " after " + trail);
        }
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (Connection.KeyVal field : form.formData()) {
            fields.computeIfAbsent(field.key(), name -> new ArrayList<>()).add(field.value());
        }
        fields.putAll(values);
        String action = form.attr("action");
        return follow("POST", action.isEmpty() ? last().uri() : last().uri().resolve(action), fields);
    }

    /** The value of a cookie of the home origin, or an empty text. */
    public String cookie(String name) {
        return jar(home).getOrDefault(name, "");
    }

    /** The names of the cookies of the home origin. */
    public List<String> cookieNames() {
        return List.copyOf(jar(home).keySet());
    }

    /** Every cookie that the home origin has set or taken away so far, as its header says it. */
    public List<String> cookieLines() {
        return List.copyOf(cookieLines);
    }

    /** Puts a cookie of the home origin, as a thief of it would. */
    public void put(String name, String value) {
        jar(home).put(name, value);
    }

    /** Drops a cookie of the home origin. */
    public void forget(String name) {
        jar(home).remove(name);
    }

    /** Every request so far, as "status method address", without queries. */
    public List<String> trail() {
        return List.copyOf(trail);
    }

    /** The path of every form that any visitor sent so far, in their order. */
    public static List<String> posted() {
        return List.copyOf(POSTED);
    }

    /** The address of the first form of a page, with its entities undone. */
    public static String formAction(String page) {
        Matcher found = ACTION.matcher(page);
        if (!found.find()) {
            throw new IllegalStateException("a page without a form");
        }
        return found.group(1).replace("&amp;", "&");
    }

    private HttpResponse<String> follow(String method, URI address, Map<String, List<String>> fields)
            throws IOException, InterruptedException {
        String verb = method;
        URI next = address;
        Map<String, List<String>> form = fields;
        for (int i = 0; i < MOST_REDIRECTS; i++) {
            HttpResponse<String> answer = once(verb, next, form);
            if (answer.statusCode() / 100 != 3) {
                last = answer;
                return answer;
            }
            next = next.resolve(answer.headers().firstValue("location").orElseThrow());
            verb = "GET";
            form = Map.of();
        }
        throw new IllegalStateException("an endless redirect: " + trail);
    }

    private HttpResponse<String> once(String method, URI address, Map<String, List<String>> fields)
            throws IOException, InterruptedException {
        Map<String, String> jar = jar(address);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(60))
                .header("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
                .header("Accept-Language", "en");
        if (!jar.isEmpty()) {
            List<String> pairs = new ArrayList<>();
            jar.forEach((name, value) -> pairs.add(name + "=" + value));
            request.header("Cookie", String.join("; ", pairs));
        }
        if (method.equals("POST")) {
            POSTED.add(address.getPath());
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Origin", address.getScheme() + "://" + address.getAuthority())
                    .header("Sec-Fetch-Site", "same-origin")
                    .POST(HttpRequest.BodyPublishers.ofString(encoded(fields)));
        }
        HttpResponse<String> answer = whole(request.build());
        trail.add(answer.statusCode() + " " + method + " " + address.getAuthority() + address.getPath());
        List<String> lines = answer.headers().allValues("set-cookie");
        lines.forEach(line -> store(jar, line));
        if (address.getAuthority().equals(home.getAuthority())) {
            cookieLines.addAll(lines);
        }
        return answer;
    }

    /** Head and body; the limit of the request itself covers the head alone. */
    private static HttpResponse<String> whole(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            return answer.get(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no whole answer to " + request.method() + " "
                    + request.uri().getPath());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Map<String, String> jar(URI address) {
        // Cookies ignore ports, but keep Keycloak's apart all the same: in production it has a host name of its own.
        return cookies.computeIfAbsent(address.getAuthority(), authority -> new LinkedHashMap<>());
    }

    private static void store(Map<String, String> jar, String line) {
        String pair = line.split(";", 2)[0];
        int sign = pair.indexOf('=');
        String name = pair.substring(0, sign);
        String value = pair.substring(sign + 1);
        if (value.isEmpty() || line.toLowerCase(java.util.Locale.ROOT).contains("max-age=0")) {
            jar.remove(name);
        } else {
            jar.put(name, value);
        }
    }

    private static Map<String, List<String>> single(Map<String, String> fields) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        fields.forEach((name, value) -> all.put(name, List.of(value)));
        return all;
    }

    private static String encoded(Map<String, List<String>> fields) {
        List<String> pairs = new ArrayList<>();
        fields.forEach((name, values) -> values.forEach(value -> pairs.add(encoded(name) + "=" + encoded(value))));
        return String.join("&", pairs);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
