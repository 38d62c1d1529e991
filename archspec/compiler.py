"""The only file that knows the order of the phases.

Each phase reports what it finds and returns what it made, or None; nothing raises at the user.
Phases that a call does not need are not imported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from archspec.diagnostics import Diagnostic, Report
from archspec.source import NOWHERE

if TYPE_CHECKING:
    from archspec.analyses.summary import Summary
    from archspec.elaborate.budget import Budget
    from archspec.elaborate.names import Names
    from archspec.ir import Graph
    from archspec.lowering.backend import Generated, Model
    from archspec.recipes import Recipe
    from archspec.syntax.program import Program
    from archspec.training.training import Training
    from archspec.verification import VerifyReport
    from archspec.weights.draw import Array
    from archspec.weights.importing import Imported

Overrides = Mapping[str, object] | Sequence[str]
"""Values for parameters: as a mapping, or as texts such as `classes=10`."""

Sizes = Mapping[str, Sequence[int]]
"""Sizes of inputs by name, instead of those in the spec."""


def load(target: str | Path, network: str | None = None) -> Compilation:
    """Read the spec at a path, or the shipped spec with the network of that name.

    Whatever is wrong stands in the result's `diagnostics`.

    >>> load("lenet5").summary().parameters
    61706
    """
    from archspec.frontends.locate import locate

    report = Report()
    file, found = locate(target, report)
    if file is None:
        return Compilation(str(target), None, report)
    from archspec.frontends.load import load_program

    program = load_program(file, report)
    if program is None:
        return Compilation(str(target), None, report)
    if report.failed:
        from archspec.elaborate.names_recovered import check_names_recovered

        check_names_recovered(program, report)
        return Compilation(str(target), None, report)
    from archspec.elaborate.names import check_names

    names = check_names(program, report)
    return Compilation(str(target), program, report, names, network or found)


class Compilation:
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

    def training(
        self, network: str | None = None, overrides: Overrides | None = None
    ) -> Training | None:
        """The network as it is trained, whose outputs are logits, with its recipe."""
        graph = self.graph(network, overrides)
        recipe = None if graph is None else self.recipe(network, overrides)
        if graph is None or recipe is None or self.program is None or self.names is None:
            return None
        from archspec.elaborate.asked import asked
        from archspec.training.training import training

        # What is wrong with the overrides has been told when they made the graph.
        given = asked(self.target, graph.name, overrides or (), self.program, self.names, Report())
        values = None if given is None else given.values
        return training(self.program, graph, recipe, self.report, overrides=values)

    def scripts(
        self, backend: str, network: str | None = None, overrides: Overrides | None = None
    ) -> dict[str, str] | None:
        """The network, data.py and train.py as the back end writes them, by file name."""
        found = self.training(network, overrides)
        if found is None:
            return None
        from archspec.training.training import scripts

        return scripts(found, backend, self.report)

    def _sections(self, network: str) -> bool:
        """Whether the file says how to train the network."""
        from archspec.syntax import Train

        definitions = self.program.main.definitions if self.program else ()
        return any(isinstance(one, Train) and one.network == network for one in definitions)

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

    def generate(
        self,
        backend: str,
        network: str | None = None,
        overrides: Overrides | None = None,
        sizes: Sizes | None = None,
    ) -> Generated | None:
        """The source code that the back end writes for the network."""
        graph = self.graph(network, overrides, sizes)
        if graph is None:
            return None
        from archspec.lowering.make import generate

        return generate(backend, graph, self.report)

    def build(
        self,
        backend: str,
        network: str | None = None,
        overrides: Overrides | None = None,
        sizes: Sizes | None = None,
        dtype: str = "float32",
    ) -> Model | None:
        """The network built by running the generated code; `.native` is the framework's model."""
        graph = self.graph(network, overrides, sizes)
        if graph is None:
            return None
        from archspec.lowering.make import build

        return build(backend, graph, dtype, self.report)

    def verify(
        self,
        network: str | None = None,
        overrides: Overrides | None = None,
        backends: Sequence[str] = ("torch", "keras"),
        size: Literal["full"] | Sequence[int] | None = None,
        trials: int = 1,
        seed: int = 0,
        timeout: float | None = None,
    ) -> VerifyReport | None:
        """Compare the back ends with each other and with NumPy on the same numbers.

        `size` are spatial sizes for all inputs, or `"full"` for the network's own; by default a
        large network is verified at the smallest size that fits it. `timeout` are the seconds
        that a framework may take to build the network, or for one run of it.
        """
        from archspec.lowering.make import generate
        from archspec.verification import verify
        from archspec.verification.command import command, texts
        from archspec.verification.limits import PATIENCE
        from archspec.verification.sizes import reduced, resized

        def at_sizes(sizes: Sizes) -> Graph | None:
            tried = Compilation(self.target, self.program, Report(), self.names, self.network)
            found = tried.graph(network, overrides, sizes)
            return None if tried.failed else found

        graph = self.graph(network, overrides)
        if graph is None:
            return None
        if size is None:
            graph = reduced(graph, at_sizes)
        elif size != "full":
            graph = self.graph(network, overrides, resized(graph, size))
        # What cannot be written is told here, and not by the processes that would run it.
        known = [name for name in backends if ":" not in name]
        if graph is None or not all(generate(name, graph, self.report) for name in known):
            return None
        name = network or self.network
        return verify(
            graph,
            backends,
            trials=trials,
            seed=seed,
            command=command(self.target, name, texts(overrides or ()), size, backends),
            patience=PATIENCE if timeout is None else timeout,
        )

    def import_weights(
        self,
        source: str | Path | Mapping[str, Array],
        network: str | None = None,
        overrides: Overrides | None = None,
        layout: str = "canonical",
    ) -> Imported | None:
        """The weights of `source` for the network, each tensor of both used exactly once.

        `source` is a file, a library's pretrained one as `torchvision:resnet50`, or arrays by
        name, which have the names and layouts of the back end `layout`.
        """
        graph = self.graph(network, overrides)
        if graph is None:
            return None
        from archspec.weights.importing import import_arrays, import_weights

        if isinstance(source, Mapping):
            return import_arrays(graph, source, layout, self.report)
        return import_weights(graph, source, self.report)

    def export_weights(
        self,
        weights: str | Path | Mapping[str, Array],
        backend: str,
        path: str | Path,
        network: str | None = None,
        overrides: Overrides | None = None,
    ) -> bool:
        """Write weights of the network for the code that `backend` generates.

        The ending of `path` says in which form: `.pth`, `.weights.h5`, and so on.
        """
        found = self.import_weights(weights, network, overrides)
        if found is None or not found.match.complete:
            return False
        from archspec.weights.exporting import export_weights

        return export_weights(found.graph, found.weights, backend, Path(path), self.report)
