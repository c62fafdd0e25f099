"""The routes by which the graph is read."""

from comity.service.routes import (
    actors,
    balancing,
    communities,
    comparing,
    dyads,
    evidence,
    facts,
    files,
    loaders,
    measures,
    questions,
    reconciling,
    record,
    sources,
    structure,
    ties,
)

READING = (
    actors.router, facts.router, record.router, sources.router, loaders.router, dyads.router, ties.router, files.router, measures.router, structure.router, communities.router, balancing.router, comparing.router,
    evidence.router, questions.router, reconciling.router,
)  # fmt: skip
"""The routers of everything that is read, in the order in which they are documented."""
