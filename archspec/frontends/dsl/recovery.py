"""Goes on after a token that does not fit, so that one run tells several mistakes."""

from __future__ import annotations

from archspec.frontends.dsl.driver import Driver
from archspec.frontends.dsl.explain import explain
from archspec.frontends.dsl.repairs import Repair, find_misfit, find_repair

_MISTAKES = 20
"""After so many the rest is more likely noise than news."""


def recover(driver: Driver) -> bool:
    """Report each misfit, mend it, and parse on; False when no way on was found."""
    for _ in range(_MISTAKES):
        if driver.context.refused:
            return False
        misfit = find_misfit(driver)
        repair = find_repair(misfit, driver.states)
        explain(misfit, repair, driver.context.report)
        if repair is None:
            return False
        _apply(driver, repair)
        if driver.run():
            return True
    return False


def _apply(driver: Driver, repair: Repair) -> None:
    del driver.states[repair.height :]
    del driver.values[repair.height - 1 :], driver.begins[repair.height - 1 :]
    tokens, at = driver.context.tokens, driver.next
    driver.next = repair.start
    if repair.start == at and not repair.insert:
        driver.next += repair.skip
        return
    place = tokens.ends[at - 1] if at else 0
    end = at + repair.skip
    tokens.kinds[at:end] = repair.insert
    tokens.starts[at:end] = [place] * len(repair.insert)
    tokens.ends[at:end] = [place] * len(repair.insert)
