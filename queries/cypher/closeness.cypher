// How near is each actor to those it reaches on a day (closeness, scaled by how many it reaches)?
//
// param: layer layers = agreement — kinds of facts that count as ties
// param: types types = defence — types that count; none for all
// param: day day = today — the day asked about
// param: possible flag = no — count ties that hold only for some settlement of the doubtful dates, too
// param: sources sources = default — dossiers or data sets that count; all for everything loaded
// column: actor — id of the actor
// column: name — its name
// column: closeness — inverse of the mean distance to those reached, times the share of all others that are reached, at twelve decimals
MATCH (a:Country|Organization)-[t]-(b:Country|Organization)
WHERE type(t) IN $layer AND t.in_effect
  AND {{on_day}}
  AND {{of_types}}
  AND {{of_sources}}
WITH a, collect(DISTINCT b.id) AS partners
ORDER BY a.id
WITH collect(a) AS actors, collect(a.id) AS ids, collect(partners) AS partners
WITH actors, range(0, size(ids) - 1) AS places,
     [ids_of IN partners | [i IN range(0, size(ids) - 1) WHERE ids[i] IN ids_of]] AS tied
UNWIND places AS start
// Step by step from one actor: whoever has a partner that was reached in the step before, and was not reached yet, is one
// step further (-1: not reached). This takes time for every pair, but no path is found that has ceased to hold, and parallel
// ties are one step.
WITH actors[start] AS a, reduce(
       reached = [i IN places | CASE WHEN i = start THEN 0 ELSE -1 END],
       step IN places |
       CASE WHEN NOT step IN reached THEN reached
            ELSE [i IN places | CASE WHEN reached[i] >= 0 THEN reached[i]
                                     WHEN any(j IN tied[i] WHERE reached[j] = step) THEN step + 1
                                     ELSE -1 END] END) AS reached
WITH a, size(reached) - 1 AS others, size([distance IN reached WHERE distance > 0]) AS found,
     reduce(total = 0, distance IN reached | total + CASE WHEN distance > 0 THEN distance ELSE 0 END) AS total
RETURN a.id AS actor, a.name AS name, round(1.0 * found / total * found / others, 12) AS closeness
ORDER BY closeness DESC, actor
