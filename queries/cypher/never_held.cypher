// What was announced or planned and has not come about, as far as the sources tell?
// Drills and talks without a step under_way or held, agreements without a step in_force.
//
// param: kinds kinds = drill, talks, agreement — kinds of facts
// column: kind — kind of fact
// column: fact — id of the fact
// column: title — its title
// column: status — the last step that is told
// column: announced — when it was announced, in EDTF
// column: planned — the time it was planned for, in EDTF
// column: parties — ids of the actors
// column: sources — ids of the sources
MATCH (f:Fact)
WHERE f.kind IN $kinds AND f.when IS NULL
OPTIONAL MATCH (f)-[:PARTY]->(a)
WITH DISTINCT f, a.id AS party
ORDER BY party
RETURN f.kind AS kind, f.id AS fact, f.title AS title, f.status AS status, f.announced AS announced,
       f.planned AS planned, collect(party) AS parties, f.sources AS sources
ORDER BY kind, fact
