"""Many drawn networks through all back ends, in processes that stay alive."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from archspec.ir import Node
from archspec.lowering.discovery import backends
from archspec.testing.compiled import graph_of
from archspec.testing.judge import judge
from archspec.testing.networks import DrawnNetwork, drawn_network
from archspec.testing.process import Request, SideProcess
from archspec.testing.reduce import reduced
from archspec.testing.side import Side
from archspec.testing.static import code_faults, ruff_faults, text_faults
from archspec.testing.wrong import Wrong

AHEAD = 6
"""Networks that wait at the processes, so that none of them waits for another."""

SAMPLE = 20
"""Every so many networks one goes through torch.compile and through a saved file, too."""

COMPILERS = ("aot_eager", "aot_eager", "aot_eager", "aot_eager", "inductor")
"""The back ends of torch.compile in turn; the last one makes machine code, which takes long."""

BATCH = 100
"""Networks whose code ruff reads at once."""

Say = Callable[[str], None]


@dataclass
class Tally:
    """What was found: `wrong` counts networks by the kind of what is wrong with them."""

    networks: int = 0
    layers: int = 0
    detours: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    ops: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[int, str, str]] = field(default_factory=list)
    attributes: set[tuple[str, str]] = field(default_factory=set)


def drawn(seed: int, number: int, ops: Sequence[str] = ()) -> DrawnNetwork:
    """Network `number` of a seed, the same on every machine."""
    return drawn_network(Random(f"{seed}/{number}").randrange, ops)


class Campaign:
    """Draws, runs and judges; what is wrong is told at once, in a smaller network."""

    def __init__(self, names: Sequence[str], seed: int, say: Say, ops: Sequence[str] = ()) -> None:
        self.names = tuple(names)
        self.seed = seed
        self.say = say
        self.ops = tuple(ops)
        self.tally = Tally()
        self.processes = [SideProcess(name) for name in names]
        self._later: list[tuple[int, DrawnNetwork]] = []
        self._sources: dict[str, str] = {}

    def run(self, numbers: Iterable[int], every: int = 100) -> Tally:
        """Run the networks with these numbers; a line of progress for each `every` of them."""
        waiting: deque[tuple[int, DrawnNetwork]] = deque()
        for number in numbers:
            network = drawn(self.seed, number, self.ops)
            self._ask(network.text, compiler=compiler_of(number))
            waiting.append((number, network))
            if len(waiting) > AHEAD:
                self._take(*waiting.popleft())
                if self.tally.networks % every == 0:
                    found = dict(self.tally.wrong) or "nothing wrong"
                    self.say(f"{self.tally.networks} networks: {found}")
        while waiting:
            self._take(*waiting.popleft())
        for number, network in self._later:
            # What rounding does to a network is asked only where it matters.
            self._tell(number, network, self._judged(network.text, shakes=True))
        self._later.clear()
        self._ruff()
        return self.tally

    def close(self) -> None:
        """End the processes."""
        for one in self.processes:
            one.close()

    def _ask(self, text: str, shakes: bool = False, compiler: str = "") -> None:
        for one in self.processes:
            one.ask(Request(text, shakes=shakes, compiler=compiler))

    def _judged(self, text: str, shakes: bool = False, compiler: str = "") -> list[Wrong]:
        """What is wrong with one text; none may wait at the processes."""
        graph = graph_of(text)
        if graph is None:
            return []
        self._ask(text, shakes, compiler)
        return judge(graph, [one.answer() for one in self.processes])

    def _take(self, number: int, network: DrawnNetwork) -> None:
        sides = [one.answer() for one in self.processes]
        self._count(number, network, sides)
        found = [*text_faults(network), *self._code(number, network, sides)]
        numbers = judge(network.graph, sides)
        if any(one.kind == "disagreement" for one in numbers):
            self._later.append((number, network))
            numbers = []
        self._tell(number, network, [*found, *numbers])

    def _count(self, number: int, network: DrawnNetwork, sides: Sequence[Side]) -> None:
        tally = self.tally
        tally.networks += 1
        tally.detours += bool(compiler_of(number))
        tally.layers += len(network.graph.nodes)
        for node in network.graph.nodes:
            tally.ops[node.op.name] += 1
            tally.attributes |= {(node.op.name, name) for name in written_attributes(node)}
        for side in sides:
            if side.refused:
                tally.refused[f"{side.name}: {side.refused}"] += 1

    def _code(self, number: int, network: DrawnNetwork, sides: Sequence[Side]) -> Iterator[Wrong]:
        for name in (one.name for one in sides if not one.refused):
            try:
                first, second = (backends()[name].generate(network.graph) for _ in range(2))
            except Exception as error:
                yield Wrong("failure", f"{name} writes no code: {type(error).__name__}: {error}")
                continue
            yield from code_faults(name, first, second)
            for file, source in first.files.items():
                if file.endswith(".py"):
                    self._sources[f"network_{number}_{name}_{file}"] = source
        if len(self._sources) > BATCH:
            self._ruff()

    def _ruff(self) -> None:
        for one in ruff_faults(self._sources):
            self.tally.wrong[one.kind] += 1
            self.say(str(one))
        self._sources.clear()

    def _tell(self, number: int, network: DrawnNetwork, found: Sequence[Wrong]) -> None:
        if not found:
            return
        self.tally.wrong.update({one.kind for one in found})
        self.tally.failed.append((number, network.text, found[0].kind))
        shown = "\n".join(f"  {one}" for one in found[:4])
        self.say(f"network {number} of seed {self.seed}:\n{shown}\n{network.text}")

    def smaller(self, text: str, kind: str) -> str:
        """The smallest network in which the same kind of thing is wrong."""
        shakes, compiler = kind == "disagreement", COMPILERS[0] if kind == "detour" else ""

        def shows(one: str) -> bool:
            return kind in {found.kind for found in self._judged(one, shakes, compiler)}

        return reduced(text, shows)


def compiler_of(number: int) -> str:
    """Which compiler the network of that number goes through, if any."""
    turn, rest = divmod(number, SAMPLE)
    return "" if rest else COMPILERS[turn % len(COMPILERS)]


def written_attributes(node: Node) -> list[str]:
    """The attributes of a node that differ from their defaults."""
    rank = len(node.inputs[0].shape) - 1 if node.inputs else 0
    return [
        one.name
        for one in node.op.attributes
        if node.attributes[one.name] != one.default_value(rank)
    ]
