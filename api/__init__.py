"""The graph in Python: objects that call the library, show themselves in a notebook's cell, and become networkx graphs or polars frames.

It begins with `comity.open`; docs/python.md leads through it. The API over HTTP is in service/.
"""
