// How far does each organization reach on a day, by its members and by their ties?
// Members are full members alone: partners, associates and observers do not count.
//
// param: layer layers = agreement — kinds of facts that count as ties
// param: types types = defence — types that count; none for all
// param: day day = today — the day asked about
// param: possible flag = no — count ties that hold only for some settlement of the doubtful dates, too
// param: sources sources = default — dossiers or data sets whose ties count; all for everything loaded, as members always are read
// column: organization — id of the organization
// column: name — its name
// column: members — number of its full members
// column: partners — number of actors tied to the organization itself
// column: reach — number of actors outside that at least one member is tied to
MATCH (m:Country|Organization)-[t:MEMBERSHIP]->(o:Organization)
WHERE 'full' IN CASE WHEN $possible THEN t.types ELSE t.sure_types END AND t.in_effect
  AND {{on_day}}
WITH o, collect(DISTINCT m) AS members, collect(DISTINCT m.id) AS ids
OPTIONAL MATCH (o)-[t]-(p:Country|Organization)
WHERE type(t) IN $layer AND t.in_effect
  AND {{on_day}}
  AND {{of_types}}
  AND {{of_sources}}
WITH o, members, ids, count(DISTINCT p.id) AS partners
UNWIND members AS m
OPTIONAL MATCH (m)-[t]-(q:Country|Organization)
WHERE NOT q.id IN ids AND q.id <> o.id AND type(t) IN $layer AND t.in_effect
  AND {{on_day}}
  AND {{of_types}}
  AND {{of_sources}}
RETURN o.id AS organization, o.name AS name, size(ids) AS members, partners, count(DISTINCT q.id) AS reach
ORDER BY members DESC, organization
