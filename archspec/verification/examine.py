"""Compares the results of all sides in one mode, tensor by tensor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from archspec.analyses.needed import needed
from archspec.ir import Graph
from archspec.verification.inside import Inside
from archspec.verification.kinds import Compared, compare32, compare64
from archspec.verification.report import WORDS, Comparison, VerifyReport
from archspec.verification.side import REFERENCE, ReferenceResults, Results
from archspec.verification.tell import REFERENCED, Teller
from archspec.verification.tensors import KINDS

TOLD = (*REFERENCED, "weight_gradients", "input_gradients")
"""The kinds in the order of what they say: an input gradient differs wherever a weight gradient
does, and says less."""


@dataclass(slots=True)
class Examination:
    """All comparisons of one trial in one mode; rows and findings go to the report."""

    graph: Graph
    teller: Teller
    report: VerifyReport
    seed: int
    training: bool
    shaken: Callable[[bool], Iterator[Mapping[str, Results]]]

    def examine(
        self,
        wide: Mapping[str, Results],
        narrow: Mapping[str, Results],
        reference: ReferenceResults | None,
        known: Inside,
    ) -> None:
        """Each side with each other one in float64 and float32, then each with the reference.

        One finding is enough: what is wrong in float64 is wrong in float32 too, and where sides
        differ the finding says which of them the reference contradicts. `known` is what it shows
        of the values inside.
        """
        expected = {kind: self._expected(kind) for kind in KINDS}
        told = False
        everything = {**wide, **({} if reference is None else {REFERENCE: reference})}
        for left, right in combinations(wide, 2):
            rows = {
                kind: compare64(kind, expected[kind], wide[left], wide[right], known)
                for kind in KINDS
            }
            told = self._judge("float64", left, right, rows, everything, told)
        for left, right in combinations(narrow, 2):
            pairs = (narrow[left], wide[left]), (narrow[right], wide[right])

            def moved(
                left: str = left, right: str = right, told: bool = told
            ) -> Iterator[tuple[Results, Results]]:
                # What is wrong in float64 needs no other explanation.
                made = iter(()) if told else self.shaken(self.training)
                return ((one[left], one[right]) for one in made if {left, right} <= set(one))

            rows = {kind: compare32(kind, expected[kind], *pairs, moved, known) for kind in KINDS}
            told = self._judge("float32", left, right, rows, narrow, told)
        for side in wide if reference is not None else ():
            rows = {
                kind: compare64(kind, expected[kind], wide[side], everything[REFERENCE], known)
                for kind in REFERENCED
            }
            told = self._judge("float64", side, REFERENCE, rows, everything, told)

    def _expected(self, kind: str) -> list[str]:
        """The names of the tensors that each side should have."""
        graph = self.graph
        if kind == "outputs":
            more = graph.training_output_names if self.training else ()
            return [*graph.output_names, *more]
        if kind == "input_gradients":
            return list(graph.input_names)
        weights = graph.weights.values()
        if kind == "statistics":
            return [one.name for one in weights if self.training and not one.trainable]
        used = set(graph.nodes if self.training else needed(graph))
        return [one.name for one in weights if one.trainable and not used.isdisjoint(one.users)]

    def _judge(
        self,
        dtype: str,
        left: str,
        right: str,
        rows: Mapping[str, Compared],
        results: Mapping[str, Results],
        told: bool,
    ) -> bool:
        """Write the rows down, and a finding where something differs and none was told yet."""
        self._write_down(dtype, left, right, rows)
        for kind in TOLD:
            if kind in rows and rows[kind].over and not told:
                found = self.teller.finding(dtype, (left, right), kind, rows[kind], results)
                # What is wrong in inference is wrong in training too.
                if all(found.value != other.value for other in self.report.findings):
                    self.report.findings.append(found)
                return True
        return told

    def _write_down(self, dtype: str, left: str, right: str, rows: Mapping[str, Compared]) -> None:
        mode = "training" if self.training else "inference"
        for kind, one in rows.items():
            numbers = one.tensors, one.worst, one.difference, one.limit, one.rounding
            if one.tensors:
                row = Comparison(self.seed, dtype, mode, kind, left, right, *numbers)
                self.report.comparisons.append(row)
            note = f"in {mode} all {WORDS[kind]} are next to nothing, so comparing them says little"
            if one.silent and note not in self.report.notes:
                self.report.notes.append(note)
