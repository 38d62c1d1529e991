"""The function `load` of data.py, for each kind of source."""

from __future__ import annotations

from collections.abc import Callable

from archspec.lowering.python import string
from archspec.training.facts import Facts, Target

NO_PATH = "say where the data are: --data PATH"


def digits(known: Facts) -> str:
    """The digits of scikit-learn."""
    body = [
        "if path is not None:",
        '    raise DataError("the digits come with scikit-learn: leave out --data")',
        "images, labels, classes = read_digits()",
        *_labelled(known),
        *_parts(known, "images", "labels", "classes"),
    ]
    return _load("Read the digits that come with scikit-learn.", body)


def folder(known: Facts) -> str:
    """Images in a folder for each class."""
    body = [
        *_path(known),
        f"files, labels, classes = read_folder({_source(known)})",
        *_labelled(known),
    ]
    if known.validation_path is None:
        body += _parts(known, "files", "labels", "classes")
    else:
        target = known.targets[0]
        second = "bits(kept_labels, (1,))" if target.kind == "bits" else "kept_labels"
        body += [
            "kept, kept_labels, kept_classes = read_folder(VALIDATION_PATH)",
            "check_same(classes, kept_classes)",
            "train = Data(files, labels, np.arange(len(files)), training=True)",
            f"validation = Data(kept, {second}, np.arange(len(kept)), training=False)",
            "return checked(Splits(train, validation, classes))",
        ]
    return _load("Read the names of the image files, which lie in a folder for each class.", body)


def arrays(known: Facts) -> str:
    """Arrays in files of NumPy."""
    names = [f"array_{number}" for number in range(len(known.keys))]
    if not known.several:
        names = ["samples", "targets"]
    count = len(known.inputs)
    made = [
        f"with_channels({name}, {shape!r})"
        for name, shape in zip(names[:count], known.inputs, strict=True)
    ]
    wanted = [
        _converted(target, name) for target, name in zip(known.targets, names[count:], strict=True)
    ]
    first, second = (_tuple(made), _tuple(wanted)) if known.several else (made[0], wanted[0])
    listed = ", ".join(string(key) for key in known.keys)
    helper = "\n".join(
        [
            f"def read(path: str) -> tuple[{_types(known)}]:",
            '    """The samples and the targets in a file, checked."""',
            f"    {', '.join(names)} = read_arrays(path, [{listed}])",
            f"    return {first}, {second}",
        ]
    )
    body = [*_path(known), f"samples, targets = read({_source(known)})"]
    classes = known.targets[0].classes if len(known.targets) == 1 else None
    listed = "[]" if classes is None else f"[str(number) for number in range({classes})]"
    size = "len(targets[0])" if known.several else "len(targets)"
    if known.validation_path is None:
        body += _parts(known, "samples", "targets", listed, size)
    else:
        kept = size.replace("targets", "kept_targets")
        body += [
            "kept, kept_targets = read(VALIDATION_PATH)",
            f"train = Data(samples, targets, np.arange({size}), training=True)",
            f"validation = Data(kept, kept_targets, np.arange({kept}), training=False)",
            f"return checked(Splits(train, validation, {listed}))",
        ]
    return _load("Read the arrays.", body) + "\n\n\n" + helper


def huggingface(known: Facts) -> str:
    """A data set of the library `datasets`."""
    target = known.targets[0]
    inputs, targets = (string(key) for key in known.keys)
    body = [
        *_path(known),
        f"path = {_source(known)}",
        f"split = {string(known.split)}",
        f"samples, labels, classes = read_dataset(path, split, {inputs}, {targets})",
        f"targets = {_converted(target, 'labels')}",
    ]
    if target.classes is not None:
        body += ["if classes:", f"    check_classes(classes, {target.classes})"]
    if known.validation_path is None:
        body += _parts(known, "samples", "targets", "classes", "len(targets)")
    else:
        part = string(known.validation_path)
        body += [
            f"kept, kept_labels, _ = read_dataset(path, {part}, {inputs}, {targets})",
            f"kept_targets = {_converted(target, 'kept_labels')}",
            "train = Data(samples, targets, np.arange(len(targets)), training=True)",
            "rows = np.arange(len(kept_targets))",
            "validation = Data(kept, kept_targets, rows, training=False)",
            "return checked(Splits(train, validation, classes))",
        ]
    return _load("Load the data set.", body)


def _load(doc: str, body: list[str]) -> str:
    lines = ["def load(path: str | None = None) -> Splits:", f'    """{doc}"""']
    return "\n".join([*lines, *(f"    {line}" for line in body)])


def _path(known: Facts) -> list[str]:
    """Refuse to guess where data are."""
    if known.path is not None:
        return []
    return ["if path is None:", f'    raise DataError("{NO_PATH}")']


def _source(known: Facts) -> str:
    return "path" if known.path is None else "path or PATH"


def _labelled(known: Facts) -> list[str]:
    """Checks of classes that have names, and their numbers as the loss takes them."""
    target = known.targets[0]
    found = [f"check_classes(classes, {target.classes})"]
    return [*found, "labels = bits(labels, (1,))"] if target.kind == "bits" else found


def _parts(
    known: Facts, samples: str, targets: str, classes: str, size: str = "len(labels)"
) -> list[str]:
    """What `load` gives, of data of which a share is kept for validation."""
    if not known.share:
        return [
            f"train = Data({samples}, {targets}, np.arange({size}), training=True)",
            f"return checked(Splits(train, None, {classes}))",
        ]
    return [
        f"rows, kept_rows = split({size}, {known.share!r}, SEED)",
        f"train = Data({samples}, {targets}, rows, training=True)",
        f"validation = Data({samples}, {targets}, kept_rows, training=False)",
        f"return checked(Splits(train, validation, {classes}))",
    ]


def _converted(target: Target, name: str) -> str:
    """Targets as the loss takes them."""
    function = "class_numbers" if target.kind == "labels" else target.kind
    return f"{function}({name}, {target.shape!r})"


def _tuple(items: list[str]) -> str:
    return f"({', '.join(items)}{',' if len(items) == 1 else ''})"


def _types(known: Facts) -> str:
    spread = any(one.kind == "distributions" for one in known.targets)
    wanted = "np.ndarray | OneHot" if spread else "np.ndarray"
    if not known.several:
        return f"np.ndarray, {wanted}"
    return f"tuple[np.ndarray, ...], tuple[{wanted}, ...]"


LOADERS: dict[str, Callable[[Facts], str]] = {
    "digits": digits,
    "folder": folder,
    "arrays": arrays,
    "huggingface": huggingface,
}
"""By the name of the source's record."""
