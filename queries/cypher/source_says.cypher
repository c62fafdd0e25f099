// What does a source say?
//
// param: source source — id of the source, such as treaties:nato-members
// column: fact — id of the fact
// column: kind — its kind
// column: title — its title
// column: status — its status, as all sources together tell
// column: parties — ids of the actors
// column: place — where the statement stands, in words
// column: start — where it begins, in characters of the text that was read
// column: end — where it ends
// column: statement — id of the statement
MATCH (o:Source {id: $source})<-[:FROM]-(s:Statement)-[:ABOUT]->(f:Fact)
OPTIONAL MATCH (f)-[:PARTY]->(a)
WITH DISTINCT s, f, a.id AS party
ORDER BY party
RETURN f.id AS fact, f.kind AS kind, f.title AS title, f.status AS status, collect(party) AS parties, s.place AS place,
       s.start AS start, s.end AS end, s.id AS statement
ORDER BY fact, coalesce(start, -1), statement
