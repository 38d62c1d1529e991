"""What is drawn: every op and attribute of the registry, valid, the same for the same seed."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archspec.ops import registry
from archspec.ops.op import Op
from archspec.testing import DrawnNetwork, arrays, inputs, networks
from archspec.testing.calls import drawn_call
from archspec.testing.campaign import drawn
from archspec.testing.compiled import findings
from archspec.testing.scope import Drawing, Scope, known_ops
from archspec.testing.static import text_faults

SHAPES = ((5, 6, 4), (7, 2), (3, 4, 2, 2), (6, 4))

QUICK = settings(
    derandomize=True, max_examples=10, deadline=None, suppress_health_check=list(HealthCheck)
)


@QUICK
@given(st.data(), networks())
def test_drawn_networks_are_valid_and_print_as_they_parse(
    data: st.DataObject, network: DrawnNetwork
) -> None:
    assert not findings(network.text)
    assert not list(text_faults(network))
    for name, array in data.draw(inputs(network.graph)).items():
        assert (
            array.shape[1:]
            == dict(
                zip(
                    network.graph.input_names,
                    (one.shape for one in network.graph.inputs),
                    strict=True,
                )
            )[name]
        )
        assert len(array) > 1


@QUICK
@given(arrays((5, 4, 8)))
def test_inputs_find_bugs(array: np.ndarray) -> None:
    assert abs(array.mean()) > 0.2
    assert len(set(array.ravel())) > 0.99 * array.size
    assert (array.astype("float32") == array).all()


def test_the_same_seed_draws_the_same() -> None:
    assert drawn(3, 5).text == drawn(3, 5).text
    assert len({drawn(3, number).text for number in range(6)}) == 6


@pytest.mark.parametrize("name", registry.names())
def test_every_op_is_drawn_with_every_attribute(name: str) -> None:
    op = registry.find(name)
    assert op is not None
    network = drawn(0, 0, ops=[name])
    assert any(node.op is op for node in network.graph.nodes) or f"{name}(" in network.text
    wanted = {one.name for one in op.attributes}
    seen: set[str] = set()
    for number in range(400):
        drawing = Drawing(Random(number).randrange, known_ops(), 2)
        found = drawn_call(drawing, Scope(), op, SHAPES[number % 3 : number % 3 + op.inputs[0]])
        if found is not None and not op.join:
            rank = len(SHAPES[number % 3]) - 1
            for one in op.attributes:
                if found.attributes[one.name] != one.default_value(rank):
                    seen.add(one.name)
    assert wanted <= seen


def test_ops_of_strangers_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    relu = registry.find("elu")
    assert relu is not None
    mine = {field: getattr(relu, field) for field in Op.__slots__} | {"name": "mine"}
    monkeypatch.setattr(registry, "_plugins", lambda: {"mine": Op(**mine)})
    registry.find.cache_clear()
    try:
        assert all("mine" in drawn(0, number, ops=["mine"]).text for number in range(2))
    finally:
        registry.find.cache_clear()
