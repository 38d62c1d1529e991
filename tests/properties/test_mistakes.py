"""What is planted is refused, on its line, and not without a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from archspec.ops import registry
from archspec.ops.attributes import Attributes
from archspec.ops.op import Array, Call
from archspec.testing import Mistake, mistakes
from archspec.testing.mistakes.frameworks import Frameworks
from archspec.testing.mistakes.planted import Asked
from archspec.testing.mistakes.reference import refuses
from archspec.testing.refusals import refusals, wrong_with


def test_planted_mistakes_are_refused_on_their_line() -> None:
    said: list[str] = []
    tally = refusals(0, range(100), said.append)
    assert not said
    assert tally.asked > 2
    assert len(tally.kinds) > 40


@settings(derandomize=True, max_examples=5, deadline=None, suppress_health_check=[*HealthCheck])
@given(mistakes())
def test_mistakes_are_drawn_by_hypothesis_too(mistake: Mistake) -> None:
    assert wrong_with(mistake) == ""


def test_a_mistake_that_is_not_found_is_seen() -> None:
    text = "network net {\n  input image[3]\n  a, b: split(2)\n  concat(a, b)\n}\n"
    mistake = Mistake(text, "parts", ("not-divisible",), range(3, 4))
    assert wrong_with(mistake) == ""
    assert wrong_with(replace(mistake, lines=range(4, 5))) == "elsewhere"
    assert wrong_with(replace(mistake, codes=("wrong-rank",))) == "elsewhere"
    assert wrong_with(replace(mistake, text=text.replace("[3]", "[4]"))) == "accepted"
    split = registry.find("split")
    assert split is not None
    fits = Asked(split, Attributes({"parts": 2}), ((4,),))
    assert wrong_with(replace(mistake, asked=fits)) == "alarm"
    assert refuses(fits) is False
    assert refuses(replace(fits, inputs=((3,),))) is True


def test_an_error_of_a_reference_is_no_refusal() -> None:
    split = registry.find("split")
    assert split is not None

    def broken(call: Call) -> tuple[Array, ...]:
        raise TypeError("a mistake of ours")

    asked = Asked(replace(split, reference=broken), Attributes({"parts": 2}), ((4,),))
    with pytest.raises(TypeError, match="of ours"):
        refuses(asked)


def test_what_is_refused_on_purpose_is_no_false_alarm() -> None:
    """Both frameworks compute with a rate of 1, and the op says why it takes none."""

    class Computing(Frameworks):
        def __init__(self) -> None:
            pass

        def ask(self, mistake: Mistake) -> str:
            return "computed" if "out-of-range" in mistake.codes else ""

    said: list[str] = []
    tally = refusals(0, range(140), said.append, Computing())
    assert len(tally.strict) == 2
    assert tally.wrong["alarm"] == len(said) > 0
    assert not any("`rate`" in one and "(1.0)" in one for one in said)
    assert any("`rate`" in one and "(-1)" in one for one in said)
