"""Pages made larger by whoever reads them: more space between letters and lines, larger text, four times as close.

The style comes in as a style sheet of the reader does: past the policy of the page, and over its rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

# WCAG 1.4.12; 1.4.4 (text alone at 200 %); 1.4.10 (1280 x 1024 at 400 % is a window of 320 x 256).
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""
DOUBLED = ":root { font-size: 200% !important; }"
WAYS: tuple[tuple[str, str, int, int], ...] = (
    ("spaced", SPACED, 320, 800),
    ("spaced", SPACED, 1280, 800),
    ("text doubled", DOUBLED, 1280, 800),
    ("400 %", "", 320, 256),
)
WEAR = """style => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets = style ? [sheet] : [];
}"""
# What does not fit: text that is cut off, sticks out of its box or lies over other text, and what is wider than the
# window. What scrolls by itself, what only screen readers read and drawings are left out.
BURST = """() => {
  const found = [], unseen = "svg, .vh, .skip, .areamap", name = it => {
    return `${it.tagName.toLowerCase()}.${it.className} "${it.textContent.trim().slice(0, 30)}"`;
  };
  const scrolls = one => ["auto", "scroll"].includes(one);
  const isShown = it => it.checkVisibility() && !it.closest(unseen) && it.clientWidth;
  for (const it of [...document.querySelectorAll("body *")].filter(isShown)) {
    const style = getComputedStyle(it);
    if (style.display === "inline" || it.matches("input, select, textarea, progress")) continue;
    const wide = it.scrollWidth - it.clientWidth > 1 && !scrolls(style.overflowX);
    const high = it.scrollHeight - it.clientHeight > 0.5 * parseFloat(style.fontSize) && !scrolls(style.overflowY);
    if (wide) found.push(`${name(it)} is ${it.scrollWidth - it.clientWidth} px too narrow`);
    if (high) found.push(`${name(it)} is ${it.scrollHeight - it.clientHeight} px too low`);
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), boxes = [];
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const it = node.parentElement;
    if (!node.data.trim() || !it.checkVisibility() || it.closest(`${unseen}, .scroll, select, textarea`)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { left, right, top, bottom, height } of range.getClientRects()) {
      boxes.push({ node, left: left + 1, right: right - 1, top: top + height / 4, bottom: bottom - height / 4 });
    }
  }
  for (const [i, one] of boxes.entries()) {
    const over = boxes.slice(i + 1).find(other => other.node !== one.node && one.left < other.right
      && other.left < one.right && one.top < other.bottom && other.top < one.bottom);
    if (over) found.push(`${name(one.node.parentElement)} lies over ${name(over.node.parentElement)}`);
  }
  const wider = document.documentElement.scrollWidth - innerWidth;
  return wider > 0 ? [...found, `${wider} px too wide`] : found;
}"""


def larger(page: Page) -> Iterator[tuple[str, int, list[str]]]:
    """The page made larger in each of the ways: how, how wide the window is, and what no longer fits."""
    for way, style, width, height in WAYS:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(WEAR, style)
        yield way, width, page.evaluate(BURST)
    page.evaluate(WEAR, "")
