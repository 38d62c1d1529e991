"""A sample back end: chains of dense layers as a NumPy function; everything else is refused."""

from __future__ import annotations

from typing import Any

from archspec.diagnostics import Report
from archspec.ir import Graph
from archspec.lowering.backend import Generated, NativeWeight

LINES = {
    "dense": 'x = x @ weights["{name}.kernel"] + weights["{name}.bias"]',
    "relu": "x = np.maximum(x, 0)",
    "mish": "x = x * np.tanh(np.log1p(np.exp(x)))",
    "flatten": "x = x.reshape(len(x), -1)",
}


class Backend:
    """Writes one function `forward(weights, x)`."""

    name = "numpy"
    files = None

    def refusals(self, graph: Graph, report: Report) -> None:
        """Refuse every op that is not in `LINES`."""
        for node in graph.nodes:
            if node.op.name not in LINES:
                report.add(
                    "not-lowerable",
                    node.span,
                    f"the back end numpy cannot express {node.op.name}",
                    label=f"no {node.op.name} in numpy",
                    help=f"it knows {', '.join(LINES)}",
                )

    def generate(self, graph: Graph) -> Generated:
        """The source of the function."""
        lines = [LINES[node.op.name].format(name=_dotted(node.path)) for node in graph.nodes]
        body = "\n    ".join(lines)
        text = f"import numpy as np\n\n\ndef forward(weights, x):\n    {body}\n    return x\n"
        weights = {name: NativeWeight(name) for name in graph.weights}
        return Generated({f"{graph.name}.py": text}, graph.name, "forward", weights)

    def build(self, graph: Graph, dtype: str = "float32") -> Any:
        """Not offered by this sample."""
        raise ImportError("the numpy sample only generates code")


def _dotted(path: Any) -> str:
    return ".".join(".".join((name, *map(str, indices))) for name, indices in path)
