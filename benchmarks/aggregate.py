"""What it costs to count events: the expression in Ibis against hand-written SQL on the same Parquet file, both by DuckDB with the same limit
of memory, and against a scan of the same columns that only takes their smallest values. Best of three rounds.

The events are made up by DuckDB, seeded, in the columns of GDELT: sides of some 230 codes, a few of them far more frequent than others, a third
of them empty, all codes of CAMEO, 150,000 events a day, and one event in a thousand that stands there twice. The SQL is what a hand would write
for this one source; that it gives the same counts is checked. Each is run in a process of its own, whose largest memory is told.

    python -m benchmarks.aggregate [ROWS] [MEMORY]
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import duckdb
import ibis

from benchmarks.figures import report
from comity.graph.crosswalk import crosswalk
from comity.loaders.cameo import meaning_of, meanings
from comity.loaders.counting import count
from comity.loaders.gdelt import STREAM

ROWS = 10_000_000
MEMORY = "1GB"
RUNS = 3

Times = tuple[float, float]
"""Seconds by the clock, and seconds of all processors together."""

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
    WITH judged AS (
        SELECT GLOBALEVENTID AS id, coalesce(CASE WHEN starts_with(Actor1Code, 'IGO') THEN Actor1Code END, '') AS a,
            coalesce(Actor1CountryCode, '') AS b, coalesce(Actor1KnownGroupCode, '') AS c,
            coalesce(CASE WHEN starts_with(Actor2Code, 'IGO') THEN Actor2Code END, '') AS d,
            coalesce(Actor2CountryCode, '') AS e, coalesce(Actor2KnownGroupCode, '') AS f,
            strptime(SQLDATE, '%Y%m%d')::DATE AS day,
            (try_cast(GoldsteinScale AS DECIMAL(4, 1)) * 10)::INT AS tenths, m.kept,
            CASE WHEN try_cast(GLOBALEVENTID AS BIGINT) IS NULL THEN 'id ' || GLOBALEVENTID WHEN m.code IS NULL THEN 'code ' || EventCode
                ELSE m.code END AS meaning
        FROM events LEFT JOIN mapping AS m ON m.cameo = EventCode
    ), repeated AS (
        SELECT GLOBALEVENTID AS id, count(*) AS records FROM events JOIN mapping AS m ON m.cameo = EventCode
        WHERE m.kept GROUP BY ALL HAVING count(*) > 1
    ), once AS (
        SELECT judged.*, 1 AS records FROM judged WHERE kept AND id NOT IN (SELECT id FROM repeated)
        UNION ALL
        SELECT DISTINCT ON (id) judged.*, records FROM judged JOIN repeated USING (id) WHERE kept
    )
    SELECT a, b, c, d, e, f, strftime(date_trunc('month', day), '%Y-%m') AS month, meaning, sum(records)::BIGINT AS records,
        count(*) AS events, min(day)::VARCHAR AS first, max(day)::VARCHAR AS last, sum(tenths)::BIGINT AS tenths, count(tenths) AS scored
    FROM once GROUP BY ALL
    UNION ALL
    SELECT '', '', '', '', '', '', '', meaning, count(*), count(*), '', '', 0, 0 FROM judged WHERE kept IS DISTINCT FROM true GROUP BY meaning
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
        peaks = [_alone(work, events, folder / work.__name__, memory)[1] for work in (_ibis, _hand)]
        groups = _same(folder / "_ibis", folder / "_hand")
        times: dict[Callable[..., Times], list[Times]] = {work: [] for work in (_ibis, _hand, _scan)}
        for _ in range(RUNS):  # in turn, as the machine may be busy with something else for a while
            for work, taken in times.items():
                taken.append(_alone(work, events, folder / work.__name__, memory)[0])
    best = {work: tuple(map(min, zip(*taken, strict=True))) for work, taken in times.items()}
    for place, unit in enumerate(("s", "s of processor")):
        ours, hand, scan = (found[place] for found in best.values())
        report("aggregate_ibis_ratio_to_native_duckdb", ours / hand, f"ratio of {unit}", f"SQL by hand, {of}")
        report("aggregate_ibis_ratio_to_raw_scan", ours / scan, f"ratio of {unit}", f"smallest values, {of}")
        report("aggregate_ibis", ours, unit, of)
    report("aggregate_ibis_peak_memory", peaks[0], "MB", f"of the process; DuckDB may use {memory}")
    report("aggregate_native_peak_memory", peaks[1], "MB", f"of the process; DuckDB may use {memory}")
    report("aggregate_groups", groups, "rows", "the same of both")


def _alone(work: Callable[..., Times], *given: object) -> tuple[Times, float]:
    """The times of the work in a process of its own, and the most memory of that process in MB."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_with_peak, work, *given).result()


def _with_peak(work: Callable[..., Times], *given: object) -> tuple[Times, float]:
    found = work(*given)
    return found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def _taken(work: Callable[[], object]) -> Times:
    """How long it takes by the clock, and on all processors together."""
    begun, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - used


def _make(rows: int, path: Path) -> Times:
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
        return _taken(lambda: connection.execute(f"COPY ({made}) TO '{path}'"))


def _ibis(events: Path, path: Path, memory: str) -> Times:
    connection = ibis.duckdb.connect(
        memory_limit=memory, temp_directory=f"{path}-spill", preserve_insertion_order=False
    )
    connection.raw_sql("SET enable_progress_bar = false")
    counted = count(connection.read_parquet(events), STREAM)
    connection.compile(counted)  # what is imported for that is not measured
    return _taken(lambda: counted.to_parquet(path))


def _hand(events: Path, path: Path, memory: str) -> Times:
    with _native(events, path, memory) as connection:
        return _taken(lambda: connection.execute(f"COPY ({BY_HAND}) TO '{path}' (FORMAT parquet)"))


def _scan(events: Path, path: Path, memory: str) -> Times:
    smallest = ", ".join(f"min({name})" for name in STREAM.columns)
    with _native(events, path, memory) as connection:
        return _taken(lambda: connection.execute(f"SELECT {smallest} FROM events").fetchall())


def _native(events: Path, path: Path, memory: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(
        config={
            "memory_limit": memory, "temp_directory": f"{path}-spill", "preserve_insertion_order": "false",
        }
    )  # fmt: skip
    connection.execute("SET enable_progress_bar = false")
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
        counted = "meaning, records, events, first, last, tenths, scored"
        one = f"""
            SELECT source_0, source_1, source_2, target_0, target_1, target_2, month, {counted} FROM read_parquet('{ours}')
        """
        two = f"SELECT a, b, c, d, e, f, month, {counted} FROM read_parquet('{theirs}')"
        differing = connection.execute(
            f"SELECT count(*) FROM (({one} EXCEPT ALL {two}) UNION ALL ({two} EXCEPT ALL {one}))"
        ).fetchall()[0][0]
        assert differing == 0, f"{differing} groups differ"
        number: int = connection.execute(f"SELECT count(*) FROM ({one})").fetchall()[0][0]
        return number


if __name__ == "__main__":
    main()
