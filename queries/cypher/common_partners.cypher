// Which partners have two actors in common on a day?
//
// param: a actor — id of the one actor
// param: b actor — id of the other
// param: layer layers = agreement — kinds of facts that count as ties
// param: types types = none — types that count; none for all
// param: day day = today — the day asked about
// param: possible flag = no — count ties that hold only for some settlement of the doubtful dates, too
// param: sources sources = default — dossiers or data sets that count; all for everything loaded
// column: partner — id of the common partner
// column: name — its name
// column: with_a — facts that it shares with the one
// column: with_b — facts that it shares with the other
MATCH (a:Country|Organization {id: $a})-[t]-(c:Country|Organization)
WHERE type(t) IN $layer AND t.in_effect
  AND {{on_day}}
  AND {{of_types}}
  AND {{of_sources}}
WITH c, count(DISTINCT t.fact) AS with_a
MATCH (c)-[t]-(b:Country|Organization {id: $b})
WHERE type(t) IN $layer AND t.in_effect
  AND {{on_day}}
  AND {{of_types}}
  AND {{of_sources}}
RETURN c.id AS partner, c.name AS name, with_a, count(DISTINCT t.fact) AS with_b
ORDER BY with_a + with_b DESC, partner
