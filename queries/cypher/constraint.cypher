// How far do each actor's ties lead back to the same few partners on a day (Burt's constraint)?
//
// param: layer layers = agreement — kinds of facts that count as ties
// param: types types = defence — types that count; none for all
// param: day day = today — the day asked about
// param: possible flag = no — count ties that hold only for some settlement of the doubtful dates, too
// param: sources sources = default — dossiers or data sets that count; all for everything loaded
// column: actor — id of the actor
// column: name — its name
// column: constraint — sum over partners of the squared share of its ties that binds it to them, at twelve decimals; low for brokers
MATCH (a:Country|Organization)-[t]-(b:Country|Organization)
WHERE type(t) IN $layer AND t.in_effect
  AND {{on_day}}
  AND {{of_types}}
  AND {{of_sources}}
WITH a, collect(DISTINCT b.id) AS partners
WITH collect({id: a.id, name: a.name, partners: partners}) AS actors
UNWIND actors AS a
UNWIND [b IN actors WHERE b.id IN a.partners] AS b
// What binds a to b: the share of its ties that b has, and what comes back to b from those whom both are tied to.
WITH a, reduce(bound = 1.0, other IN [c IN actors WHERE c.id IN a.partners AND c.id IN b.partners] |
               bound + 1.0 / size(other.partners)) / size(a.partners) AS bound
WITH a.id AS actor, a.name AS name, sum(bound * bound) AS total
RETURN actor, name, round(total, 12) AS constraint
ORDER BY constraint DESC, actor
