// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.tlog;

/** The two forms of time in an entry, {@code 2026-11-25} and {@code 2026-11-25T20:31Z}: real days, real minutes. */
final class EntryTime {
    private EntryTime() {}

    static boolean isGood(byte[] bytes, int at, int length, boolean day) {
        return length == (day ? 10 : 17) && isDay(bytes, at) && (day || isMinute(bytes, at + 10));
    }

    private static boolean isDay(byte[] bytes, int at) {
        return digits(bytes, at, 4)
                && bytes[at + 4] == '-'
                && digits(bytes, at + 5, 2)
                && bytes[at + 7] == '-'
                && digits(bytes, at + 8, 2)
                && exists(two(bytes, at) * 100 + two(bytes, at + 2), two(bytes, at + 5), two(bytes, at + 8));
    }

    private static boolean exists(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1) {
            return false;
        }
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        int days = month == 2 ? (leap ? 29 : 28) : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
        return day <= days;
    }

    private static boolean isMinute(byte[] bytes, int at) {
        return bytes[at] == 'T'
                && digits(bytes, at + 1, 2)
                && two(bytes, at + 1) < 24
                && bytes[at + 3] == ':'
                && digits(bytes, at + 4, 2)
                && two(bytes, at + 4) < 60
                && bytes[at + 6] == 'Z';
    }

    private static boolean digits(byte[] bytes, int at, int count) {
        for (int i = at; i < at + count; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private static int two(byte[] bytes, int at) {
        return (bytes[at] - '0') * 10 + (bytes[at + 1] - '0');
    }
}
