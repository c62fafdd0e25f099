// Who is tied to whom among an actor and its partners on a day (ego network)?
//
// param: actor actor — id of the actor in the middle
// param: layer layers = agreement — kinds of facts that count as ties
// param: types types = defence — types that count; none for all
// param: day day = today — the day asked about
// param: possible flag = no — count ties that hold only for some settlement of the doubtful dates, too
// param: sources sources = default — dossiers or data sets that count; all for everything loaded
// column: left — id of the one
// column: right — id of the other
// column: number — number of facts that tie them
// column: facts — their ids
MATCH (e:Country|Organization {id: $actor})-[t]-(p:Country|Organization)
WHERE type(t) IN $layer AND t.in_effect
  AND {{on_day}}
  AND {{of_types}}
  AND {{of_sources}}
WITH collect(DISTINCT p.id) + [$actor] AS circle
MATCH (a:Country|Organization)-[t]-(b:Country|Organization)
WHERE a.id IN circle AND b.id IN circle AND a.id < b.id AND type(t) IN $layer AND t.in_effect
  AND {{on_day}}
  AND {{of_types}}
  AND {{of_sources}}
WITH DISTINCT a, b, t.fact AS fact
ORDER BY fact
RETURN a.id AS left, b.id AS right, count(fact) AS number, collect(fact) AS facts
ORDER BY left, right
