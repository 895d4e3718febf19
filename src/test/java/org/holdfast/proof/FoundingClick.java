// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.proof;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.crypto.Mistyped;
import org.holdfast.crypto.Share;
import org.holdfast.local.Visitor;

/**
 * One click on the button that founds an organisation, on the page that shows the keys.
 *
 * @param form its hidden fields
 * @param words the six that the page showed
 * @param shares of the recovery key, as the page showed them
 * @param person the same for the clicks of one person
 */
record FoundingClick(Visitor visitor, Map<String, String> form, String words, List<Share> shares, String person) {

    /** Goes to the page with the keys, and stands before the button. */
    static FoundingClick prepare(Visitor visitor, String person) throws Exception {
        visitor.get("/desk/start");
        visitor.submit("main form", Map.of());
        Map<String, String> form = new LinkedHashMap<>();
        visitor.page()
                .select("main form input[type=hidden]")
                .forEach(field -> form.put(field.attr("name"), field.val()));
        return new FoundingClick(visitor, form, visitor.text("#passphrase-shown"), shares(visitor), person);
    }

    private static List<Share> shares(Visitor visitor) throws Mistyped {
        List<Share> found = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            found.add(Share.parse(visitor.text("#share-" + i)));
        }
        return found;
    }

    /** A second click of the same person on the same page. */
    FoundingClick again(URI desk) {
        Visitor sameBrowser = Visitor.at(desk);
        visitor.cookieNames().forEach(name -> sameBrowser.put(name, visitor.cookie(name)));
        return new FoundingClick(sameBrowser, form, words, shares, person);
    }

    HttpResponse<String> send() throws Exception {
        Map<String, String> fields = new LinkedHashMap<>(form);
        fields.put("passphrase", words);
        fields.put("name", person);
        return visitor.post("/desk/start", fields);
    }
}
