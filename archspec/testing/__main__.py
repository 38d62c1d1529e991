"""`python -m archspec.testing`: drawn networks through all back ends, and planted mistakes."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

from archspec.testing.campaign import Campaign, Tally
from archspec.testing.mistakes.frameworks import Frameworks
from archspec.testing.refusals import Refusals, refusals

SMALLER = 3
"""So many networks that fail are made smaller at the end; that takes a minute each."""


def main() -> int:
    """Run both, print what was found, and say 1 where anything is wrong."""
    given = _arguments()
    started = time.monotonic()

    def say(text: str) -> None:
        print(f"[{time.monotonic() - started:6.0f} s] {text}", flush=True)

    mistakes = _mistakes(given, say)
    campaign = Campaign(given.backends, given.seed, say, given.ops)
    try:
        tally = campaign.run(range(given.start, given.start + given.networks))
        for number, text, kind in tally.failed[:SMALLER]:
            say(f"network {number}, made smaller:\n{campaign.smaller(text, kind)}")
    finally:
        campaign.close()
    print(summary(tally, mistakes))
    return 1 if tally.wrong or mistakes.wrong else 0


def _mistakes(given: argparse.Namespace, say: Callable[[str], None]) -> Refusals:
    if not given.mistakes:
        return Refusals()
    frameworks = Frameworks(given.backends)
    try:
        return refusals(
            given.seed, range(given.start, given.start + given.mistakes), say, frameworks
        )
    finally:
        frameworks.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m archspec.testing", description=__doc__)
    parser.add_argument("--networks", type=int, default=2000, help="how many networks to draw")
    parser.add_argument("--mistakes", type=int, default=2000, help="how many mistakes to plant")
    parser.add_argument("--seed", type=int, default=0, help="the same seed draws the same")
    parser.add_argument("--start", type=int, default=0, help="the number of the first one")
    parser.add_argument("--backends", nargs="+", default=["torch", "keras"], metavar="NAME")
    parser.add_argument("--ops", nargs="+", default=[], metavar="OP", help="use one in each")
    return parser.parse_args()


def summary(tally: Tally, mistakes: Refusals) -> str:
    """The figures, a line each."""
    wrong = tally.wrong
    lines = [
        f"networks              {tally.networks}",
        f"layers                {tally.layers}, of {len(tally.ops)} ops",
        f"attributes given      {len(tally.attributes)}",
        f"refused by back ends  {sum(tally.refused.values())}",
        *(f"  {count} x {why}" for why, count in tally.refused.most_common(8)),
        f"failures              {wrong['failure']}",
        f"disagreements         {wrong['disagreement']}",
        f"wrong shapes          {wrong['shape']}",
        f"wrong counts          {wrong['count']}",
        f"changed weights       {wrong['weights']}",
        f"compiled or saved     {tally.detours}, of which {wrong['detour']} changed",
        f"texts, order, code    {wrong['text']}, {wrong['order']}, {wrong['code']}",
        f"mistakes              {mistakes.mistakes}, of {len(mistakes.kinds)} kinds",
        f"accepted              {mistakes.wrong['accepted']}",
        f"wrong lines           {mistakes.wrong['elsewhere']}",
        f"failures              {mistakes.wrong['failure']}",
        f"asked                 {mistakes.asked} of NumPy, {mistakes.run} of the frameworks",
        f"false alarms          {mistakes.wrong['alarm']}",
        f"refused on purpose    {sum(mistakes.strict.values())}, which frameworks compute",
        *(f"  {count} x {why}" for why, count in mistakes.strict.most_common()),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
