// The tie t is of a wanted type: by every account of what it is, each perhaps by another of the types, or with $possible by some.
(size($types) = 0 OR any(x IN CASE WHEN $possible THEN t.types ELSE t.sure_types END WHERE x IN $types)
 OR size(t.views) > 0 AND all(view IN t.views WHERE any(x IN split(view, ' ') WHERE x IN $types)))
