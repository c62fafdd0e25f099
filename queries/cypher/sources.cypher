// What is loaded: which sources, and how much do they say?
//
// column: collection — dossier or data set
// column: source — id of the source
// column: cite — how to cite it
// column: licence — terms of its text or data, where known
// column: statements — number of its statements
// column: facts — number of facts that it speaks of
MATCH (o:Source) WHERE o.live
OPTIONAL MATCH (o)<-[:FROM]-(s:Statement) WHERE s.live
RETURN o.collection AS collection, o.id AS source, o.cite AS cite, o.licence AS licence, count(s) AS statements,
       count(DISTINCT s.fact) AS facts
ORDER BY collection, source
