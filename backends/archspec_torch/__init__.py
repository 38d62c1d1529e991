"""The PyTorch back end: specs as `torch.nn` modules. Importing it does not import torch."""

from __future__ import annotations

from archspec_torch.backend import Backend

__all__ = ["Backend"]
