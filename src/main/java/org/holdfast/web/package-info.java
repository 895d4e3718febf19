// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * The kit that makes every page alike and safe: doors, headers, frames, tickets, form errors, error pages, languages.
 *
 * <p>What this room promises: each host name answers only for the addresses of its own door, and everything else gets the same short
 * page ({@link org.holdfast.web.Doors}); the headers of a door stand on every answer of every status, also on those that no page code
 * wrote ({@link org.holdfast.web.Headers}); a post that another site started is refused before anybody is asked who he is; an answer of
 * the report door has one of a few sizes and sets no cookie; a page says in words what happened, what was kept and what to do.
 *
 * <p>What it never does: it knows no feature, no database and no key but the one for form tickets; it decides nothing about cases; it
 * keeps no state between two requests. The text a person typed passes through it and is neither logged nor stored.
 *
 * <p>How the other rooms write a page: a {@code …Pages} class asks {@link org.holdfast.web.Frames} for a
 * {@link org.holdfast.web.Frame}, builds a type-safe template that takes {@code frame} first and begins with
 * {@code {#include report-frame}} or {@code {#include desk-frame}}, and answers {@code Page.html(template, frame).answer()}. A form of
 * the desk is written with the tag {@code {#post action="/desk/lock"}…{/post}}, which puts in the ticket that {@code DeskGuard} checks.
 *
 * <p>Headers, sizes and tickets: SECURITY.md and src/docs/adr/0007-doors-and-tickets.md.
 */
@NullMarked
package org.holdfast.web;

import org.jspecify.annotations.NullMarked;
