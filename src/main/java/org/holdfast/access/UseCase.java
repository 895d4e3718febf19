// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A desk: one use case per public method.
 *
 * <p>A {@link Problem} that leaves it is recorded after the rollback it caused, in a transaction of its own: a refusal as
 * {@code access.refused}, tampering as {@code access.tampering}. Methods that are not public, or called on {@code this}, are
 * not covered.
 */
@Stereotype
@ApplicationScoped
@RecordsRefusals
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface UseCase {}
