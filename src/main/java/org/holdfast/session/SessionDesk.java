// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.session;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.holdfast.access.Actor;
import org.holdfast.access.CurrentActor;
import org.holdfast.access.Logins;
import org.holdfast.access.Problem;
import org.holdfast.access.Role;
import org.holdfast.access.UseCase;
import org.holdfast.vault.Directory;
import org.holdfast.vault.Enrolment;
import org.holdfast.vault.Foundation;
import org.holdfast.vault.Founding;
import org.holdfast.vault.NewKeys;
import org.holdfast.vault.OwnWords;
import org.holdfast.vault.Unlock;
import org.holdfast.vault.UnlockedUser;

/** Founds, enrols, unlocks, locks and logs out. */
@UseCase
public class SessionDesk {

    private final Directory directory;
    private final Founding founding;
    private final Enrolment enrolment;
    private final Unlock unlock;
    private final UnlockedUser user;
    private final CurrentActor current;
    private final Logins logins;

    SessionDesk(
            Directory directory,
            Founding founding,
            Enrolment enrolment,
            Unlock unlock,
            UnlockedUser user,
            CurrentActor current,
            Logins logins) {
        this.directory = directory;
        this.founding = founding;
        this.enrolment = enrolment;
        this.unlock = unlock;
        this.user = user;
        this.current = current;
        this.logins = logins;
    }

    /** Where this person stands. */
    public HomeView home() {
        Actor actor = current.actor();
        Set<Role> token = current.tokenRoles();
        if (!directory.founded()) {
            return view(
                    directory.pinToCompare().isPresent()
                            ? HomeView.State.NO_PIN
                            : token.contains(Role.SUPERVISOR) ? HomeView.State.START : HomeView.State.NOT_STARTED,
                    token);
        }
        if (actor.staffId() == null) {
            return enrolment.waits() ? view(HomeView.State.WAITING, token) : toEnrol(actor, token);
        }
        return view(user.isUnlocked() ? HomeView.State.OPEN : HomeView.State.LOCKED, actor.roles());
    }

    /** Somebody new, or somebody whose access was ended: she is told which. */
    private HomeView toEnrol(Actor actor, Set<Role> roles) {
        return new HomeView(
                HomeView.State.ENROL,
                codes(roles),
                directory.endedOn(actor.loginTag()).orElse(null));
    }

    private static HomeView view(HomeView.State state, Set<Role> roles) {
        return new HomeView(state, codes(roles), null);
    }

    private static List<String> codes(Set<Role> roles) {
        return roles.stream().sorted(Comparator.naturalOrder()).map(Role::code).toList();
    }

    /** The hash of the founding statement, for comparison with what was written down. */
    public Optional<String> pin() {
        return directory.pinToCompare();
    }

    /** Keys for a new organisation. */
    public NewKeys foundingKeys() {
        return founding.keys();
    }

    /** Founds it, or says why not. */
    public Foundation found(String draft, String passphrase, String name) {
        return founding.found(draft, passphrase, name);
    }

    /** Keys for a new member of staff. */
    public NewKeys enrolmentKeys() {
        return enrolment.keys();
    }

    /** Asks for enrolment; empty if the passphrase was not the one shown. */
    public Optional<List<String>> request(String draft, String passphrase, String name) {
        return enrolment.request(draft, passphrase, name);
    }

    /** The eight words of her request, for who waits and typed her six words; or why not. */
    public OwnWords waitingWords(String typed) {
        return enrolment.waitingWords(typed);
    }

    /** The cookie of the session that this opened; empty if it opened nothing. */
    public Optional<String> unlock(String typed) {
        if (!directory.founded()) {
            throw Problem.notStarted();
        }
        return unlock.unlock(typed);
    }

    /** Locks the keys. */
    public void lock() {
        unlock.lock();
    }

    /** Locks the keys and ends the login; true if Keycloak confirmed it. */
    public boolean logout() {
        unlock.end();
        return logins.logout();
    }
}
