// Which pairs are tied by the most facts on a day?
//
// param: layer layers = agreement — kinds of facts that count as ties
// param: types types = none — types that count; none for all
// param: day day = today — the day asked about
// param: possible flag = no — count ties that hold only for some settlement of the doubtful dates, too
// param: sources sources = default — dossiers or data sets that count; all for everything loaded
// param: top integer = 20 — number of pairs to show
// column: left — id of the one
// column: right — id of the other
// column: number — number of facts
// column: facts — their ids
MATCH (a:Country|Organization)-[t]-(b:Country|Organization)
WHERE a.id < b.id AND type(t) IN $layer AND t.in_effect
  AND {{on_day}}
  AND {{of_types}}
  AND {{of_sources}}
WITH DISTINCT a, b, t.fact AS fact
ORDER BY fact
WITH a.id AS left, b.id AS right, collect(fact) AS facts
RETURN left, right, size(facts) AS number, facts
ORDER BY number DESC, left, right
LIMIT $top
