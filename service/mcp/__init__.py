"""The graph for language-model assistants, over the Model Context Protocol: tools that only read, each answer with its sources."""
