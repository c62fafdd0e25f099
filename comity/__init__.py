"""comity: documented facts about relations between states become a graph that can be asked, ranked and drawn."""

__version__ = "0.1.0"
