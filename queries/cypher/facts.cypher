// How many facts tie each actor to somebody on a day, a pact of thirty being one?
//
// param: layer layers = agreement — kinds of facts that count as ties
// param: types types = defence — types that count; none for all
// param: day day = today — the day asked about
// param: possible flag = no — count ties that hold only for some settlement of the doubtful dates, too
// param: sources sources = default — dossiers or data sets that count; all for everything loaded
// column: actor — id of the actor
// column: name — its name
// column: facts — number of facts that tie it
MATCH (a:Country|Organization)-[t]-(b:Country|Organization)
WHERE type(t) IN $layer AND t.in_effect
  AND {{on_day}}
  AND {{of_types}}
  AND {{of_sources}}
WITH a, count(DISTINCT t.fact) AS facts
RETURN a.id AS actor, a.name AS name, facts
ORDER BY facts DESC, actor
