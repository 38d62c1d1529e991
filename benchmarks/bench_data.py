"""Images per second of a generated data.py, against what each framework brings for it.

A folder of 500 JPEG files of two classes, made into batches of 150 x 150. PyTorch has a plain
`Dataset` that decodes, resizes with Pillow and scales; TensorFlow a `tf.data` pipeline with its
own decoder, which resizes with antialiasing as the others do. Workers are processes of
`DataLoader` for PyTorch and for data.py, and threads for `tf.data`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from measure import call_seconds, ratio

GOAL = 0.8
COUNT, BATCH, SIZE = 500, 32, 150
ROUNDS = 3
SPEC = f"""network net {{
  input image[{SIZE}, {SIZE}, 3]
  global_avg_pool -> dense(2) -> softmax
}}

train net {{
  data:       folder("images")
  preprocess: [resize({SIZE}, {SIZE}), rescale(1 / 255)]
  loss:       categorical_crossentropy
  optimizer:  sgd(learning_rate=0.1)
  epochs:     1
  batch_size: {BATCH}
}}
"""


def rows() -> Iterator[str]:
    """In this process, and with two workers."""
    with TemporaryDirectory() as folder:
        images = Path(folder) / "images"
        _write_images(images)
        calls: dict[str, Callable[[], object]] = {}
        part = _data(Path(folder)).load(str(images)).train
        for workers in (0, 2):
            calls[f"data.py, {workers}"] = _own(part, workers)
            calls[f"DataLoader, {workers}"] = _torch(images, workers)
            calls[f"tf.data, {workers}"] = _tensorflow(images, workers)
        best = call_seconds(calls, rounds=ROUNDS)
    for name, value in best.items():
        kind, workers = name.split(", ")
        yield f"  {kind} with {workers} workers".ljust(60) + f" {COUNT / value:>8.0f} images/s"
    for workers in (0, 2):
        for other in ("DataLoader", "tf.data"):
            value = best[f"{other}, {workers}"] / best[f"data.py, {workers}"]
            what = f"data.py / {other}, images per second, {workers} workers"
            yield ratio(what, value, f">= {GOAL}", value >= GOAL)


def _write_images(root: Path) -> None:
    """Smooth noise, which is about as long in JPEG as photographs are."""
    import numpy as np
    from PIL import Image

    random = np.random.default_rng(0)
    for number in range(COUNT):
        coarse = Image.fromarray(random.integers(0, 256, (24, 32, 3), np.uint8))
        size = (320 + int(random.integers(100)), 240 + int(random.integers(100)))
        path = root / f"class_{number % 2}" / f"{number}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        coarse.resize(size, Image.Resampling.BICUBIC).save(path, quality=90)


def _data(folder: Path) -> ModuleType:
    """The generated data.py of the spec."""
    import archspec
    from archspec.training.data_file import data_file

    (folder / "model.arch").write_text(SPEC)
    made = archspec.load(folder / "model.arch").training()
    assert made is not None
    module = ModuleType("data")
    exec(data_file(made.recipe, made.graph), module.__dict__)
    return module


def _own(part: Any, workers: int) -> Callable[[], object]:
    from torch.utils.data import DataLoader, Dataset

    class Batches(Dataset[Any]):
        def __init__(self) -> None:
            self.batches = part.batches(0)

        def __len__(self) -> int:
            return len(self.batches)

        def __getitem__(self, index: int) -> Any:
            return part.batch(self.batches[index], 0)

    return lambda: [None for _ in DataLoader(Batches(), batch_size=None, num_workers=workers)]


def _torch(images: Path, workers: int) -> Callable[[], object]:
    import numpy as np
    import torch
    from PIL import Image
    from torch.utils.data import DataLoader, Dataset

    files = sorted(images.rglob("*.jpg"))

    class Images(Dataset[Any]):
        def __len__(self) -> int:
            return len(files)

        def __getitem__(self, index: int) -> Any:
            with Image.open(files[index]) as image:
                small = image.convert("RGB").resize((SIZE, SIZE), Image.Resampling.BILINEAR)
            array = torch.from_numpy(np.array(small))
            return array.permute(2, 0, 1).float() / 255, index % 2

    return lambda: [
        None for _ in DataLoader(Images(), batch_size=BATCH, shuffle=True, num_workers=workers)
    ]


def _tensorflow(images: Path, workers: int) -> Callable[[], object]:
    import tensorflow as tf

    files = [str(one) for one in sorted(images.rglob("*.jpg"))]

    def image(path: Any) -> Any:
        decoded = tf.io.decode_jpeg(tf.io.read_file(path), channels=3)
        return tf.image.resize(decoded, (SIZE, SIZE), antialias=True) / 255, 0

    def run() -> object:
        data = tf.data.Dataset.from_tensor_slices(files).shuffle(COUNT)
        options = tf.data.Options()
        options.threading.private_threadpool_size = max(workers, 1)
        data = data.map(image, num_parallel_calls=max(workers, 1)).batch(BATCH)
        return [None for _ in data.with_options(options)]

    return run
