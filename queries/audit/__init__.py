"""Auditing a graph: does what a store holds keep its promises? `audit` looks, `RULES` says for what, `to_sarif` tells other tools."""

from comity.queries.audit.findings import LEVELS, Audit, Finding
from comity.queries.audit.rules import RULES, audit
from comity.queries.audit.sarif import to_sarif

__all__ = ["LEVELS", "RULES", "Audit", "Finding", "audit", "to_sarif"]
