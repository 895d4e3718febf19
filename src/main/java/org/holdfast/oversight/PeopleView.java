// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.oversight;

import java.time.LocalDate;
import java.util.List;

/**
 * Who works here and who waits to be let in.
 *
 * @param waiting requests, oldest first
 * @param people active people, oldest first
 */
public record PeopleView(List<Waiting> waiting, List<Member> people) {

    /**
     * Somebody who waits.
     *
     * @param id of the request
     * @param name as she gave it; empty if what is stored is not what was sent
     * @param roles of her login, in words; empty if they are unknown
     * @param words the eight words to compare
     * @param since day of the request
     */
    public record Waiting(String id, String name, String roles, String words, LocalDate since) {

        /** Where approval is sent to. */
        public String address() {
            return "/oversight/people/" + id + "/approve";
        }

        /** Where its taking away is sent to. */
        public String declineAddress() {
            return "/oversight/people/" + id + "/decline";
        }
    }

    /**
     * Somebody who works here.
     *
     * @param id her staff id
     * @param name her display name
     * @param roles as signed, in words
     * @param since her first day
     * @param me whether it is the one who looks
     * @param last whether nobody else is a supervisor: then the access cannot be ended
     */
    public record Member(String id, String name, String roles, LocalDate since, boolean me, boolean last) {

        /** Where her end is sent to. */
        public String address() {
            return "/oversight/people/" + id + "/end";
        }
    }
}
