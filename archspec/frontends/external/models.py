"""Pydantic models of the external form, derived from the classes of the tree.

Importing pydantic takes longer than checking a spec: import this module where it is used only.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from archspec import syntax
from archspec.frontends.external.nodes import ABSTRACT, CLASSES, kept, kind, required
from archspec.source import Span
from archspec.syntax import Binary, File, Node, Unary

_OPERATORS = {
    Unary: Literal["-", "not"],
    Binary: Literal[
        "+", "-", "*", "/", "//", "%", "**", "==", "!=", "<", "<=", ">", ">=", "and", "or"
    ],
}
_FREE_TEXTS = {"doc", "path", "value"}
_NameText = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
_NumberValue = Annotated[int, Field(ge=0)] | Annotated[float, Field(ge=0, allow_inf_nan=False)]
_NAMESPACE = {**vars(syntax), "Span": Span}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


def _annotation(cls: type[Node], name: str, hint: Any) -> Any:
    """The type of a field for pydantic; other models are named, since they refer to each other."""
    if name == "operator":
        return _OPERATORS[cls]
    if hint is str:
        return str if name in _FREE_TEXTS else _NameText
    if hint == int | float:
        return _NumberValue
    if isinstance(hint, type) and issubclass(hint, Node):
        return _node(hint)
    if get_origin(hint) is tuple:
        return list[_annotation(cls, name, get_args(hint)[0])]  # type: ignore[misc]  # built
    if get_args(hint):
        options = tuple(_annotation(cls, name, option) for option in get_args(hint))
        return Union[options]  # noqa: UP007  # the options are known at run time only
    return hint


def _node(cls: type[Node]) -> Any:
    if cls not in ABSTRACT:
        return cls.__name__
    names = tuple(name for name, found in CLASSES.items() if issubclass(found, cls))
    return Annotated[Union[names], Field(discriminator="kind")]  # noqa: UP007  # as above


def _model(cls: type[Node]) -> type[BaseModel]:
    hints = get_type_hints(cls, globalns=_NAMESPACE)
    parts: dict[str, Any] = {}
    name = kind(cls)
    if name is not None:
        parts["kind"] = (Literal[name], ...)
    for field in kept(cls):
        default = ... if required(field) else field.default
        parts[field.name] = (_annotation(cls, field.name, hints[field.name]), default)
    return create_model(cls.__name__, __base__=_Strict, __doc__=cls.__doc__, **parts)


MODELS: dict[str, type[BaseModel]] = {name: _model(cls) for name, cls in CLASSES.items()}
for _found in MODELS.values():
    _found.model_rebuild(_types_namespace=MODELS)

FILE_MODEL = MODELS[File.__name__]


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the external form."""
    schema = FILE_MODEL.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
