"""Proof that back ends compute what the spec means."""
