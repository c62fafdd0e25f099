// What has been between two actors: every fact that ties them, with each phase of its life?
//
// param: a actor — id of the one actor
// param: b actor — id of the other
// param: layer layers = none — kinds of facts; none for all
// column: when — the time of the phase, in EDTF
// column: status — announced, signed, in_force, held …
// column: in_effect — whether the phase counts as a tie in force, or held
// column: kind — kind of fact
// column: title — its title
// column: types — its types; those pledged by `from` where the two differ
// column: from — id of the pledging, sending or belonging side where the tie has a direction
// column: sources — ids of the sources that speak of it
// column: fact — id of the fact
MATCH (a:Country|Organization {id: $a})-[t]-(b:Country|Organization {id: $b})
WHERE size($layer) = 0 OR type(t) IN $layer
MATCH (f:Fact {id: t.fact})
RETURN t.when AS when, t.status AS status, t.in_effect AS in_effect, f.kind AS kind, f.title AS title, t.types AS types,
       CASE WHEN t.directed THEN startNode(t).id ELSE null END AS from, t.sources AS sources, f.id AS fact
ORDER BY t.earliest_begin, t.latest_end, fact, status, when, coalesce(from, '')
