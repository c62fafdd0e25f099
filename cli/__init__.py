"""The command line: a thin face over the library. Every command parses, calls one function of comity and prints."""

from comity.cli.app import main

__all__ = ["main"]
