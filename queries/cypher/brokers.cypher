// Who stands between two blocs on a day: tied to members of both, and joining pairs that have no tie of their own?
// Members are full members alone: partners, associates and observers do not count.
//
// param: left actors — ids of one bloc; an organization stands for its full members on the day as well
// param: right actors — ids of the other bloc, likewise
// param: layer layers = agreement — kinds of facts that count as ties
// param: types types = defence — types that count; none for all
// param: day day = today — the day asked about
// param: possible flag = no — count ties that hold only for some settlement of the doubtful dates, too
// param: sources sources = default — dossiers or data sets whose ties count; all for everything loaded, as members always are read
// column: actor — id of the broker, who may belong to a bloc itself
// column: name — its name
// column: left_partners — its partners in the one bloc
// column: right_partners — its partners in the other
// column: pairs — pairs of these partners, one of each bloc, that are not tied to each other; two that are in both blocs are one pair
OPTIONAL MATCH (m:Country|Organization)-[t:MEMBERSHIP]->(o:Organization)
WHERE o.id IN $left AND 'full' IN CASE WHEN $possible THEN t.types ELSE t.sure_types END AND t.in_effect
  AND {{on_day}}
WITH $left + collect(DISTINCT m.id) AS left
OPTIONAL MATCH (m:Country|Organization)-[t:MEMBERSHIP]->(o:Organization)
WHERE o.id IN $right AND 'full' IN CASE WHEN $possible THEN t.types ELSE t.sure_types END AND t.in_effect
  AND {{on_day}}
WITH left, $right + collect(DISTINCT m.id) AS right
MATCH (a:Country|Organization)-[t]-(l:Country|Organization)
WHERE l.id IN left AND type(t) IN $layer AND t.in_effect
  AND {{on_day}}
  AND {{of_types}}
  AND {{of_sources}}
WITH left, right, a, collect(DISTINCT l) AS lefts, collect(DISTINCT l.id) AS left_ids
MATCH (a)-[t]-(r:Country|Organization)
WHERE r.id IN right AND type(t) IN $layer AND t.in_effect
  AND {{on_day}}
  AND {{of_types}}
  AND {{of_sources}}
WITH a, lefts, left_ids, collect(DISTINCT r.id) AS rights
UNWIND lefts AS l
OPTIONAL MATCH (l)-[t]-(r:Country|Organization)
WHERE r.id IN rights AND type(t) IN $layer AND t.in_effect
  AND {{on_day}}
  AND {{of_types}}
  AND {{of_sources}}
WITH a, lefts, left_ids, rights, l, collect(DISTINCT r.id) AS tied
// Two that are in both blocs are one pair: it counts where the lesser id stands left.
WITH a, lefts, rights, size([r IN rights WHERE r <> l.id AND NOT r IN tied
                             AND NOT (r < l.id AND r IN left_ids AND l.id IN rights)]) AS apart
RETURN a.id AS actor, a.name AS name, size(lefts) AS left_partners, size(rights) AS right_partners,
       sum(apart) AS pairs
ORDER BY pairs DESC, left_partners + right_partners DESC, actor
