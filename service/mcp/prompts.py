"""Prompts that people can pick: ready requests which lead an assistant through the tools in a sound order."""

from collections.abc import Mapping
from dataclasses import dataclass

from mcp.types import Prompt, PromptArgument


@dataclass(frozen=True, slots=True)
class Request:
    """A request with gaps: its name, what it is for, its gaps with what belongs there, and the text with {gap}."""

    name: str
    title: str
    about: str
    gaps: Mapping[str, str]
    text: str

    def described(self) -> Prompt:
        """The request as clients are told of it."""
        return Prompt(
            name=self.name,
            title=self.title,
            description=self.about,
            arguments=[
                PromptArgument(name=name, description=about, required=True) for name, about in self.gaps.items()
            ],
        )  # fmt: skip


REQUESTS = {
    request.name: request
    for request in (
        Request(
            name="brief_on_two",
            title="Brief me on two actors",
            about="A page on what binds two states or organizations on a day, with sources.",
            gaps={"a": "one state or organization", "b": "the other", "day": "the day, as YYYY-MM-DD"},
            text=(
                "Write a one-page brief on the relations of {a} and {b} as of {day}, from the comity graph alone.\n"
                "1. Find both with find_actors; if a name fits several, ask me which one I mean.\n"
                "2. Ask relate_actors for that day. Look up with get_fact what the brief rests on.\n"
                "3. Keep apart: what is certainly in force, what is only possible, what was announced and has not come about.\n"
                "4. Where sources disagree, give every account. Say which times and kinds of facts no source covers (describe_graph).\n"
                "5. Put the source behind every sentence, and end with the list of sources, the day and the revision."
            ),
        ),
        Request(
            name="check_claim",
            title="Check a claim",
            about="Whether the graph bears out, contradicts or does not cover a claim on relations between states.",
            gaps={"claim": "the claim, as it was written"},
            text=(
                "Check this claim against the comity graph: “{claim}”\n"
                "1. Say what it claims: which actors (find_actors), which kind of tie, which time, which comparison (first, only, most).\n"
                "2. See in describe_graph whether the sources cover it; if they do not, the answer is “not covered”, not “false”.\n"
                "3. Ask for the facts or the ranking (with doubt), certain first, then possible; look at the evidence (get_fact, explain_number).\n"
                "4. Answer with one of: borne out, contradicted, depends on what is doubtful or disputed, not covered. "
                "Say what would have to be otherwise, and cite the sources and the revision."
            ),
        ),
    )
}
"""Every request by its name."""
