// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.holdfast.audit.AlteredLog;
import org.jspecify.annotations.Nullable;

/** Stands around every desk, outside of its transactions: what leaves as a refusal leaves a line. */
@RecordsRefusals
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class DenialRecorder {

    private final Refusals refusals;

    DenialRecorder(Refusals refusals) {
        this.refusals = refusals;
    }

    @AroundInvoke
    @Nullable Object around(InvocationContext call) throws Exception {
        try {
            return call.proceed();
        } catch (Problem problem) {
            refusals.record(problem);
            throw problem;
        } catch (AlteredLog altered) {
            Problem problem = Problem.tampering("log.altered");
            refusals.record(problem);
            throw problem;
        }
    }
}
