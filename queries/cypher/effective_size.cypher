// How many partners does each actor have on a day, less what they are tied to each other (Burt's effective size)?
//
// param: layer layers = agreement — kinds of facts that count as ties
// param: types types = defence — types that count; none for all
// param: day day = today — the day asked about
// param: possible flag = no — count ties that hold only for some settlement of the doubtful dates, too
// param: sources sources = default — dossiers or data sets that count; all for everything loaded
// column: actor — id of the actor
// column: name — its name
// column: effective_size — partners, less the ties that a partner has on average to the others, at twelve decimals
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
WITH a.id AS actor, a.name AS name, size(a.partners) AS partners, sum(size([id IN b.partners WHERE id IN a.partners])) AS twice
RETURN actor, name, round(partners - 1.0 * twice / partners, 12) AS effective_size
ORDER BY effective_size DESC, actor
