"""Which guard stands at which gate, literally: whoever changes ``stages.py`` changes this page too, with his eyes open.

A gate is written as ``from → to`` (``↩`` for walking back, always with a written reason) and its guards in the order in
which people read the refusals.
"""

# fmt: off
GATES: dict[str, dict[str, tuple[str, str]]] = {
    "committee": {
        "start_audit": ("preparation → audit", """
            working_bodies_formed survey_done rectified_before_electing talks_held trained_before_electing
            plan_passed_by_meeting plan_published election_committee_chosen_by_meeting election_committee_large_enough election_committee_odd
            committee_odd_explained election_committee_has_chair committee_has_standby_deputy election_committee_without_kin
            committee_kin_explained election_committee_published poll_day_set"""),
        "open_registration": ("audit → registration", """
            audit_reported findings_closed audit_published_often_enough audit_published_before_poll
            audit_objections_answered party_organisation_first"""),
        "open_nomination": ("registration → nomination", """
            registration_announced roll_published roll_published_in_time objection_period_over objections_answered
            objections_answered_in_time roll_changes_published election_committee_large_enough"""),
        "open_vetting": ("nomination → vetting", """
            seats_decided_by_meeting villagers_committee_of_lawful_size nomination_announced nominated_by_lawful_source
            nominees_on_roll more_nominees_than_seats women_among_nominees nominated_members_left_election_committee
            election_committee_large_enough election_committee_has_chair"""),
        "open_voting": ("vetting → voting", """
            everybody_first_checked county_concluded_on_everybody nobody_barred_is_candidate every_candidate_passed
            more_candidates_than_seats women_among_candidates formal_list_published formal_list_published_in_time"""),
        "open_poll": ("voting → voting", """
            no_round_opened objections_answered roll_changes_published nobody_barred_on_roll nobody_of_age_left_out
            poll_announced poll_announced_in_time secret_booth_ready staff_named staff_without_conflicts
            proxy_list_published proxy_list_published_in_time candidates_met_voters election_committee_large_enough
            poll_day_has_come polled_on_the_announced_day"""),
        "open_rerun": ("voting → voting", """
            last_round_confirmed no_tie_left seats_still_vacant rerun_still_due rerun_has_choice staff_without_conflicts
            proxy_list_published rerun_in_time"""),
        "open_tie": ("voting → voting", """
            last_round_confirmed tie_to_break staff_without_conflicts proxy_list_published"""),
        "hand_over": ("voting → handover", """
            last_round_confirmed result_valid no_tie_left enough_members_seated rerun_held_for_vacancies
            every_seat_filled woman_seated no_near_relatives_seated near_relatives_explained result_announced
            result_reported"""),
        "return_preparation": ("audit ↩ preparation", ""),
        "return_audit": ("registration ↩ audit", "roll_not_yet_published"),
        "return_registration": ("nomination ↩ registration", ""),
        "return_nomination": ("vetting ↩ nomination", ""),
        "return_vetting": ("voting ↩ vetting", "no_round_opened"),
    },
    "party": {
        "start_audit": ("preparation → audit", """
            rectified_before_electing survey_done trained_before_electing election_requested_and_approved"""),
        "open_registration": ("audit → registration", "audit_reported audit_published_often_enough"),
        "open_nomination": ("registration → nomination", "due_settled left_out_with_both_approvals"),
        "open_vetting": ("nomination → vetting", "both_recommendations_held enough_candidates"),
        "open_voting": ("vetting → voting", "vetted_and_inspected notice_long_enough candidates_approved"),
        "hand_over": ("voting → handover", """
            quorum_present met_after_reply ballots_agree seats_filled secretary_elected"""),
        "return_preparation": ("audit ↩ preparation", ""),
        "return_audit": ("registration ↩ audit", ""),
        "return_registration": ("nomination ↩ registration", ""),
        "return_nomination": ("vetting ↩ nomination", ""),
    },
    "supervision": {
        "start_audit": ("preparation → audit", ""),
        "open_registration": ("audit → registration", ""),
        "open_nomination": ("registration → nomination", "villagers_committee_exists"),
        "open_vetting": ("nomination → vetting", "of_lawful_size somebody_keeps_books"),
        "open_voting": ("vetting → voting", "nobody_barred members_vetted"),
        "hand_over": ("voting → handover", "chosen_by_meeting"),
        "return_nomination": ("vetting ↩ nomination", ""),
    },
}
# What must hold before the file of a body is closed, beside standing in the last stage.
CLOSING = {
    "committee": "items_listed handover_signed handed_over_in_time archive_complete",
    "party": "result_approved",
    "supervision": "supervision_published",
}
# The round of voting that a page offers at all: the others are not the next to be held.
OFFERED = {
    "open_poll": "no_round_opened",
    "open_rerun": "last_round_confirmed no_tie_left seats_still_vacant",
    "open_tie": "last_round_confirmed tie_to_break",
}
# Acts beside the stages: from these standings, to this one, when this holds.
STANDING = {
    "suspend": ("active → suspended", "approved_from_above"),
    "resume": ("suspended → active", ""),
    "annul": ("active suspended closed → annulled", "approved_from_above"),
    "close": ("active → closed", ""),
}
# fmt: on
