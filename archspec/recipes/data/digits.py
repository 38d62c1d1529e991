"""digits: small pictures of digits, which come with scikit-learn."""

from __future__ import annotations

from archspec.recipes.record import Source

PART = Source(
    name="digits",
    kind="data",
    summary="1,797 pictures of handwritten digits, 8 by 8 pixels, from scikit-learn.",
    doc=(
        "Pictures of 8 by 8 numbers from 0 to 16, of ten classes, about equally many of each."
        " They come with scikit-learn, so nothing is downloaded."
    ),
    source="Alpaydin and Kaynak (1998), Optical recognition of handwritten digits, UCI.",
    attributes=(),
    example="data: digits",
    shape=(8, 8, 1),
    classes=10,
    range=(0.0, 16.0),
)
