// Which share of an actor's partners are partners of each other on a day?
//
// param: layer layers = agreement — kinds of facts that count as ties
// param: types types = defence — types that count; none for all
// param: day day = today — the day asked about
// param: possible flag = no — count ties that hold only for some settlement of the doubtful dates, too
// param: sources sources = default — dossiers or data sets that count; all for everything loaded
// column: actor — id of the actor
// column: name — its name
// column: partners — number of distinct partners
// column: triangles — pairs of partners that are tied to each other
// column: clustering — triangles divided by the number of pairs of partners, at twelve decimals
MATCH (a:Country|Organization)-[t]-(b:Country|Organization)
WHERE type(t) IN $layer AND t.in_effect
  AND {{on_day}}
  AND {{of_types}}
  AND {{of_sources}}
WITH a, collect(DISTINCT b.id) AS partners
WITH collect({id: a.id, name: a.name, partners: partners}) AS actors
UNWIND actors AS a
UNWIND actors AS b
WITH a, b WHERE b.id IN a.partners
// Each triangle is met twice, once from either of the two partners.
WITH a.id AS actor, a.name AS name, size(a.partners) AS partners,
     sum(size([id IN b.partners WHERE id IN a.partners])) / 2 AS triangles
RETURN actor, name, partners, triangles,
       round(CASE WHEN partners > 1 THEN 2.0 * triangles / (partners * (partners - 1)) ELSE 0.0 END, 12) AS clustering
ORDER BY triangles DESC, clustering DESC, actor
