"""The graph that all later phases read; scopes kept."""

from archspec.ir.graph import (
    Graph,
    Node,
    Recipe,
    Scope,
    ScopeKind,
    Segment,
    Value,
    Weight,
    dotted,
    spell,
)

__all__ = [
    "Graph",
    "Node",
    "Recipe",
    "Scope",
    "ScopeKind",
    "Segment",
    "Value",
    "Weight",
    "dotted",
    "spell",
]
