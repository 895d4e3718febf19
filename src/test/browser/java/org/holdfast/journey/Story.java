// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.journey;

/** What the people of the journey write. Invented; nobody of this name was ever in such a case. */
final class Story {
    static final String ANSWER =
            "Thank you for writing. Please do not call the number that the officer gave your mother. A colleague and"
                    + " I look into it; read here again on Thursday after 18:00.";
    static final String SUMMARY =
            "Parents visited twice and told to make their child return; the passport of the father was taken.";

    private Story() {}

    /** About twelve answers and free text, at the report door. */
    static void reportFamilyThreat(Person exile) {
        exile.tickIn("What happened?", "A relative was called in or visited");
        exile.tickIn("What happened?", "Another threat against relatives");
        exile.tickIn("Is somebody in danger now?", "Yes");
        exile.choose("In which country are you now?", "Germany");
        exile.date("When did it begin?", "14", "5", "2026");
        exile.choose("How exactly do you know the time?", "The week");
        exile.tickIn("What did they want?", "Go back");
        exile.tickIn("What did they want?", "Stop speaking out");
        exile.tickIn("Who is affected?", "Mother or father");
        exile.choose("How is this person now?", "Watched");
        exile.type(
                "Tell us what happened",
                "Two men in plain clothes came to my parents in May and again last week. They knew about the speech I gave in Berlin.\n"
                        + "They took my father's passport and said I should come home \"to explain\".\n"
                        + "My mother called me from a number I did not know and cried. ئانام بەك قورقۇپ كەتتى.");
        exile.tickIn("What do you want us to do?", "Somebody to talk to");
        exile.tickIn("What do you want us to do?", "Legal advice on asylum or your stay");
        exile.choose("How may we answer?", "Only here, on this page");
        exile.type("What may we call you?", "Lark");
        exile.type("When is it safe to reach you?", "After 20:00, never on Sunday");
        exile.type("In which time zone or city?", "Berlin");
        exile.choose("What kind of device do you use for this?", "My own, only I use it");
    }

    static void recordFamilyThreat(Person caseworker) {
        caseworker.choose("How the report arrived", "Caseworker interview");
        caseworker.choose("Language of the report", "Uyghur");
        caseworker.all("What happened", "Relative called in or visited", "Relative made to call");
        caseworker.choose("Country in which the person is now", "Germany");
        caseworker.date("Began on", "14", "5", "2026");
        caseworker.choose("How exactly is the time known", "Week");
        caseworker.all("Channel of contact", "Telephone call", "Through a relative");
        caseworker.all("What was demanded", "Return to the origin state", "Stop speaking out");
        caseworker.all("What was used as leverage", "Relatives' freedom to leave");
        caseworker.all("Who is affected", "Parent");
        caseworker.choose("Situation of the relative now", "Watched");
        caseworker.type(
                "Who was present on the call",
                "A man who did not give his name; the mother looked at him before each answer");
        caseworker.type("Words of the relative", "Come home, they only want to talk to you.");
        caseworker.type(
                "What happened in the person's own words",
                "They took my father's passport and said I should come home to explain.");
        caseworker.all("Help requested", "Someone to talk to", "Legal advice on asylum or stay");
        caseworker.chooseIn("Relatives concerned, row 1", "Relationship", "Parent");
        caseworker.typeIn("Relatives concerned, row 1", "How many", "2");
        caseworker.chooseIn("Suspected actors, row 1", "Type of actor", "Police of the origin state");
    }

    static void recordApproach(Person caseworker) {
        caseworker.choose("How the report arrived", "Caseworker interview");
        caseworker.all("What happened", "Approach in a public place", "Attempt to recruit");
        caseworker.date("Began on", "2", "11", "2026");
        caseworker.choose("Type of place", "Public place");
        caseworker.all("Channel of contact", "In person", "WeChat");
        caseworker.all("What was demanded", "Report on others");
        caseworker.type(
                "Who did they say they were", "A student from the same town, then \"a friend of the consulate\"");
        caseworker.type("What was asked", "Who comes to the meetings on Fridays, and who pays for the room.");
        caseworker.type("What was shown", "A photograph of the parents in front of their house, taken that week");
        caseworker.chooseIn("Meeting places proposed, row 1", "Country", "Turkey");
        caseworker.typeIn("Meeting places proposed, row 1", "Place", "A hotel near the airport");
        caseworker.type(
                "What happened in the person's own words", "He knew my sister's name before I had told him mine.");
    }

    static void recordJourney(Person caseworker) {
        caseworker.choose("How the report arrived", "Telephone line");
        caseworker.all("What is it about", "Planned journey");
        caseworker.date("Departure", "6", "12", "2026");
        caseworker.type("Countries on the way", "Germany, Turkey, United Arab Emirates");
        caseworker.choose("Travel document used", "Refugee travel document");
        caseworker.choose("Status in the host country", "Recognised refugee");
        caseworker.type("Purpose of the journey", "Wedding of a cousin");
        caseworker.chooseIn("Points of the journey, row 1", "Country", "Turkey");
        caseworker.chooseIn("Points of the journey, row 1", "Kind of stop", "Transit without entry");
        caseworker.type("Advice given", "Do not change planes in the Emirates; ask for the direct connection.");
        caseworker.type("Decision of the person", "Waits for the answer of the airline.");
    }
}
