"""The lines of the table of routes that are for volunteers."""

from leuvenhelpt.web.access import Route, Who
from leuvenhelpt.web.limits import typed_account
from leuvenhelpt.web.volunteer import (
    calendars,
    invitation,
    letterbox,
    my_help,
    offer,
    sign_in,
    staying,
    task,
    unsubscribe,
)

TABLE: tuple[Route, ...] = (
    Route("/helpen", "offer", offer.show, Who.EVERYONE),
    Route("/helpen", "offer_sent", offer.take, Who.EVERYONE, "POST", "30 per hour", typed_account),
    Route("/helpen/dank-u", "offer_taken", offer.taken, Who.EVERYONE),
    Route("/helpen/bevestigen/<token>", "offer_confirm", offer.show_confirm, Who.LINK),
    Route("/helpen/bevestigen/<token>", "offer_confirmed", offer.confirm, Who.LINK, "POST"),
    Route("/aanmelden", "sign_in", sign_in.show, Who.EVERYONE),
    Route("/aanmelden", "sign_in_sent", sign_in.check, Who.EVERYONE, "POST", "10 per hour", typed_account),
    Route("/aanmelden/mail", "link_sent", sign_in.link_sent, Who.EVERYONE),
    Route("/aanmelden/link/<token>", "link", sign_in.show_link, Who.LINK),
    Route("/aanmelden/link/<token>", "link_used", sign_in.use_link, Who.LINK, "POST"),
    Route("/mijn-hulp", "my_help", my_help.show, Who.VOLUNTEER),
    Route("/mijn-hulp/profiel", "my_profile", my_help.show_profile, Who.VOLUNTEER),
    Route("/mijn-hulp/profiel", "my_profile_sent", my_help.change, Who.VOLUNTEER, "POST"),
    Route("/mijn-hulp/wachtwoord", "my_password", my_help.set_password, Who.VOLUNTEER, "POST"),
    Route("/mijn-hulp/kaartjes", "my_cards", letterbox.make, Who.VOLUNTEER, "POST", "20 per hour"),
    Route("/mijn-hulp/pauze", "my_pause", my_help.pause, Who.VOLUNTEER, "POST"),
    Route("/mijn-hulp/terug", "my_return", my_help.resume, Who.VOLUNTEER, "POST"),
    Route("/mijn-hulp/stoppen", "my_leave", my_help.confirm_leaving, Who.VOLUNTEER),
    Route("/mijn-hulp/stoppen", "my_left", my_help.leave, Who.VOLUNTEER, "POST"),
    Route("/mijn-hulp/agenda", "my_calendar", calendars.renew, Who.VOLUNTEER, "POST"),
    Route("/mijn-hulp/agenda/uit", "my_calendar_off", calendars.put_off, Who.VOLUNTEER, "POST"),
    Route("/agenda/<token>", "calendar_feed", calendars.feed, Who.LINK),
    Route("/uitnodiging/<token>", "invitation", invitation.show, Who.LINK),
    Route("/uitnodiging/<token>", "invitation_answer", invitation.answer, Who.LINK, "POST"),
    Route("/taak/<token>", "task", task.show, Who.LINK),
    Route("/taak/<token>/agenda", "task_calendar", calendars.one_task, Who.LINK),
    Route("/taak/<token>/adres", "task_address", task.reveal, Who.LINK, "POST", "30 per hour"),
    Route("/taak/<token>/klaar", "task_finish", task.finish, Who.LINK, "POST"),
    Route("/taak/<token>/hoe-ging-het", "task_aftercare", task.say_how_it_went, Who.LINK, "POST"),
    Route("/taak/<token>/toch-niet", "task_drop", task.confirm_drop, Who.LINK),
    Route("/taak/<token>/toch-niet", "task_dropped", task.drop, Who.LINK, "POST"),
    Route("/vraag-mij-niets/<token>", "unsubscribe", unsubscribe.show, Who.LINK),
    Route(
        "/vraag-mij-niets/<token>", "unsubscribe_now", unsubscribe.pause, Who.LINK, "POST", is_one_click=True
    ),
    Route("/vraag-mij-niets/<token>/klaar", "unsubscribed", unsubscribe.done, Who.LINK),
    Route("/vraag-mij-niets/<token>/stoppen", "stop", staying.confirm_stopping, Who.LINK),
    Route("/vraag-mij-niets/<token>/stoppen", "stopped", staying.stop, Who.LINK, "POST"),
    Route("/blijven/<token>", "stay", staying.show, Who.LINK),
    Route("/blijven/<token>", "stayed", staying.stay, Who.LINK, "POST"),
    Route("/blijven/<token>/klaar", "stayed_done", staying.stayed, Who.LINK),
)
