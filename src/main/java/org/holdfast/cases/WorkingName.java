// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.cases;

import java.util.UUID;

/**
 * Names that mean nothing: the working name that is offered for a case, two words, and its short code.
 *
 * <p>Both come from the random bits of a version 4 UUID, which the platform draws from its secure generator.
 */
final class WorkingName {

    private static final String[] FIRST = {
        "Amber", "Autumn", "Birch", "Bright", "Brisk", "Calm", "Cedar", "Clear", "Clover", "Copper", "Coral", "Dapple",
        "Early", "Evening", "Fallow", "Fern", "Flint", "Gentle", "Golden", "Granite", "Green", "Hazel", "Heather",
        "Hidden", "Indigo", "Ivory", "Juniper", "Keen", "Late", "Lemon", "Light", "Linen", "Lively", "Lunar", "Maple",
        "Mellow", "Merry", "Misty", "Mossy", "Nimble", "Noble", "Oaken", "Olive", "Opal", "Patient", "Pebble", "Plain",
        "Quiet", "Rapid", "Rowan", "Russet", "Saffron", "Sandy", "Silver", "Slate", "Sober", "Steady", "Still",
        "Summer", "Tidal", "Umber", "Velvet", "Willow", "Winter"
    };
    private static final String[] SECOND = {
        "Anchor",
        "Arbour",
        "Basket",
        "Beacon",
        "Bell",
        "Bridge",
        "Brook",
        "Candle",
        "Canopy",
        "Compass",
        "Corner",
        "Cottage",
        "Cradle",
        "Crossing",
        "Dial",
        "Door",
        "Drum",
        "Feather",
        "Ferry",
        "Field",
        "Garden",
        "Gate",
        "Harbour",
        "Hedge",
        "Hill",
        "Island",
        "Kettle",
        "Ladder",
        "Lamp",
        "Lantern",
        "Lark",
        "Ledge",
        "Loom",
        "Meadow",
        "Mill",
        "Mirror",
        "Needle",
        "Orchard",
        "Oven",
        "Paddle",
        "Parcel",
        "Path",
        "Pier",
        "Pilot",
        "Quarry",
        "Quill",
        "River",
        "Robin",
        "Saddle",
        "Shelter",
        "Signal",
        "Spring",
        "Staircase",
        "Station",
        "Stone",
        "Table",
        "Thread",
        "Tower",
        "Valley",
        "Wagon",
        "Wharf",
        "Wheel",
        "Window",
        "Yard"
    };
    /** Without I, L, O and U, which are misread or make words. */
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private WorkingName() {}

    /** Two words, 4,096 pairs. */
    static String offer() {
        long bits = UUID.randomUUID().getLeastSignificantBits();
        return FIRST[(int) (bits & 63)] + " " + SECOND[(int) (bits >>> 6 & 63)];
    }

    /** Seven letters and digits with a dash, 35 bits. */
    static String code() {
        long bits = UUID.randomUUID().getLeastSignificantBits();
        StringBuilder code = new StringBuilder(8);
        for (int i = 0; i < 7; i++) {
            code.append(LETTERS.charAt((int) ((bits >>> (5 * i)) & 31)));
            if (i == 2) {
                code.append('-');
            }
        }
        return code.toString();
    }
}
