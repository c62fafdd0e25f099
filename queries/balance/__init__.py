"""Structural balance of signed networks: agreements as positive ties, disputes as negative ones."""
