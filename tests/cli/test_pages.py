"""Pages as the visitor without a browser reads and sends them."""

from __future__ import annotations

from leuvenhelpt.cli.pages import Form, read_page

HTML = """<!doctype html><html lang="nl"><head><title>Niet gezien</title></head><body>
<h1>Waarmee <em>kunnen</em> wij helpen?</h1><p>Eén &amp; ander<br>verder</p>
<a href="/vraag/abc.def">Uw vraag</a><a href="/elders">Elders</a>
<form method="post" action="/hulp-vragen">
  <input type="hidden" name="key" value="k&quot;1"><input name="website"><input name="off" value="1" disabled>
  <input type="radio" name="kind" value="dog"><input type="radio" name="kind" value="meal" checked>
  <input type="checkbox" name="languages" value="nl" checked><input type="checkbox" name="languages" value="fr">
  <input type="checkbox" name="agreed">
  <select name="postcode"><option value="">Kies</option><option value="3000" selected>3000 Leuven</option></select>
  <select name="day"><option>maandag</option><option>dinsdag</option></select>
  <textarea name="words">
Brood &lt;3</textarea>
  <button name="go" value="next">Verder</button><button type="button">Niets</button><input type="submit" name="s">
</form>
<script>var unseen = "<b>x</b>";</script></body></html>"""


def form() -> Form:
    found = read_page("http://localhost/hulp-vragen", HTML).form_asking("kind")
    assert found is not None
    return found


def test_the_words_of_a_page_are_what_can_be_read() -> None:
    page = read_page("http://localhost/", HTML)
    assert page.heading == "Waarmee kunnen wij helpen?"
    assert page.root.words.startswith(
        "Waarmee kunnen wij helpen? Eén & ander verder Uw vraag Elders Kies 3000 Leuven"
    )
    assert "unseen" not in page.root.words


def test_links_are_found_by_their_address() -> None:
    assert read_page("http://localhost/", HTML).links("/vraag/") == ["/vraag/abc.def"]


def test_an_untouched_form_sends_what_a_browser_would() -> None:
    assert form().filled({}) == [
        ("key", 'k"1'),
        ("website", ""),
        ("kind", "meal"),
        ("languages", "nl"),
        ("postcode", "3000"),
        ("day", "maandag"),
        ("words", "Brood <3"),
    ]


def test_answers_replace_what_stood_there_and_only_what_is_asked_is_answered() -> None:
    answers = {"kind": "dog", "languages": ["fr", "nl"], "agreed": "on", "name": "not asked here"}
    assert form().filled(answers) == [
        ("key", 'k"1'),
        ("website", ""),
        ("postcode", "3000"),
        ("day", "maandag"),
        ("words", "Brood <3"),
        ("agreed", "on"),
        ("kind", "dog"),
        ("languages", "fr"),
        ("languages", "nl"),
    ]


def test_a_form_knows_where_it_goes_and_its_buttons() -> None:
    assert (form().method, form().action) == ("POST", "/hulp-vragen")
    assert [(button.get("value"), button.words) for button in form().buttons] == [("next", "Verder")]
