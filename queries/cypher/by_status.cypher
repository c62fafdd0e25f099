// How many agreements (or other facts) have come how far?
//
// param: kinds kinds = agreement — kinds of facts; none for all
// param: types types = none — types that count; none for all
// param: sources sources = all — dossiers or data sets that count
// param: day day = today — the day asked about: an end that lies ahead has not come
// column: kind — kind of fact
// column: status — the last step that is told, an end to come left out
// column: number — number of facts
// column: facts — their ids
MATCH (f:Fact)
WHERE (size($kinds) = 0 OR f.kind IN $kinds) AND (size($types) = 0 OR any(x IN f.types WHERE x IN $types))
  AND (size($sources) = 0 OR any(c IN f.collections WHERE c IN $sources))
WITH f ORDER BY f.id
WITH f, CASE WHEN f.earliest_end >= $day THEN coalesce(f.status_before_end, f.status) ELSE f.status END AS status
RETURN f.kind AS kind, status, count(f) AS number, collect(f.id) AS facts
ORDER BY kind, number DESC, status
