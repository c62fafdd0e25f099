// By which shortest chains of ties are two actors joined on a day?
// Every shortest chain is one row; there is none where no chain joins them. Parallel ties make no further chains.
//
// param: a actor — id of the one actor
// param: b actor — id of the other
// param: layer layers = agreement — kinds of facts that count as ties
// param: types types = none — types that count; none for all
// param: day day = today — the day asked about
// param: possible flag = no — count ties that hold only for some settlement of the doubtful dates, too
// param: sources sources = default — dossiers or data sets that count; all for everything loaded
// param: top integer = 100 — number of chains to show
// column: length — number of steps
// column: actors — ids along the chain
// column: facts — for each step the ids of the facts that tie the two
MATCH (a:Country|Organization)-[t]-(b:Country|Organization)
WHERE type(t) IN $layer AND t.in_effect
  AND {{on_day}}
  AND {{of_types}}
  AND {{of_sources}}
WITH a, collect(DISTINCT b.id) AS partners
ORDER BY a.id
WITH collect(a.id) AS ids, collect(partners) AS partners
WITH ids, range(0, size(ids) - 1) AS places,
     [ids_of IN partners | [i IN range(0, size(ids) - 1) WHERE ids[i] IN ids_of]] AS tied
// Step by step from the one: whoever has a partner that was reached in the step before, and was not reached yet, is one step
// further (-1: not reached). So no chain is found that has ceased to hold, which the engines' own search for shortest paths
// does not promise.
WITH ids, places, tied, reduce(
       reached = [i IN places | CASE WHEN ids[i] = $a THEN 0 ELSE -1 END],
       step IN places |
       CASE WHEN NOT step IN reached THEN reached
            ELSE [i IN places | CASE WHEN reached[i] >= 0 THEN reached[i]
                                     WHEN any(j IN tied[i] WHERE reached[j] = step) THEN step + 1
                                     ELSE -1 END] END) AS reached
UNWIND [i IN places WHERE ids[i] = $b AND reached[i] > 0] AS last
// And back from the other, each time to all who are one step nearer to the one.
WITH ids, reduce(
       chains = [[last]],
       step IN range(1, reached[last]) |
       reduce(longer = [], chain IN chains |
              longer + [i IN tied[chain[0]] WHERE reached[i] = reached[last] - step | [i] + chain])) AS chains
UNWIND chains AS chain
WITH [i IN chain | ids[i]] AS actors
ORDER BY actors
LIMIT $top
UNWIND range(1, size(actors) - 1) AS step
MATCH (a:Country|Organization {id: actors[step - 1]})-[t]-(b:Country|Organization {id: actors[step]})
WHERE type(t) IN $layer AND t.in_effect
  AND {{on_day}}
  AND {{of_types}}
  AND {{of_sources}}
WITH DISTINCT actors, step, t.fact AS fact
ORDER BY fact
WITH actors, step, collect(fact) AS facts
ORDER BY step
WITH actors, collect(facts) AS facts
RETURN size(facts) AS length, actors, facts
ORDER BY actors
