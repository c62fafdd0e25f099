// Through whom do the shortest paths between others run on a day?
//
// param: layer layers = agreement — kinds of facts that count as ties
// param: types types = defence — types that count; none for all
// param: day day = today — the day asked about
// param: possible flag = no — count ties that hold only for some settlement of the doubtful dates, too
// param: sources sources = default — dossiers or data sets that count; all for everything loaded
// column: actor — id of the actor
// column: name — its name
// column: betweenness — share of the shortest paths between others, divided by the number of pairs, at twelve decimals
// limit: 60 — Cypher looks at every actor between every pair: above about 60 actors ask for the measure instead, which
//   networkx computes in a fraction of the time
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
// step further (-1: not reached), on as many shortest paths as these partners together. So paths run over distinct actors,
// parallel ties are one step, and none is found that has ceased to hold.
WITH actors, places, start, reduce(
       found = {steps: [i IN places | CASE WHEN i = start THEN 0 ELSE -1 END],
                paths: [i IN places | CASE WHEN i = start THEN 1.0 ELSE 0.0 END]},
       step IN places |
       CASE WHEN NOT step IN found.steps THEN found
            ELSE {steps: [i IN places | CASE WHEN found.steps[i] >= 0 THEN found.steps[i]
                                             WHEN any(j IN tied[i] WHERE found.steps[j] = step) THEN step + 1
                                             ELSE -1 END],
                  paths: [i IN places | CASE WHEN found.steps[i] >= 0 THEN found.paths[i]
                                             ELSE reduce(sum = 0.0, j IN tied[i] | sum +
                                                  CASE WHEN found.steps[j] = step THEN found.paths[j] ELSE 0.0 END)
                                             END]} END) AS found
ORDER BY start
WITH actors, places, collect(found.steps) AS steps, collect(found.paths) AS paths
UNWIND places AS v
// An actor is between two others where its distances from them add up to theirs.
WITH actors[v] AS a, size(places) AS n, reduce(total = 0.0, s IN places | total + CASE WHEN s = v THEN 0.0 ELSE
       reduce(part = 0.0, t IN places | part +
         CASE WHEN t <= s OR t = v OR steps[s][v] < 0 OR steps[v][t] < 0 THEN 0.0
              WHEN steps[s][v] + steps[v][t] = steps[s][t] THEN paths[s][v] * paths[v][t] / paths[s][t]
              ELSE 0.0 END) END) AS total
RETURN a.id AS actor, a.name AS name,
       round(CASE WHEN n > 2 THEN 2.0 * total / ((n - 1) * (n - 2)) ELSE 0.0 END, 12) AS betweenness
ORDER BY betweenness DESC, actor
