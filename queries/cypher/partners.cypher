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
  AND {{on_day}}
  AND {{of_types}}
  AND {{of_sources}}
WITH DISTINCT b, t.fact AS fact
ORDER BY fact
RETURN b.id AS partner, b.name AS name, count(fact) AS number, collect(fact) AS facts
ORDER BY number DESC, partner
