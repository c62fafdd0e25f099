"""What it costs to count events: the expression in Ibis against hand-written SQL on the same Parquet file, both by DuckDB with the same limit
of memory, and against a scan of the same columns that only takes their smallest values.

The events are made up by DuckDB, seeded, in the columns of GDELT: sides of some 230 codes, a few of them far more frequent than others, a third
of them empty, all codes of CAMEO, 150,000 events a day, and one event in a thousand that stands there twice. The SQL is what a hand would write
for this one source; that it gives the same counts is checked. Each is run in a process of its own, whose largest memory is told.

    python -m benchmarks.aggregate [ROWS] [MEMORY]
"""

import resource
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import duckdb
import ibis

from benchmarks.figures import report, seconds
from comity.graph.crosswalk import crosswalk
from comity.loaders.cameo import meaning_of, meanings
from comity.loaders.counting import count
from comity.loaders.gdelt import STREAM

ROWS = 10_000_000
MEMORY = "1GB"
RUNS = 3

MADE = """
    SELECT (410000000 + i - (i % 1000 == 999)::INT)::VARCHAR AS GLOBALEVENTID,
        strftime(DATE '2006-01-01' + ((i - (i % 1000 == 999)::INT) // 150000)::INT, '%Y%m%d') AS SQLDATE,
        codes[1 + (abs(hash(2 * (i - (i % 1000 == 999)::INT))) % len(codes))::INT] AS EventCode,
        ((abs(hash(3 * (i - (i % 1000 == 999)::INT))) % 201)::INT / 10.0 - 10)::DECIMAL(3, 1)::VARCHAR AS GoldsteinScale,
        {sides}
    FROM range({rows}) AS numbers(i), (SELECT {codes} AS codes, {states} AS states)
"""
SIDE = """
        CASE WHEN {chance} < 0.33 THEN NULL ELSE states[1 + (len(states) * pow({chance} / 0.67 - 0.492, 2))::INT % len(states)] END
            AS Actor{number}CountryCode,
        CASE WHEN {chance} < 0.01 THEN 'IGOEUREEC' WHEN {chance} < 0.2 THEN 'BUS' WHEN {chance} >= 0.33 THEN
            states[1 + (len(states) * pow({chance} / 0.67 - 0.492, 2))::INT % len(states)] || 'GOV' END AS Actor{number}Code,
        CASE WHEN {chance} < 0.01 THEN 'EEC' END AS Actor{number}KnownGroupCode
"""

BY_HAND = """
    WITH told AS (
        SELECT GLOBALEVENTID::BIGINT AS id, SQLDATE AS day, m.code AS meaning, (GoldsteinScale::DECIMAL(4, 1) * 10)::INT AS tenths,
            CASE WHEN starts_with(Actor1Code, 'IGO') THEN Actor1Code END AS a, Actor1CountryCode AS b, Actor1KnownGroupCode AS c,
            CASE WHEN starts_with(Actor2Code, 'IGO') THEN Actor2Code END AS d, Actor2CountryCode AS e, Actor2KnownGroupCode AS f
        FROM events JOIN mapping AS m ON m.cameo = EventCode WHERE m.kept
    ), repeated AS (
        SELECT id, count(*) AS records FROM told GROUP BY id HAVING count(*) > 1
    ), once AS (
        SELECT told.*, 1 AS records FROM told ANTI JOIN repeated USING (id)
        UNION ALL
        SELECT DISTINCT ON (id) told.*, records FROM told JOIN repeated USING (id)
    )
    SELECT a, b, c, d, e, f, left(day, 6) AS month, meaning, sum(records) AS records, count(*) AS events, min(day) AS first,
        max(day) AS last, sum(tenths) AS tenths
    FROM once GROUP BY ALL
"""


def main() -> None:
    """Measure and print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    memory = sys.argv[2] if len(sys.argv) > 2 else MEMORY
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        events = folder / "events.parquet"
        _alone(_make, rows, events)
        of = f"{rows:,} rows, {events.stat().st_size / 1e6:.0f} MB of Parquet, memory limit {memory}"
        figures = {
            work.__name__: _alone(work, events, folder / f"{work.__name__}.parquet", memory)
            for work in (_by_ibis, _by_hand, _scan)
        }
        groups = _same(folder / "_by_ibis.parquet", folder / "_by_hand.parquet")
    (ours, peak), (hand, hand_peak), (scan, _) = figures.values()
    report("aggregate_ibis_time_ratio_to_native_duckdb", ours / hand, "ratio", f"SQL by hand, {of}")
    report("aggregate_ibis_time_ratio_to_raw_scan", ours / scan, "ratio", f"smallest values, {of}")
    report("aggregate_ibis_rows", rows / ours, "rows/s", of)
    report("aggregate_ibis_seconds", ours, "s", of)
    report("aggregate_ibis_peak_memory", peak, "MB", f"{memory} for DuckDB")
    report("aggregate_native_peak_memory", hand_peak, "MB", f"{memory} for DuckDB")
    report("aggregate_groups", groups, "rows", "the same of both")


def _alone(work: Callable[..., float], *given: object) -> tuple[float, float]:
    """What the work gives in a process of its own, and the most memory of that process in MB."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_with_peak, work, *given).result()


def _with_peak(work: Callable[..., float], *given: object) -> tuple[float, float]:
    found = work(*given)
    return found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def _make(rows: int, path: Path) -> float:
    states = sorted(
        {code.code for actor in crosswalk().actors() for code in actor.codes if code.system == "cameo"}
    )
    codes = [f"{number:03}" for number in range(1000) if meaning_of(f"{number:03}")]
    sides = ",".join(
        SIDE.format(
            number=number,
            chance=f"(abs(hash({number + 4} * (i - (i % 1000 == 999)::INT))) % 1000003 / 1000003)",
        )
        for number in (1, 2)
    )
    with duckdb.connect() as connection:
        made = MADE.format(rows=rows, sides=sides, codes=codes, states=states)
        connection.execute(f"COPY ({made}) TO '{path}'")
    return 0.0


def _by_ibis(events: Path, path: Path, memory: str) -> float:
    connection = ibis.duckdb.connect(
        memory_limit=memory, temp_directory=f"{path}-spill", preserve_insertion_order=False
    )
    counted = count(connection.read_parquet(events), STREAM)
    return seconds(lambda: counted.to_parquet(path), RUNS)


def _by_hand(events: Path, path: Path, memory: str) -> float:
    with _native(events, path, memory) as connection:
        return seconds(lambda: connection.execute(f"COPY ({BY_HAND}) TO '{path}'"), RUNS)


def _scan(events: Path, path: Path, memory: str) -> float:
    smallest = ", ".join(f"min({name})" for name in STREAM.columns)
    with _native(events, path, memory) as connection:
        return seconds(lambda: connection.execute(f"SELECT {smallest} FROM events").fetchall(), RUNS)


def _native(events: Path, path: Path, memory: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(
        config={
            "memory_limit": memory, "temp_directory": f"{path}-spill", "preserve_insertion_order": "false",
        }
    )  # fmt: skip
    connection.execute(f"CREATE VIEW events AS FROM '{events}'")
    connection.execute("CREATE TABLE mapping (cameo VARCHAR, code VARCHAR, kept BOOLEAN)")
    read = [(code, meaning_of(code)) for code in (f"{number:03}" for number in range(1000))]
    connection.executemany(
        "INSERT INTO mapping VALUES (?, ?, ?)",
        [(code, meaning.code, bool(meanings()[meaning.code].kind)) for code, meaning in read if meaning],
    )
    return connection


def _same(ours: Path, theirs: Path) -> int:
    """How many groups both have; an error where anything of them differs."""
    with duckdb.connect() as connection:
        one = f"""
            SELECT source_0, source_1, source_2, target_0, target_1, target_2, replace(month, '-', ''), meaning, records, events,
                replace(first, '-', ''), replace(last, '-', ''), tenths FROM '{ours}' WHERE month != ''
        """
        two = f"""
            SELECT coalesce(a, ''), coalesce(b, ''), coalesce(c, ''), coalesce(d, ''), coalesce(e, ''), coalesce(f, ''), month, meaning,
                records::BIGINT, events, first, last, tenths::BIGINT FROM '{theirs}'
        """
        differing = connection.execute(
            f"SELECT count(*) FROM (({one} EXCEPT ALL {two}) UNION ALL ({two} EXCEPT ALL {one}))"
        ).fetchall()[0][0]
        assert differing == 0, f"{differing} groups differ"
        number: int = connection.execute(f"SELECT count(*) FROM ({one})").fetchall()[0][0]
        return number


if __name__ == "__main__":
    main()
