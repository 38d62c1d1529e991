"""Tells people about a token that does not fit."""

from __future__ import annotations

from archspec.diagnostics import Label, Report
from archspec.frontends.dsl.brackets import CLOSING, begins_line, unclosed
from archspec.frontends.dsl.expected import expected_words, found_words
from archspec.frontends.dsl.hints import hint
from archspec.frontends.dsl.repairs import Misfit, Repair
from archspec.frontends.dsl.simulate import accepted
from archspec.frontends.dsl.tables import END_OF_FILE, KINDS, NAME, NUMBER, TERMINALS


def explain(misfit: Misfit, repair: Repair | None, report: Report) -> None:
    """Report the token at which the driver stands; `repair` is how parsing will go on."""
    tokens, at = misfit.tokens, misfit.at
    choices = accepted(misfit.states)
    added = repair.insert if repair else ()
    opening = unclosed(tokens, at)
    if opening is not None and tokens.kinds[at] == END_OF_FILE and not tokens.text(opening):
        return  # A repair put that bracket there, and nobody closes what he did not open.
    span, label = tokens.span(at), ""
    if at and _missing_before(misfit, repair):
        span = tokens.span(at - 1)
        specific = added and added[0] not in (NAME, NUMBER)
        label = f"`{TERMINALS[added[0]]}` is missing after this" if specific else ""
        label = label or "something is missing after this"
    labels: list[Label] = []
    closes = bool(added) and added[0] in CLOSING
    if opening is not None and (closes or tokens.kinds[at] == END_OF_FILE):
        labels.append(Label(tokens.span(opening), f"this `{tokens.text(opening)}` is not closed"))
    report.add(
        "syntax-error",
        span,
        _message(misfit, choices, repair),
        label=label,
        labels=labels,
        help=hint(misfit, choices, repair),
    )


def _missing_before(misfit: Misfit, repair: Repair | None) -> bool:
    """Whether the mistake stands at the end of an earlier line."""
    if misfit.tokens.kinds[misfit.at] == END_OF_FILE:
        return True
    stays = repair is not None and not repair.skip
    return stays and begins_line(misfit.tokens, misfit.at)


def _message(misfit: Misfit, choices: list[int], repair: Repair | None) -> str:
    tokens, at = misfit.tokens, misfit.at
    kind = tokens.kinds[at]
    found = found_words(kind, tokens.text(at))
    if repair and repair.skip == 2 and repair.insert:
        found = f"`{tokens.span(at).to(tokens.span(at + 1)).text}`"
    if repair and repair.skip and repair.insert == (NAME,):
        return f"{found} is a keyword and cannot be a name"
    added = TERMINALS[repair.insert[0]] if repair and repair.insert else ""
    wanted = expected_words(choices, added)
    if repair and repair.insert and (repair.skip or repair.insert[0] == KINDS["}"]):
        wanted = f"`{added}`"
    return f"expected {wanted}, found {found}"
