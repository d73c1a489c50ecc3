"""The frontier of asking, as in docs/asking.md: every policy, and ours at several worths of a promise.

    python -m benchmarks.asking --seeds 1 2 3 --into docs

Writes asking.json (the figures, means over the seeds) and asking.svg (the plot) into a folder, and prints the
tables in Markdown.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from leuvenhelpt.bootstrap import load_city
from leuvenhelpt.matching.weights import Weights
from leuvenhelpt.simulation.comparing import lived
from leuvenhelpt.simulation.measures import measures
from leuvenhelpt.simulation.policies import Policy, ours, policies
from leuvenhelpt.simulation.scenario import NAMES, scenario

WORTHS = (5.0, 7.0, 14.0)
DAYS = {"calling-round": 30}
SHOWN = (
    "solved", "solved_by_promise", "handed_to_person", "promises_broken", "first_yes_median_h",
    "first_yes_p95_h", "asks_per_solved", "volunteers_asked_share", "asks_gini",
    "newcomer_first_ask_median_days", "km_mean",
)  # fmt: skip
Figures = dict[str, Any]


def contenders(seed: int) -> list[Policy]:
    """The policies of the simulator, then ours turned one way and another."""
    turned = [ours(f"ours {worth:g}", worth) for worth in WORTHS]
    near = Weights(rarely_asked=0.5, waiting=0.2, newcomer=0.1)
    return [*policies(seed).values(), *turned, ours("ours nearest first", weights=near)]


def mean(rows: list[Figures]) -> Figures:
    """Each figure averaged over some runs; None where one of them has none."""
    return {name: _mean([row[name] for row in rows]) for name in rows[0]}


def _mean(figures: list[float | None]) -> float | None:
    known = [figure for figure in figures if figure is not None]
    return round(sum(known) / len(known), 3) if len(known) == len(figures) else None


def figures_of(name: str, seeds: list[int], days: int) -> dict[str, Figures]:
    """By policy, the figures of one scenario."""
    city, which = load_city("leuven"), scenario(name)
    rows: dict[str, list[Figures]] = {}
    for seed in seeds:
        for policy in contenders(seed):
            course = lived(city, which, policy, days=days, seed=seed, progress=lambda _text: None)
            rows.setdefault(policy.name, []).append(measures(course, days))
            print(f"{name}, seed {seed}: {policy.name}", file=sys.stderr, flush=True)
    return {policy: mean(found) for policy, found in rows.items()}


def markdown(name: str, figures: dict[str, Figures]) -> str:
    """One scenario as a table."""
    requests = round(next(iter(figures.values()))["requests"])
    lines = [f"### {name} ({requests} requests)", "", "| policy | " + " | ".join(SHOWN) + " |"]
    lines.append("|---" * (len(SHOWN) + 1) + "|")
    for policy, row in figures.items():
        lines.append(
            f"| {policy} | " + " | ".join("–" if row[k] is None else f"{row[k]:g}" for k in SHOWN) + " |"
        )
    return "\n".join(lines) + "\n"


def plot(report: dict[str, dict[str, Figures]]) -> str:
    """Asks per solved request against the share solved by the promise, a panel a scenario."""
    panels = [_panel(name, figures, 300 * number) for number, (name, figures) in enumerate(report.items())]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 340"'
        ' font-family="sans-serif" font-size="10">'
        "<title>Asks per solved request against requests solved by the promise</title>"
        '<rect width="900" height="340" fill="white"/>' + "".join(panels) + "</svg>\n"
    )


def _panel(name: str, figures: dict[str, Figures], left: int) -> str:
    shown = {policy: row for policy, row in figures.items() if (row["asks_per_solved"] or 99) <= 14}
    dots = [f'<text x="{left + 150}" y="20" text-anchor="middle" font-size="13">{name}</text>']
    dots.append(f'<path d="M{left + 40} 30V290H{left + 290}" stroke="#555" fill="none"/>')
    dots.append(f'<text x="{left + 165}" y="325" text-anchor="middle">asks per solved request</text>')
    for asks in range(0, 15, 2):
        dots.append(f'<text x="{left + 40 + asks * 17}" y="304" text-anchor="middle">{asks}</text>')
    for percent in range(60, 101, 10):
        height = 290 - (percent - 60) * 6.3
        dots.append(f'<text x="{left + 36}" y="{height + 3:.0f}" text-anchor="end">{percent}%</text>')
    for policy, row in shown.items():
        x = left + 40 + row["asks_per_solved"] * 17
        y = 290 - (max(row["solved_by_promise"] / row["requests"], 0.6) - 0.6) * 630
        colour = "#0b6b4f" if policy.startswith("ours") else "#b3541e"
        dots.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="{colour}"/>')
        dots.append(f'<text x="{x + 6:.0f}" y="{y + 3:.0f}" fill="{colour}">{policy}</text>')
    return "".join(dots)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--days", type=int, default=60, help="the calling round takes 30 at most")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--scenarios", nargs="+", default=list(NAMES))
    parser.add_argument("--into", type=Path, default=Path("docs"))
    chosen, report = parser.parse_args(), dict[str, dict[str, Figures]]()
    for name in chosen.scenarios:
        report[name] = figures_of(name, chosen.seeds, min(chosen.days, DAYS.get(name, chosen.days)))
        print(markdown(name, report[name]), flush=True)
    written = chosen.into / "asking.json"
    if written.exists():  # scenarios may be run one by one
        report = json.loads(written.read_text("utf-8")) | report
    written.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    (chosen.into / "asking.svg").write_text(plot(report), "utf-8")


if __name__ == "__main__":
    main()
