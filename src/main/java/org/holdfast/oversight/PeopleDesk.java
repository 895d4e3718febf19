// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import java.util.List;
import java.util.UUID;
import org.holdfast.access.CurrentActor;
import org.holdfast.access.Role;
import org.holdfast.access.UseCase;
import org.holdfast.vault.Directory;
import org.holdfast.vault.Person;
import org.holdfast.vault.StaffNames;
import org.holdfast.vault.Staffing;
import org.holdfast.vault.UnlockedUser;
import org.holdfast.web.Ids;

/** Lets people in after their words were compared, takes away the requests of others, and ends who leaves. Supervisors only. */
@UseCase
public class PeopleDesk {

    private final CurrentActor current;
    private final UnlockedUser user;
    private final Directory directory;
    private final StaffNames names;
    private final Staffing staffing;

    PeopleDesk(CurrentActor current, UnlockedUser user, Directory directory, StaffNames names, Staffing staffing) {
        this.current = current;
        this.user = user;
        this.directory = directory;
        this.names = names;
        this.staffing = staffing;
    }

    /** Everybody. */
    public PeopleView list() {
        require();
        UUID me = user.staffId();
        List<PeopleView.Waiting> waiting = staffing.waiting().stream()
                .map(w -> new PeopleView.Waiting(
                        w.id().toString(),
                        w.name() == null ? "" : w.name(),
                        Role.words(w.roles()),
                        String.join(" ", w.words()),
                        w.since()))
                .toList();
        List<UUID> supervisors = directory.people().stream()
                .filter(p -> p.roles().contains(Role.SUPERVISOR))
                .map(Person::staffId)
                .toList();
        List<PeopleView.Member> people = directory.people().stream()
                .map(p -> new PeopleView.Member(
                        p.staffId().toString(),
                        names.of(p.staffId()),
                        Role.words(p.roles()),
                        p.from(),
                        p.staffId().equals(me),
                        supervisors.equals(List.of(p.staffId()))))
                .toList();
        return new PeopleView(waiting, people);
    }

    /** Lets somebody in, whose eight words the supervisor has compared; false if the request is gone. */
    public boolean approve(String request, String words) {
        require();
        return staffing.approve(Ids.of(request), List.of(words.split(" ")));
    }

    /** Takes a request away that is not that person's; false if it is gone. */
    public boolean decline(String request) {
        require();
        return staffing.decline(Ids.of(request));
    }

    /** Ends somebody. */
    public void end(String staffId) {
        require();
        staffing.end(Ids.of(staffId));
    }

    private void require() {
        current.require(Role.SUPERVISOR);
        user.require();
    }
}
