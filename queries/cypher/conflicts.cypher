// Where do sources disagree, on what, and who are the parties?
//
// param: kinds kinds = none — kinds of facts; none for all
// param: actor actor = none — only facts to which this actor is a party; none for all
// column: kind — kind of fact
// column: fact — id of the fact
// column: title — its title
// column: property — what the sources disagree on; begin and end are those of the time in effect, the rest
//   are steps and other properties
// column: values — what they say of it; for dates the time that takes in all of them
// column: parties — ids of the actors
// column: sources — ids of all sources that speak of the fact
MATCH (f:Fact)
WHERE size(f.conflicts) > 0 AND (size($kinds) = 0 OR f.kind IN $kinds)
OPTIONAL MATCH (f)-[:PARTY]->(a)
WITH DISTINCT f, a.id AS party
ORDER BY party
WITH f, collect(party) AS parties
WHERE $actor IS NULL OR $actor IN parties
UNWIND f.conflicts AS property
RETURN f.kind AS kind, f.id AS fact, f.title AS title, property,
       CASE WHEN property IN ['begin', 'end'] THEN [f.when] ELSE coalesce([] + f[property], []) END AS values,
       parties, f.sources AS sources
ORDER BY kind, fact, property
