"""An audit as SARIF 2.1.0 (OASIS), the form in which CI and editors take findings of static analysis."""

from typing import Any

import comity
from comity.queries.audit.findings import Audit, Finding, Rule
from comity.queries.audit.rules import RULES

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "comityFinding/v1"
"""The name under which a result carries the finding's id; the number is that of the way ids are made."""


def to_sarif(audit: Audit) -> dict[str, Any]:
    """The audit as one SARIF log of one run.

    What a finding is about is a place in the graph and in no file: results have logical locations, named `fact/japan-europe:x`. What
    could not be checked is told as a notification of the run.
    """
    names = list(audit.counts)
    invocation: dict[str, Any] = {"executionSuccessful": True}
    unchecked = [
        {
            "level": "note",
            "message": {"text": f"{number} {RULES[name].counts} not checked: the texts are not at hand."},
            "associatedRule": {"id": name, "index": names.index(name)},
        }
        for name, number in audit.unchecked.items()
        if number
    ]
    if unchecked:
        invocation["toolExecutionNotifications"] = unchecked
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "comity audit",
                        "semanticVersion": comity.__version__,
                        "rules": [_rule(RULES[name]) for name in names],
                    }
                },
                "invocations": [invocation],
                "results": [_result(finding, names.index(finding.rule)) for finding in audit.findings],
                "properties": {"revision": audit.revision, "checked": dict(audit.checked)},
            }
        ],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.about},
        "fullDescription": {"text": f"{rule.about} {rule.why}"},
        "help": {"text": f"{rule.why} {rule.remedy}"},
        "defaultConfiguration": {"level": rule.level},
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.level,
        "message": {"text": finding.message},
        "locations": [{"logicalLocations": [_place(finding.subject)]}],
        "partialFingerprints": {FINGERPRINT: finding.id},
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, "logicalLocations": [_place(related)]}
            for number, related in enumerate(finding.related)
        ]
    return result


def _place(subject: str) -> dict[str, str]:
    """A place in the graph: `fact treaties:anzus` is of the kind `fact`."""
    sort, _, id = subject.partition(" ")
    return {"name": id, "fullyQualifiedName": f"{sort}/{id}", "kind": sort}
