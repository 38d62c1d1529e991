"""Draws networks, mistakes and inputs for property tests, and says whether back ends agree.

It needs `pip install "archspec-nn[testing]"`. A plug-in's test is two lines:

    @given(networks(ops=["mish"]))
    def test_mish(network): assert_agreement(network, ["torch"])
"""

from archspec.testing.agree import assert_agreement, disagreements
from archspec.testing.inputs import arrays, inputs
from archspec.testing.mistakes import Mistake, drawn_mistake, mistakes
from archspec.testing.networks import DrawnNetwork, drawn_network, networks
from archspec.testing.reduce import reduced
from archspec.testing.wrong import Wrong

__all__ = [
    "DrawnNetwork",
    "Mistake",
    "Wrong",
    "arrays",
    "assert_agreement",
    "disagreements",
    "drawn_mistake",
    "drawn_network",
    "inputs",
    "mistakes",
    "networks",
    "reduced",
]
