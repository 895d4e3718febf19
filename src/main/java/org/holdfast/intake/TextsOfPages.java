// SPDX-License-Identifier: AGPL-3.0-or-later
package org.holdfast.intake;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * The words of the report door. The English ones stand in {@code messages/intake_en.properties}, with notes for translators; each
 * further language has a file of its own beside it, and a test holds that none lacks a key.
 */
@MessageBundle("intake")
public interface TextsOfPages {
    // The first page.

    @Message
    String start_title();

    @Message
    String start_heading();

    @Message
    String safe_device();

    @Message
    String safe_screen();

    @Message
    String safe_leave();

    @Message
    String safe_tor();

    @Message
    String safe_store();

    @Message
    String safe_close();

    @Message
    String danger_heading();

    @Message
    String danger_text();

    @Message
    String choose_heading();

    @Message
    String head_a();

    @Message
    String hint_a();

    @Message
    String head_b();

    @Message
    String hint_b();

    @Message
    String head_c();

    @Message
    String hint_c();

    @Message
    String return_heading();

    @Message
    String return_link();

    @Message
    String closed_text();

    // The form.

    @Message
    String form_title();

    @Message
    String error_title();

    @Message
    String form_text();

    @Message
    String form_language();

    @Message
    String back();

    @Message
    String not_given();

    @Message
    String day();

    @Message
    String month();

    @Message
    String year();

    @Message
    String continue_button();

    @Message
    String not_write_heading();

    @Message
    String not_write_1();

    @Message
    String not_write_2();

    @Message
    String not_write_3();

    @Message
    String not_write_4();

    @Message
    String sec_what();

    @Message
    String sec_when();

    @Message
    String sec_where();

    @Message
    String sec_pressure();

    @Message
    String sec_family();

    @Message
    String sec_approach();

    @Message
    String sec_journey();

    @Message
    String sec_account();

    @Message
    String sec_response();

    @Message
    String sec_report();

    @Message
    String sec_contact();

    // Questions (q_) and hints (h_), by the code of their field.

    @Message
    String q_device();

    @Message
    String h_device();

    @Message
    String q_incidents();

    @Message
    String h_incidents();

    @Message
    String q_danger_now();

    @Message
    String q_now_country();

    @Message
    String h_now_country();

    @Message
    String q_start();

    @Message
    String h_start();

    @Message
    String q_precision();

    @Message
    String q_place_type();

    @Message
    String q_channel();

    @Message
    String q_demand();

    @Message
    String q_affected();

    @Message
    String h_affected();

    @Message
    String q_situation();

    @Message
    String q_claimed();

    @Message
    String q_asked();

    @Message
    String q_departure();

    @Message
    String h_departure();

    @Message
    String q_route();

    @Message
    String h_route();

    @Message
    String q_document();

    @Message
    String q_induced();

    @Message
    String q_origin_carrier();

    @Message
    String q_narrative();

    @Message
    String h_narrative();

    @Message
    String q_help();

    @Message
    String h_help();

    @Message
    String q_contact_preference();

    @Message
    String h_contact_preference();

    @Message
    String q_name();

    @Message
    String h_name();

    @Message
    String q_phone();

    @Message
    String q_address();

    @Message
    String h_address();

    @Message
    String q_safe_hours();

    @Message
    String q_timezone();

    @Message
    String q_relatives();

    @Message
    String h_relatives();

    // Faults. The field stands in front of the words.

    @Message
    String problem_heading();

    @Message
    String problem_text();

    @Message
    String error_too_long(int max);

    @Message
    String error_too_much(int max);

    @Message
    String error_character();

    @Message
    String error_unknown();

    @Message
    String error_contrary();

    @Message
    String error_date();

    @Message
    String error_day();

    @Message
    String error_month();

    @Message
    String error_year();

    @Message
    String error_missing();

    // The review.

    @Message
    String review_title();

    @Message
    String review_heading();

    @Message
    String review_text();

    @Message
    String expired_text();

    @Message
    String further_text();

    @Message
    String unreachable();

    @Message
    String change();

    @Message
    String unanswered_one();

    /** @param count more than one, in the digits of the language */
    @Message
    String unanswered_many(String count);

    @Message
    String unanswered_show();

    @Message
    String send_button();

    @Message
    String throw_away();

    // After sending.

    @Message
    String stored_title();

    @Message
    String stored_heading();

    @Message
    String stored_text();

    @Message
    String again_heading();

    @Message
    String again_text();

    @Message
    String again_changed();

    @Message
    String again_button();

    @Message
    String next_heading();

    @Message
    String next_1();

    @Message
    String next_2();

    @Message
    String next_3();

    @Message
    String number_offer_heading();

    @Message
    String number_offer();

    @Message
    String number_button();

    @Message
    String number_title();

    @Message
    String number_heading();

    @Message
    String number_text();

    @Message
    String number_advice();

    @Message
    String number_use();

    @Message
    String number_once();

    @Message
    String number_before_heading();

    @Message
    String number_before();

    @Message
    String number_instead_heading();

    @Message
    String number_instead();

    @Message
    String number_instead_button();

    @Message
    String number_late_heading();

    @Message
    String number_late();

    // Coming back with the number.

    @Message
    String reply_title();

    @Message
    String reply_error_title();

    @Message
    String reply_heading();

    @Message
    String reply_label();

    @Message
    String reply_hint();

    @Message
    String reply_button();

    @Message
    String reply_lost();

    @Message
    String reply_form();

    @Message
    String reply_check();

    @Message
    String reply_none();

    @Message
    String reply_wait();

    @Message
    String messages_title();

    @Message
    String messages_heading();

    @Message
    String messages_heading_many();

    @Message
    String messages_order();

    @Message
    String message_from(String day);

    @Message
    String messages_close();

    @Message
    String messages_damaged();

    @Message
    String remove_summary();

    @Message
    String remove_text();

    @Message
    String remove_button();

    @Message
    String remove_not();

    @Message
    String removed_heading();

    @Message
    String removed_text();

    // The dull page.

    @Message
    String clock_title();

    @Message
    String clock_zone();

    @Message
    String clock_time();
}
