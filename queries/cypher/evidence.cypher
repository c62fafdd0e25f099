// On what does a tie rest: which statements of which sources speak of the facts between two actors?
//
// param: a actor — id of the one actor
// param: b actor — id of the other
// param: layer layers = none — kinds of facts; none for all
// column: fact — id of the fact
// column: title — its title
// column: source — id of the source
// column: cite — how to cite it
// column: url — its address
// column: place — where the statement stands, in words
// column: start — where it begins, in characters of the text that was read
// column: end — where it ends
// column: words — the words, where the source's licence allows
// column: method — curated, table or reader
// column: confidence — from 0 to 1
// column: statement — id of the statement
MATCH (a:Country|Organization {id: $a})-[t]-(b:Country|Organization {id: $b})
WHERE size($layer) = 0 OR type(t) IN $layer
WITH DISTINCT t.fact AS fact
MATCH (s:Statement)-[:ABOUT]->(f:Fact {id: fact})
MATCH (s)-[:FROM]->(o:Source)
RETURN f.id AS fact, f.title AS title, o.id AS source, o.cite AS cite, o.url AS url, s.place AS place, s.start AS start,
       s.end AS end, s.words AS words, s.method AS method, s.confidence AS confidence, s.id AS statement
ORDER BY fact, source, coalesce(start, -1), statement
