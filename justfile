# The same commands for people and for CI. `just` alone runs what a change must pass.

set shell := ["bash", "-euo", "pipefail", "-c"]

# Format check, lint, types and tests
default: format-check lint types test

# Rewrite the code in the common format
format:
    uv run ruff format
    uv run ruff check --fix

# Fail if the code is not in the common format
format-check:
    uv run ruff format --check

lint:
    uv run ruff check

types:
    uv run mypy

# All tests, or those that pytest's arguments choose: `just test tests/graph -k dates`
test *arguments:
    uv run pytest {{ arguments }}

# The tests that need Neo4j on the current release (Java 21 or 25); they otherwise run on 5.26
neo4j-current *arguments:
    COMITY_TEST_NEO4J=2026.08.1 uv run pytest -m neo4j {{ arguments }}

# The tests that count events on Spark, in local mode (Java 17)
spark *arguments:
    COMITY_TEST_SPARK=1 uv run --extra spark pytest -m spark {{ arguments }}

# The property-based tests with many more examples, and ten minutes each of made-up queries and dossiers; takes a long time
fuzz *arguments:
    COMITY_FUZZ_SECONDS=600 HYPOTHESIS_PROFILE=fuzz uv run pytest -m "not browser" -k "not neo4j" {{ arguments }}

# A Neo4j server for development until Ctrl-C; prints the variables to export
neo4j version="5.26.12":
    uv run python -m tests.servers.neo4j --version {{ version }}

# Build the distributions and compare what is in them with the tree
build:
    uv build --out-dir dist
    uv run pytest tests/test_packaging.py

# Run the command with nothing installed but its declared dependencies
isolated:
    uv run --isolated --no-default-groups comity --help
