// Which pairs were tied on one day and not on another?
//
// param: since day — the earlier day, before the other
// param: day day = today — the later day
// param: layer layers = agreement — kinds of facts that count as ties
// param: types types = defence — types that count; none for all
// param: possible flag = no — count ties that hold only for some settlement of the doubtful dates, too
// param: sources sources = default — dossiers or data sets that count; all for everything loaded
// column: change — gained or lost
// column: left — id of the one
// column: right — id of the other
// column: facts — the facts that tied them, on the later day where gained, on the earlier where lost
MATCH (a:Country|Organization)-[t]-(b:Country|Organization)
WHERE a.id < b.id AND type(t) IN $layer AND t.in_effect
  AND (size($types) = 0 OR any(x IN CASE WHEN $possible THEN t.types ELSE t.sure_types END WHERE x IN $types)
       OR size(t.views) > 0 AND all(view IN t.views WHERE any(x IN split(view, ' ') WHERE x IN $types)))
  AND (size($sources) = 0 OR any(c IN t.collections WHERE c IN $sources))
WITH a.id AS left, b.id AS right, t.fact AS fact,
     CASE WHEN $possible THEN t.earliest_begin <= $since AND t.latest_end >= $since
          ELSE NOT t.disputed AND t.latest_begin <= $since AND t.earliest_end >= $since END AS before,
     CASE WHEN $possible THEN t.earliest_begin <= $day AND t.latest_end >= $day
          ELSE NOT t.disputed AND t.latest_begin <= $day AND t.earliest_end >= $day END AS after
WHERE before OR after
WITH DISTINCT left, right, fact, before, after
ORDER BY fact
WITH left, right, collect(CASE WHEN before THEN fact ELSE null END) AS earlier,
     collect(CASE WHEN after THEN fact ELSE null END) AS later
WHERE size(earlier) = 0 OR size(later) = 0
RETURN CASE WHEN size(earlier) = 0 THEN 'gained' ELSE 'lost' END AS change, left, right, earlier + later AS facts
ORDER BY change, left, right
