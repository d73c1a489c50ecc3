"""The routes of the desk and of the demonstration."""

from leuvenhelpt.web.access import Route, Who
from leuvenhelpt.web.limits import halfway_account, typed_account
from leuvenhelpt.web.staff import (
    asking,
    concerns,
    deciding,
    demonstration,
    desk,
    letterbox,
    letters,
    phone,
    requests,
    sign_in,
    volunteers,
    what_if,
    why_not,
)

SIGN_IN_TRIES, CODE_TRIES = "10 per 15 minutes", "5 per 15 minutes"
REQUEST = "/balie/hulpvragen/<reference>"
VOLUNTEER = "/balie/vrijwilligers/<public_id>"
CALL = f"{REQUEST}/bellen/<int:notification_id>"

TABLE: tuple[Route, ...] = (
    Route("/balie/aanmelden", "desk_sign_in", sign_in.show, Who.EVERYONE),
    Route(
        "/balie/aanmelden", "desk_password", sign_in.check, Who.EVERYONE, "POST", SIGN_IN_TRIES, typed_account
    ),
    Route("/balie/aanmelden/code", "desk_code", sign_in.show_code, Who.EVERYONE),
    Route(
        "/balie/aanmelden/code",
        "desk_second_factor",
        sign_in.check_code,
        Who.EVERYONE,
        "POST",
        CODE_TRIES,
        halfway_account,
    ),
    Route("/afmelden", "sign_out", sign_in.sign_out, Who.EVERYONE, "POST"),
    Route("/balie", "desk", desk.desk, Who.STAFF),
    Route("/balie/terugbellen", "desk_calls", desk.calls, Who.STAFF),
    Route("/balie/zorgen", "desk_concerns", desk.concerns, Who.STAFF),
    Route("/balie/zorgen/<int:concern_id>", "desk_concern", concerns.show, Who.STAFF),
    Route("/balie/zorgen/<int:concern_id>", "desk_concern_settled", concerns.settle, Who.STAFF, "POST"),
    Route("/balie/zorgen/<int:concern_id>/toon", "desk_reporter", concerns.show_reporter, Who.STAFF, "POST"),
    Route("/balie/nieuwe-oproep", "desk_call", phone.start, Who.STAFF),
    Route("/balie/nieuwe-oproep", "desk_call_taken", phone.take, Who.STAFF, "POST"),
    Route("/balie/nieuwe-oproep/<reference>", "desk_call_done", phone.done, Who.STAFF),
    Route("/balie/hulpvragen", "desk_requests", requests.listed, Who.STAFF),
    Route(REQUEST, "desk_request", requests.one, Who.STAFF),
    Route(f"{REQUEST}/waarom-niet", "desk_why_not", why_not.searched, Who.STAFF),
    Route(f"{REQUEST}/neem-op", "desk_take_up", desk.take_up, Who.STAFF, "POST"),
    Route(f"{REQUEST}/toon", "desk_identity", requests.show_identity, Who.STAFF, "POST"),
    Route(f"{REQUEST}/vraag", "desk_ask", asking.ask, Who.STAFF, "POST"),
    Route(f"{REQUEST}/keur-goed", "desk_approve", asking.approve, Who.STAFF, "POST"),
    Route(f"{REQUEST}/laat-over", "desk_leave", asking.leave, Who.STAFF, "POST"),
    Route(f"{REQUEST}/plaats", "desk_place", asking.place, Who.STAFF, "POST"),
    Route(f"{CALL}/verteld", "desk_told", asking.told, Who.STAFF, "POST"),
    Route(f"{CALL}/niemand", "desk_no_answer", asking.no_answer, Who.STAFF, "POST"),
    Route(f"{CALL}/hoe-ging-het", "desk_aftercare", asking.how_it_went, Who.STAFF, "POST"),
    Route(f"{REQUEST}/wijzig", "desk_change", phone.start_change, Who.STAFF, "POST"),
    Route(f"{REQUEST}/gewijzigd", "desk_changed", phone.change, Who.STAFF, "POST"),
    Route(f"{REQUEST}/doe/<act>", "desk_act", deciding.about_request, Who.STAFF),
    Route(f"{REQUEST}/doe/<act>", "desk_decide", deciding.decide_request, Who.STAFF, "POST"),
    Route("/balie/vrijwilligers", "desk_volunteers", volunteers.listed, Who.STAFF),
    Route(VOLUNTEER, "desk_volunteer", volunteers.one, Who.STAFF),
    Route(f"{VOLUNTEER}/toon", "desk_contact", volunteers.show_contact, Who.STAFF, "POST"),
    Route(f"{VOLUNTEER}/bedankje/<int:match_id>", "desk_thanks", volunteers.remove_thanks, Who.STAFF, "POST"),
    Route(f"{VOLUNTEER}/plaats", "desk_volunteer_place", volunteers.place, Who.STAFF, "POST"),
    Route(f"{VOLUNTEER}/doe/<act>", "desk_volunteer_act", deciding.about_volunteer, Who.STAFF),
    Route(f"{VOLUNTEER}/doe/<act>", "desk_volunteer_decide", deciding.decide_volunteer, Who.STAFF, "POST"),
    Route("/balie/brieven", "desk_letters", letters.listed, Who.STAFF),
    Route("/balie/brieven/afdrukken", "desk_letters_printed", letters.to_print, Who.STAFF, "POST"),
    Route("/balie/brieven/gepost", "desk_letters_posted", letters.posted, Who.STAFF, "POST"),
    Route(f"{REQUEST}/brief", "desk_letter", letters.want, Who.STAFF, "POST"),
    Route("/balie/kaartjes", "desk_cards", letterbox.listed, Who.STAFF),
    Route("/balie/kaartjes", "desk_cards_made", letterbox.make, Who.STAFF, "POST"),
    Route("/balie/wat-als", "desk_what_if", what_if.listed, Who.STAFF),
    Route("/balie/wat-als", "desk_what_if_asked", what_if.ask, Who.STAFF, "POST"),
    Route("/balie/wat-als/<int:trial_id>", "desk_trial", what_if.one, Who.STAFF),
    Route("/balie/wat-als/<int:trial_id>/opnieuw", "desk_trial_again", what_if.try_again, Who.STAFF, "POST"),
    Route("/demonstratie", "demonstration", demonstration.show, Who.DEMONSTRATION),
    Route("/demonstratie/berichten", "demo_messages", demonstration.messages, Who.DEMONSTRATION),
    Route("/demonstratie/berichten/<name>", "demo_message", demonstration.message, Who.DEMONSTRATION),
    Route("/demonstratie/berichten/<name>/html", "demo_html", demonstration.message_html, Who.DEMONSTRATION),
)
