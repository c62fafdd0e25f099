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
  AND {{of_types}}
  AND {{of_sources}}
WITH a.id AS left, b.id AS right, t.fact AS fact,
     {{on_day(since)}} AS before,
     {{on_day}} AS after
WHERE before OR after
WITH DISTINCT left, right, fact, before, after
ORDER BY fact
WITH left, right, collect(CASE WHEN before THEN fact ELSE null END) AS earlier,
     collect(CASE WHEN after THEN fact ELSE null END) AS later
WHERE size(earlier) = 0 OR size(later) = 0
RETURN CASE WHEN size(earlier) = 0 THEN 'gained' ELSE 'lost' END AS change, left, right, earlier + later AS facts
ORDER BY change, left, right
