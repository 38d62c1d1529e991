"""The only file that knows the order of the phases.

Each phase reports what it finds and returns what it made, or None; nothing raises at the user.
Phases that a call does not need are not imported.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from archspec import syntax
from archspec.diagnostics import Diagnostic, Report
from archspec.source import NOWHERE

if TYPE_CHECKING:
    from archspec.analyses.summary import Summary
    from archspec.elaborate.names import Names
    from archspec.ir import Graph
    from archspec.lowering.backend import Backend, Generated, Model
    from archspec.syntax.program import Program
    from archspec.verification import VerifyReport

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
    report = Report()
    file, found = _locate(target, report)
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


def _locate(target: str | Path, report: Report) -> tuple[Path | None, str | None]:
    """The file to read, and the network that the target names in it."""
    path = Path(target)
    if isinstance(target, Path) or path.suffix or _exists(path.is_file):
        return path, None
    from archspec.source import shipped

    found = shipped.find(target)
    if found is not None:
        file, name = found
        return _below_here(file), name
    if _exists(path.exists):
        return path, None
    from archspec.diagnostics.suggest import did_you_mean

    report.add(
        "unknown-network",
        NOWHERE,
        f"there is no file and no shipped network called `{target}`",
        help=did_you_mean(target, shipped.names()),
    )
    return None, None


def _below_here(file: Path) -> Path:
    """The path as people would write it, where the file lies below the current folder."""
    try:
        return file.relative_to(Path.cwd())
    except (OSError, ValueError):
        return file


def _exists(ask: Callable[[], bool]) -> bool:
    try:
        return ask()
    except (OSError, ValueError):
        # The target cannot even be a path: too long, or with a zero byte.
        return False


def required(definition: syntax.Network | syntax.Variant) -> list[str]:
    """The parameters that must be given before the network can be built."""
    if isinstance(definition, syntax.Variant):
        return []
    return [one.name for one in definition.parameters if one.default is None]


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
        return tuple(one.name for one in self._definitions() if not required(one))

    def _definitions(self) -> list[syntax.Network | syntax.Variant]:
        if self.program is None:
            return []
        kinds = (syntax.Network, syntax.Variant)
        return [one for one in self.program.main.definitions if isinstance(one, kinds)]

    def check(self) -> tuple[Diagnostic, ...]:
        """Check the chosen network, or every network of the file that can be built."""
        self._asked = True
        chosen = None if self.network is None else self._choose(None)
        for name in self.networks if self.network is None else [chosen] if chosen else []:
            self._elaborated(name)
        return self.diagnostics

    def graph(
        self,
        network: str | None = None,
        overrides: Overrides | None = None,
        sizes: Sizes | None = None,
    ) -> Graph | None:
        """The elaborated network, or None with diagnostics that say why not."""
        self._asked = True
        values: dict[str, syntax.Expression] | None = {}
        if overrides and self.program is not None:
            from archspec.elaborate.overrides import overrides as read

            values = read(overrides, self.program, self.report)
        chosen = self._choose(network, given=values or ())
        if self.program is None or chosen is None or values is None or not self._ends(chosen):
            return None
        if not values and not sizes:
            return self._elaborated(chosen)
        from archspec.elaborate.elaborate import elaborate

        return elaborate(self.program, chosen, self.report, overrides=values, sizes=sizes)

    def _elaborated(self, name: str) -> Graph | None:
        """The network at its own defaults, its expectations checked."""
        if name not in self._graphs:
            from archspec.analyses.expectations import check_expectations
            from archspec.elaborate.elaborate import elaborate

            assert self.program is not None
            graph = elaborate(self.program, name, self.report) if self._ends(name) else None
            self._graphs[name] = graph
            definition = next(one for one in self._definitions() if one.name == name)
            if graph is not None:
                check_expectations(graph, definition, self.report)
        return self._graphs[name]

    def _ends(self, network: str) -> bool:
        """Whether no definition that the network needs uses itself."""
        return self.names is None or self.names.safe(network)

    def _choose(self, network: str | None, given: Collection[str] = ()) -> str | None:
        """The name of the network to build; `given` are the parameters that have values."""
        if self.program is None:
            return None
        name = network or self.network
        definitions = self._definitions()
        if name is None:
            return self._only(definitions)
        found = next((one for one in definitions if one.name == name), None)
        if found is None:
            from archspec.diagnostics.suggest import did_you_mean

            names = [one.name for one in definitions]
            message = f"{self.target} has no network `{name}`"
            self.report.add("unknown-network", NOWHERE, message, help=did_you_mean(name, names))
            return None
        missing = [one for one in required(found) if one not in given]
        if missing:
            listed = ", ".join(f"`{one}`" for one in missing)
            self.report.add(
                "network-is-template",
                found.name_span,
                f"network `{name}` needs {listed}, so it cannot be built by itself",
                label="a template",
                help=f"give it with `--set {missing[0]}=…`, or name one of its variants",
            )
            return None
        return name

    def _only(self, definitions: Sequence[syntax.Network | syntax.Variant]) -> str | None:
        """The one network that can be built, where there is just one."""
        names = self.networks
        if len(names) == 1:
            return names[0]
        if names:
            self.report.add(
                "several-networks",
                NOWHERE,
                f"{self.target} has several networks: {', '.join(names)}",
                help=f"choose one, such as `--network {names[0]}`",
            )
        elif definitions:
            self._choose(definitions[0].name)
        elif not self.report.failed:
            message = f"{self.target} defines no network"
            self.report.add("no-network", NOWHERE, message, help="add `network name { … }`")
        return None

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
        found = None if graph is None else self._backend(backend, graph)
        return None if graph is None or found is None else found.generate(graph)

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
        found = None if graph is None else self._backend(backend, graph)
        if graph is None or found is None:
            return None
        try:
            return found.build(graph, dtype)
        except ImportError as error:
            self.report.add(
                "backend-not-installed",
                NOWHERE,
                f"the framework of back end `{backend}` cannot be imported: {error}",
                help=f'install it with `pip install "archspec-nn[{backend}]"`',
            )
            return None

    def verify(
        self,
        network: str | None = None,
        overrides: Overrides | None = None,
        backends: Sequence[str] = ("torch", "keras"),
        size: Literal["full"] | Sequence[int] | None = None,
        trials: int = 1,
        seed: int = 0,
        command: Sequence[str] = (),
    ) -> VerifyReport | None:
        """Compare the back ends with each other and with NumPy on the same numbers.

        `size` are spatial sizes for all inputs, or `"full"` for the network's own; by default a
        large network is verified at the smallest size that fits it.
        """
        from archspec.verification import verify

        graph = self.graph(network, overrides)
        if graph is None:
            return None
        if size is None:
            graph = self._reduced(graph, overrides)
        elif size != "full":
            graph = self.graph(network, overrides, _resized(graph, size))
        if graph is None or not all(self._backend(name, graph) for name in backends):
            return None
        return verify(graph, backends, trials=trials, seed=seed, command=command)

    def _reduced(self, graph: Graph, overrides: Overrides | None) -> Graph:
        """The same network on the smallest inputs that fit, where its own take minutes."""
        from archspec.analyses.totals import macs
        from archspec.verification.sizes import SMALL_ENOUGH, smaller

        if macs(graph) <= SMALL_ENOUGH:
            return graph
        own = {name: one.shape for name, one in zip(graph.input_names, graph.inputs, strict=True)}
        for sizes in smaller(own):
            tried = Compilation(self.target, self.program, Report(), self.names, self.network)
            found = tried.graph(graph.name, overrides, sizes)
            if found is not None and not tried.failed:
                return found
        return graph

    def _backend(self, name: str, graph: Graph) -> Backend | None:
        """The back end of that name, if it can express the network."""
        from archspec.lowering.discovery import backends

        found = backends()
        if name not in found:
            from archspec.diagnostics.suggest import did_you_mean

            message = f"no back end is called `{name}`"
            self.report.add("unknown-backend", NOWHERE, message, help=did_you_mean(name, found))
            return None
        report = Report()
        found[name].refusals(graph, report)
        self.report.extend(report)
        return None if report.failed else found[name]


def _resized(graph: Graph, size: Sequence[int]) -> dict[str, tuple[int, ...]]:
    """All inputs with new spatial sizes; one number serves every spatial axis."""

    def changed(shape: Sequence[int]) -> tuple[int, ...]:
        spatial = len(shape) - 1
        return (*(size if len(size) == spatial else (size[0],) * spatial), shape[-1])

    ports = zip(graph.input_names, graph.inputs, strict=True)
    return {name: changed(one.shape) for name, one in ports}
