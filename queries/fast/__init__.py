"""The fast engine: measures of many networks of the same actors at once.

Networks that differ in few ties, such as those of a panel over years or of the settlements of one slice, share the work: equal ones
are computed once, actors of one network that have the same partners count as one (`folding`), and networks of like size are
computed together (`stacks`). A network too large for that is computed alone (`large`). Values are those of the measures of
`comity.queries.measures`.
"""
