// How many agreements (or other facts) have come how far?
//
// param: kinds kinds = agreement — kinds of facts; none for all
// param: types types = none — types that count; none for all
// param: sources sources = all — dossiers or data sets that count
// param: day day = today — the day asked about: steps that lie ahead have not been taken
// column: kind — kind of fact
// column: status — the last step that may have been taken by the day; missing where none is
// column: number — number of facts
// column: facts — their ids
MATCH (f:Fact)
WHERE (size($kinds) = 0 OR f.kind IN $kinds) AND (size($types) = 0 OR any(x IN f.types WHERE x IN $types))
  AND (size($sources) = 0 OR any(c IN f.collections WHERE c IN $sources))
WITH f ORDER BY f.id
WITH f, {{status_on_day}} AS status
RETURN f.kind AS kind, status, count(f) AS number, collect(f.id) AS facts
ORDER BY kind, number DESC, status
