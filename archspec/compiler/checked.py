"""From the text to the checked graph, and what can be read off it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from archspec.diagnostics import Diagnostic, Report
from archspec.source import NOWHERE

if TYPE_CHECKING:
    from archspec.analyses.summary import Summary
    from archspec.elaborate.budget import Budget
    from archspec.elaborate.names import Names
    from archspec.ir import Graph
    from archspec.recipes import Recipe
    from archspec.syntax.program import Program

Overrides = Mapping[str, object] | Sequence[str]
"""Values for parameters: as a mapping, or as texts such as `classes=10`."""

Sizes = Mapping[str, Sequence[int]]
"""Sizes of inputs by name, instead of those in the spec."""

Size = Literal["full"] | Sequence[int] | None
"""Spatial sizes for all inputs, the network's own, or small ones where its own take minutes."""


class Checked:
    """A spec on its way through the phases; each result is made when it is asked for."""

    def __init__(
        self,
        target: str,
        program: Program | None,
        report: Report,
        names: Names | None = None,
        network: str | None = None,
    ) -> None:
        self.target = target
        self.program = program
        self.report = report
        self.names = names
        self.network = network
        self._graphs: dict[str, Graph | None] = {}
        self._recipes: dict[str, Recipe | None] = {}
        self._asked = False

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found, in the order of the text; runs `check` where nothing ran before."""
        if not self._asked:
            self.check()
        sources: dict[int, int] = {id(NOWHERE.source): -1}
        for one in self.report.diagnostics:
            sources.setdefault(id(one.span.source), len(sources))
        found = self.report.diagnostics
        return tuple(sorted(found, key=lambda one: (sources[id(one.span.source)], one.span.start)))

    @property
    def failed(self) -> bool:
        """Whether anything found so far is an error."""
        return self.report.failed

    @property
    def networks(self) -> tuple[str, ...]:
        """The networks of the file that can be built as they are; templates are left out."""
        from archspec.elaborate.choose import required

        if self.program is None:
            return ()
        return tuple(one.name for one in self.program.networks if not required(one))

    def check(self) -> tuple[Diagnostic, ...]:
        """Check the chosen network, or every network of the file that can be built."""
        self._asked = True
        if self.network is not None:
            self.graph()
        else:
            from archspec.elaborate.budget import Budget

            budget = Budget()
            for name in self.networks:
                if budget.spent:
                    self._left_out(name)
                    break
                self._elaborated(name, budget)
        return self.diagnostics

    def _left_out(self, name: str) -> None:
        """Say that the check ended before a network, for all that the others cost."""
        assert self.program is not None
        definition = next(one for one in self.program.networks if one.name == name)
        self.report.add(
            "limit-exceeded",
            definition.name_span,
            f"`{name}` was not checked: the networks before it cost as much as one check may",
            help=f"check it by itself with `--network {name}`",
        )

    def graph(
        self,
        network: str | None = None,
        overrides: Overrides | None = None,
        sizes: Sizes | None = None,
    ) -> Graph | None:
        """The elaborated network, or None with diagnostics that say why not."""
        self._asked = True
        if self.program is None or self.names is None:
            return None
        from archspec.elaborate.asked import asked

        name = network or self.network
        found = asked(self.target, name, overrides or (), self.program, self.names, self.report)
        if found is None:
            return None
        if not found.values and not sizes:
            return self._elaborated(found.network)
        from archspec.elaborate.elaborate import elaborate

        return elaborate(
            self.program, found.network, self.report, overrides=found.values, sizes=sizes
        )

    def _elaborated(self, name: str, budget: Budget | None = None) -> Graph | None:
        """The network at its own defaults, its expectations checked."""
        if name not in self._graphs:
            from archspec.analyses.expectations import check_expectations
            from archspec.elaborate.elaborate import elaborate

            assert self.program is not None
            assert self.names is not None
            safe = self.names.safe(name)
            graph = elaborate(self.program, name, self.report, budget=budget) if safe else None
            self._graphs[name] = graph
            definition = next(one for one in self.program.networks if one.name == name)
            if graph is not None:
                check_expectations(graph, definition, self.report)
            if self._sections(name):
                from archspec.elaborate.recipe.sections import recipe_of

                made = recipe_of(self.program, name, graph, self.names, self.report, budget)
                self._recipes[name] = made
                if made is not None and graph is not None:
                    from archspec.training.check_source import check_source

                    check_source(made, graph, self.report)
        return self._graphs[name]

    def recipe(
        self, network: str | None = None, overrides: Overrides | None = None
    ) -> Recipe | None:
        """How the network is trained: its `train` section, or None with diagnostics."""
        graph = self.graph(network, overrides)
        if graph is None or self.program is None or self.names is None:
            return None
        from archspec.elaborate.recipe.sections import missing, recipe_of

        if not self._sections(graph.name):
            missing(self.program, graph.name, self.report)
            return None
        if not overrides:
            return self._recipes[graph.name]
        return recipe_of(self.program, graph.name, graph, self.names, self.report)

    def _sections(self, network: str) -> bool:
        """Whether the file says how to train the network."""
        from archspec.syntax import Train

        if self.program is None:
            return False
        if not any(isinstance(one, Train) for one in self.program.main.definitions):
            return False
        from archspec.elaborate.recipe.sections import sections_of

        return bool(sections_of(self.program, network))

    def summary(
        self,
        network: str | None = None,
        overrides: Overrides | None = None,
        sizes: Sizes | None = None,
    ) -> Summary | None:
        """What every layer makes and costs, and the totals."""
        from archspec.analyses.summary import summary

        graph = self.graph(network, overrides, sizes)
        return None if graph is None else summary(graph)

    def _sized(self, network: str | None, overrides: Overrides | None, size: Size) -> Graph | None:
        """The network at the sizes at which it is run to be compared."""
        from archspec.verification.sizes import reduced, resized, unfit

        def at_sizes(sizes: Sizes) -> Graph | None:
            tried = Checked(self.target, self.program, Report(), self.names, self.network)
            found = tried.graph(network, overrides, sizes)
            return None if tried.failed else found

        graph = self.graph(network, overrides)
        if graph is None or size == "full":
            return graph
        if size is None:
            return reduced(graph, at_sizes)
        wrong = unfit(graph, size)
        if wrong:
            help = "give one number for each spatial axis, or one for all of them"
            self.report.add("wrong-rank", NOWHERE, wrong, help=help)
            return None
        return self.graph(network, overrides, resized(graph, size))
