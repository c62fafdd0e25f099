"""The graph in code and notebooks: objects that call the library, show themselves in a cell and become networkx graphs or polars frames."""
