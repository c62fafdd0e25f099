// Who belongs to an organization on a day?
//
// param: organization organization — id of the organization, such as NATO
// param: types types = none — full, associate, partner or observer; none for all
// param: day day = today — the day asked about
// param: possible flag = no — count ties that hold only for some settlement of the doubtful dates, too
// param: sources sources = all — dossiers or data sets that count; all for everything loaded
// column: actor — id of the member
// column: name — its name
// column: types — how it belongs
// column: when — the time of its membership, in EDTF
// column: fact — id of the fact
// column: sources — ids of the sources that speak of it
MATCH (a:Country|Organization)-[t:MEMBERSHIP]->(o:Organization {id: $organization})
WHERE t.in_effect
  AND {{on_day}}
  AND {{of_types}}
  AND {{of_sources}}
RETURN a.id AS actor, a.name AS name, t.types AS types, t.when AS when, t.fact AS fact, t.sources AS sources
ORDER BY actor, fact, when
