"""Proof that back ends compute what the spec means."""

from archspec.verification.report import Comparison, Finding, VerifyReport
from archspec.verification.verify import verify

__all__ = ["Comparison", "Finding", "VerifyReport", "verify"]
