"""Reports a token that does not fit."""

from __future__ import annotations

from archspec.frontends.dsl.driver import Driver


def recover(driver: Driver) -> None:
    """Report the token and give up."""
    tokens = driver.context.tokens
    found = tokens.text(driver.next) or "the end of the file"
    driver.context.report.add("syntax-error", tokens.span(driver.next), f"unexpected `{found}`")
    driver.values.insert(0, None)
