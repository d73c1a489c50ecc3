"""The keyboard: going from one thing to the next, as somebody who must see where they are."""

from __future__ import annotations

from typing import TypedDict

from playwright.sync_api import Locator, Page

MOST_TABS = 150

# What has the focus, and how it shows: its outline stands out 3 to 1 against what is behind it (WCAG 1.4.11, 2.4.7),
# it is in the window, and nothing lies over all of it (2.4.11). `wanted`: is it one of the given?
STOP = """wanted => {
  const it = document.activeElement, label = it.labels?.[0];
  const paint = colour => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = colour => paint(colour).slice(0, 3).map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = one => {
    for (let at = one.parentElement; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (paint(colour)[3] === 255) return colour;
    }
    return "white";
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const shows = one => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && contrast(outlineColor, behind(one)) >= 3;
  };
  const boxes = [it, label].filter(Boolean).map(one => one.getBoundingClientRect());
  const isOpen = box => [0.1, 0.5, 0.9].some(x => [0.1, 0.5, 0.9].some(y => {
    const hit = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
    return hit && (it.contains(hit) || label?.contains(hit) || hit.contains(it) && hit !== document.body);
  }));
  const every = [...document.querySelectorAll("*")];
  return {
    at: every.indexOf(it),
    name: `${it.tagName} ${it.id} ${(label ?? it).textContent.trim().slice(0, 40)}`,
    marked: [it, label].filter(Boolean).some(shows),
    seen: boxes.some(isOpen),
    inPage: it !== document.body && it !== document.documentElement,
    wanted: wanted.includes(it),
  };
}"""
# What can be used, and so must be reachable; of radio buttons one in a group is.
USABLE = """() => {
  const all = [...document.querySelectorAll("*")], groups = new Set();
  const isUsable = it => it.matches("a[href], button, input, select, textarea, summary, [tabindex='0']")
    && !it.disabled && !it.closest('[inert]') && it.tabIndex >= 0 && it.checkVisibility({ visibilityProperty: true });
  const isNew = it => it.type !== "radio" || !groups.has(it.name) && groups.add(it.name);
  return all.filter(isUsable).filter(isNew).map(it => [all.indexOf(it), it.type === "radio" ? it.name : ""]);
}"""
TO_THE_TOP = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  scrollTo(0, 0);
}"""
BEHIND_THE_FRAME = """() => {
  const here = document.createElement("span");
  here.tabIndex = -1;
  [...document.querySelectorAll("iframe")].at(-1).after(here);
  here.focus();
  here.remove();
}"""
RADIO = "at => { const it = document.querySelectorAll('*')[at]; return it.type === 'radio' ? it.name : ''; }"


class Stop(TypedDict):
    """Where the focus is. `at`: the how manieth element of the document."""

    at: int
    name: str
    marked: bool
    seen: bool
    inPage: bool
    wanted: bool


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until one of these has the focus, seen all the way."""
    targets = wanted.element_handles()
    assert targets, f"nothing to reach: {wanted}"
    stop: Stop = page.evaluate(STOP, targets)
    for _ in range(MOST_TABS):
        if stop["wanted"]:
            return
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP, targets)
        if stop["inPage"]:
            assert stop["marked"], f"no mark on {stop['name']}"
            assert stop["seen"], f"focus out of sight on {stop['name']}"
    raise AssertionError(f"{wanted} cannot be reached")


def faults_by_key(page: Page) -> list[str]:
    """What is wrong when Tab is pressed from beginning to end.

    Focus that is not seen, another order than that of the page, something never reached; a trap fails at once.
    """
    usable: list[tuple[int, str]] = page.evaluate(USABLE)
    stops = _round(page, 2 * len(usable) + 5)  # a field for a day takes several
    found = [f"no mark on {stop['name']}" for stop in stops if not stop["marked"]]
    found += [f"focus out of sight on {stop['name']}" for stop in stops if not stop["seen"]]
    order = [stop["at"] for stop in stops]
    if order != sorted(order):
        found.append(f"focus jumps: {[stop['name'] for stop in stops]}")
    groups = {page.evaluate(RADIO, at) for at in order}
    missed = [at for at, group in usable if at not in order and (not group or group not in groups)]
    return found + [f"never reached: {_name(page, at)}" for at in missed]


def _round(page: Page, most: int) -> list[Stop]:
    """The stops from the top of the page to its end; a trap ends as a list that is too long."""
    page.bring_to_front()  # in a window behind another, the focus that leaves a frame is lost
    page.evaluate(TO_THE_TOP)
    stops: list[Stop] = []
    is_within = False
    for _ in range(most):
        page.keyboard.press("Tab")
        stop: Stop = page.evaluate(STOP, [])
        if is_within and not stop["inPage"]:
            stop = _out_of_a_frame(page)
        is_within = stop["name"].startswith("IFRAME")
        if not stop["inPage"] or (stops and stop["at"] == stops[0]["at"]):
            return stops
        if not is_within:  # what is marked is within, on a page of its own
            stops.append(stop)
    raise AssertionError(f"no end: {[stop['name'] for stop in stops]}")


def _out_of_a_frame(page: Page) -> Stop:
    """Where the focus is when it has come out of a frame: that is a process of its own, so it may take a moment."""
    for _ in range(5):
        page.wait_for_timeout(300)
        stop: Stop = page.evaluate(STOP, [])
        if stop["inPage"]:
            return stop
    # In a window that only seems to have the focus it may be lost on the way: on from behind the frame.
    page.evaluate(BEHIND_THE_FRAME)
    page.keyboard.press("Tab")
    behind: Stop = page.evaluate(STOP, [])
    return behind


def _name(page: Page, at: int) -> str:
    found: str = page.evaluate("at => document.querySelectorAll('*')[at].outerHTML.slice(0, 90)", at)
    return found
