// With whom is an actor tied on a day, and by which facts?
//
// param: actor actor — id of the actor
// param: layer layers = agreement — kinds of facts that count as ties
// param: types types = none — types that count; none for all
// param: day day = today — the day asked about
// param: possible flag = no — count ties that hold only for some settlement of the doubtful dates, too
// param: sources sources = default — dossiers or data sets that count; all for everything loaded
// column: partner — id of the partner
// column: name — its name
// column: number — number of facts
// column: facts — their ids
MATCH (a:Country|Organization {id: $actor})-[t]-(b:Country|Organization)
WHERE type(t) IN $layer AND t.in_effect
  AND CASE WHEN $possible THEN t.earliest_begin <= $day AND t.latest_end >= $day
           ELSE t.latest_begin <= $day AND t.earliest_end >= $day AND NOT t.disputed END
  AND (size($types) = 0 OR any(x IN CASE WHEN $possible THEN t.types ELSE t.sure_types END WHERE x IN $types)
       OR size(t.views) > 0 AND all(view IN t.views WHERE any(x IN split(view, ' ') WHERE x IN $types)))
  AND (size($sources) = 0 OR any(c IN t.collections WHERE c IN $sources))
WITH DISTINCT b, t.fact AS fact
ORDER BY fact
RETURN b.id AS partner, b.name AS name, count(fact) AS number, collect(fact) AS facts
ORDER BY number DESC, partner
