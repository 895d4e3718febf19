// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.web;

import io.quarkus.qute.TemplateInstance;
import io.quarkus.resteasy.reactive.server.runtime.exceptionmappers.AuthenticationFailedExceptionMapper;
import io.quarkus.resteasy.reactive.server.runtime.exceptionmappers.UnauthorizedExceptionMapper;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.holdfast.access.CurrentActor;
import org.holdfast.access.Problem;
import org.holdfast.access.Refusals;
import org.holdfast.access.Resumption;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * The only place where a failure becomes a status and a page. Each page says what happened, what was kept and what to do; a desk post
 * that could not be saved gets its text back. No page and no log line carries an exception's message, because libraries put input there.
 */
class ErrorPages {
    private static final Logger LOG = Logger.getLogger(ErrorPages.class);

    private final Frames frames;
    private final CurrentActor actor;
    private final Refusals refusals;
    private final Resumption resumption;

    ErrorPages(Frames frames, CurrentActor actor, Refusals refusals, Resumption resumption) {
        this.frames = frames;
        this.actor = actor;
        this.refusals = refusals;
        this.resumption = resumption;
    }

    /** See templates/ErrorPages/report.html. */
    record report(Frame frame, Trouble trouble, List<Typed> typed) implements TemplateInstance {}

    /**
     * See templates/ErrorPages/desk.html.
     *
     * @param place where what was sent is to be seen, if it was saved
     * @param saving whether it gives back what somebody typed
     */
    record desk(Frame frame, Trouble trouble, String place, List<Typed> typed, boolean saving, boolean resend)
            implements TemplateInstance {}

    @ServerExceptionMapper
    Uni<Response> problem(Problem problem, RoutingContext context) {
        Trouble trouble = troubleOf(problem);
        if (!isPost(context) || Doors.of(context) != Door.DESK) {
            return page(context, trouble);
        }
        return Uni.createFrom()
                .item(() -> {
                    if (actor.isLoggedIn() && actor.actor().staffId() != null) {
                        refusals.stopped(problem);
                    }
                    return trouble;
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onFailure()
                .recoverWithItem(trouble)
                .flatMap(known -> page(context, known));
    }

    @ServerExceptionMapper
    Uni<Response> http(WebApplicationException thrown, RoutingContext context) {
        int status = thrown.getResponse().getStatus();
        if (status < 400) {
            return Uni.createFrom().item(thrown.getResponse());
        }
        if (status >= 500) {
            report(thrown);
        }
        return page(context, Trouble.ofStatus(status), status);
    }

    /**
     * An annotation refused before any desk was asked, and perhaps before the session was taken up: both are done from here, off the
     * thread that must not wait, so that the line is signed like any other.
     */
    @ServerExceptionMapper
    Uni<Response> forbidden(ForbiddenException thrown, RoutingContext context) {
        return Uni.createFrom()
                .item(() -> {
                    actor.actor();
                    resumption.resume(name -> cookie(context, name));
                    refusals.record(Problem.refused("role"));
                    return Trouble.REFUSED;
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onFailure()
                .recoverWithItem(failed -> Away.isBehind(failed) ? Trouble.AWAY_NOT_STORED : Trouble.REFUSED)
                .flatMap(trouble -> page(context, trouble));
    }

    /** A page that was asked for leads to the login; a form that was sent does not, because the login would swallow its text. */
    @ServerExceptionMapper
    Uni<Response> unauthorized(UnauthorizedException thrown, RoutingContext context) {
        return isPost(context)
                ? page(context, Trouble.LOGIN_GONE)
                : toTheLogin(new UnauthorizedExceptionMapper().handle(context), context, Trouble.LOGIN_AWAY);
    }

    @ServerExceptionMapper
    Uni<Response> loginFailed(AuthenticationFailedException thrown, RoutingContext context) {
        return isPost(context)
                ? page(context, Trouble.LOGIN_GONE)
                : toTheLogin(
                        new AuthenticationFailedExceptionMapper().handle(context, thrown),
                        context,
                        Trouble.LOGIN_NOT_DONE);
    }

    /** The way back from Keycloak was not what the login waits for: given up there, too late, or refused. */
    @ServerExceptionMapper
    Uni<Response> loginNotDone(AuthenticationCompletionException thrown, RoutingContext context) {
        return page(context, isPost(context) ? Trouble.LOGIN_GONE : Trouble.LOGIN_NOT_DONE);
    }

    /** Where there is no way to the login now, a page says so; without it the answer would be an empty one. */
    private Uni<Response> toTheLogin(Uni<Response> way, RoutingContext context, Trouble otherwise) {
        return way.onItemOrFailure()
                .transformToUni((answer, failure) -> failure == null && answer.getStatus() / 100 == 3
                        ? Uni.createFrom().item(answer)
                        : page(context, otherwise));
    }

    @ServerExceptionMapper
    Uni<Response> fault(Throwable thrown, RoutingContext context) {
        if (Away.isBehind(thrown)) {
            // At the report door, what stores says itself how it ended; whatever else fails there has stored nothing.
            boolean perhaps = isPost(context) && Doors.of(context) == Door.DESK;
            return page(context, perhaps ? Trouble.AWAY_UNKNOWN : Trouble.AWAY_NOT_STORED);
        }
        if (Unreadable.isBehind(thrown)) {
            return page(context, Trouble.NOT_READABLE);
        }
        report(thrown);
        return page(context, Trouble.FAULT);
    }

    private static @Nullable String cookie(RoutingContext context, String name) {
        Cookie cookie = context.request().getCookie(name);
        return cookie == null ? null : cookie.getValue();
    }

    private static boolean isPost(RoutingContext context) {
        return context.request().method().name().equals("POST");
    }

    private static Trouble troubleOf(Problem problem) {
        if (problem instanceof Problem.NotHere) {
            return Trouble.NOT_HERE;
        } else if (problem instanceof Problem.Locked) {
            return Trouble.LOCKED;
        } else if (problem instanceof Problem.NeedsLogin) {
            return Trouble.LOGIN_GONE;
        } else if (problem instanceof Problem.TooLarge) {
            return Trouble.TOO_LARGE;
        } else if (problem instanceof Problem.Busy) {
            return Trouble.BUSY;
        } else if (problem instanceof Problem.ExpiredTicket) {
            return Trouble.EXPIRED;
        } else if (problem instanceof Problem.AlreadyStored) {
            return Trouble.ALREADY_STORED;
        } else if (problem instanceof Problem.ForgedTicket || problem instanceof Problem.CrossSite) {
            return Trouble.FORGED;
        } else if (problem instanceof Problem.NotStarted) {
            return Trouble.NOT_STARTED;
        } else if (problem instanceof Problem.Refused) {
            return Trouble.REFUSED;
        } else if (problem instanceof Problem.Conflict) {
            return Trouble.CONFLICT;
        } else if (problem instanceof Problem.Tampering) {
            return Trouble.TAMPERING;
        } else if (problem instanceof Problem.Unavailable away) {
            return switch (away.kept()) {
                case STORED -> Trouble.AWAY_STORED;
                case NOT_STORED -> Trouble.AWAY_NOT_STORED;
                case UNKNOWN -> Trouble.AWAY_UNKNOWN;
                case PERHAPS_DELETED -> Trouble.AWAY_DELETING;
            };
        }
        return Trouble.FAULT;
    }

    private Uni<Response> page(RoutingContext context, Trouble trouble) {
        return page(context, trouble, trouble.status());
    }

    private Uni<Response> page(RoutingContext context, Trouble trouble, int status) {
        boolean desk = Doors.of(context) == Door.DESK;
        Frame frame = desk ? deskFrame(context, trouble) : null;
        if (desk ? isPost(context) && trouble.keepsText() : isPost(context) && mayRepeat(trouble)) {
            return Typed.of(context).map(typed -> answer(context, trouble, status, frame, typed));
        }
        return Uni.createFrom().item(answer(context, trouble, status, frame, List.of()));
    }

    private Response answer(
            RoutingContext context, Trouble trouble, int status, @Nullable Frame desk, List<Typed> typed) {
        if (desk == null) {
            Frame frame = frames.report(langOf(context, typed), context.normalizedPath());
            return Page.html(new report(frame, onReportDoor(trouble), typed), frame)
                    .status(status)
                    .answer();
        }
        boolean saving = typed.stream().anyMatch(Typed::shown);
        boolean resend = saving && trouble != Trouble.FORGED && trouble != Trouble.CONFLICT;
        List<Typed> again = trouble == Trouble.EXPIRED || trouble == Trouble.ALREADY_STORED
                ? Typed.withTicket(typed, desk.ticketFor(context.normalizedPath()))
                : typed;
        String place = Ids.placeOf(context.normalizedPath());
        return Page.html(new desk(desk, trouble, place, again, saving, resend), desk)
                .status(status)
                .answer();
    }

    private Frame deskFrame(RoutingContext context, Trouble trouble) {
        String title = trouble.heading();
        String path = context.normalizedPath();
        // Only where a desk itself refused is the person known for sure; asking in any other state could fail again.
        return switch (trouble) {
            case LOCKED, BUSY, EXPIRED, ALREADY_STORED, NOT_STARTED, CONFLICT, TAMPERING -> frames.desk(title, path);
            default -> frames.bareDesk(title, path);
        };
    }

    /** Failures after which the very same post may be sent again, with everything in it. */
    private static boolean mayRepeat(Trouble trouble) {
        return switch (trouble) {
            case BUSY, AWAY_NOT_STORED, AWAY_STORED, AWAY_UNKNOWN, AWAY_DELETING -> true;
            default -> false;
        };
    }

    private static Trouble onReportDoor(Trouble trouble) {
        return switch (trouble) {
            case REFUSED, LOCKED, LOGIN_GONE, LOGIN_AWAY, LOGIN_NOT_DONE, EXPIRED -> Trouble.FORGED;
            case ALREADY_STORED -> Trouble.AWAY_STORED;
            case TAMPERING, CONFLICT -> Trouble.FAULT;
            default -> trouble;
        };
    }

    private static @Nullable String langOf(RoutingContext context, List<Typed> typed) {
        return typed.stream()
                .filter(value -> value.name().equals("lang"))
                .map(Typed::text)
                .findFirst()
                .orElse(context.request().getParam("lang"));
    }

    /** A fault of ours: where it happened and of what kind, never its message. */
    private static void report(Throwable thrown) {
        StringBuilder kinds = new StringBuilder();
        StringBuilder places = new StringBuilder();
        for (Throwable t = thrown; t != null && t.getCause() != t; t = t.getCause()) {
            kinds.append(kinds.isEmpty() ? "" : " < ").append(t.getClass().getName());
            int shown = 0;
            for (StackTraceElement frame : t.getStackTrace()) {
                if (shown < 6 && (frame.getClassName().startsWith("org.holdfast.") || shown == 0)) {
                    places.append("\n    at ").append(frame);
                    shown++;
                }
            }
        }
        LOG.errorf("fault %s: %s%s", UUID.randomUUID(), kinds, places);
    }
}
