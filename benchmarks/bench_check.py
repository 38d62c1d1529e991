"""Checking in one process, as an editor does."""

from __future__ import annotations

from collections.abc import Iterator

from measure import call_seconds, ratio


def rows() -> Iterator[str]:
    """Check ResNet-152 again and again."""
    import archspec

    def check() -> None:
        assert not archspec.load("resnet152").check()

    check()
    best = call_seconds({"check": check}, rounds=30)["check"] * 1000
    yield ratio("check of resnet152 after the first, in milliseconds", best, "<= 15", best <= 15)
