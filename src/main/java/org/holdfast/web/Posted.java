// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.multipart.FormValue;

/** The form of the current request, for pages whose fields stand in a catalogue and not in a record. */
public final class Posted {

    private Posted() {}

    /**
     * Every field with its values, as they were sent, in their order. Files are left out; a request without a form has none.
     *
     * <p>The method that asks must have a form parameter, such as the ticket: only then was the body read as a form.
     */
    public static Map<String, List<String>> form() {
        ResteasyReactiveRequestContext request = CurrentRequestManager.get();
        Map<String, List<String>> form = new LinkedHashMap<>();
        if (request == null || request.getFormData() == null) {
            return form;
        }
        for (String name : request.getFormData()) {
            for (FormValue value : request.getFormData().get(name)) {
                if (!value.isFileItem()) {
                    form.computeIfAbsent(name, n -> new ArrayList<>()).add(value.getValue());
                }
            }
        }
        return form;
    }
}
