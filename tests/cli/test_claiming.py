import json

import pytest
from click.testing import CliRunner, Result

from comity.cli.claiming import COMMANDS
from comity.cli.settings import Settings
from comity.graph.errors import UnknownName
from comity.graph.loading import load
from comity.graph.stores import Store, open_store
from comity.loaders.dossier import open_bundled

DRILL = "japan-europe:guardian-north-16"
HELP = ["-h", "--help"]  # as the group has it: click keeps a command's first help option
CLAIM = "first drill of JPN with a country other than USA"


@pytest.fixture
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("claims") / "store")
    with open_store(folder) as store:
        opened: Store = store
        load(opened, open_bundled("japan-europe").reading())
    return folder


def run(url: str, *arguments: str) -> Result:
    settings = Settings.from_environment({"COMITY_STORE": url})
    return CliRunner().invoke(COMMANDS[0], arguments, obj=settings, help_option_names=HELP)


def test_a_claim_is_contradicted_by_a_fact_with_its_date_and_sources(url: str) -> None:
    answer = run(url, DRILL, CLAIM)
    assert answer.exit_code == 3
    lines = answer.stdout.splitlines()
    assert lines[:4] == [
        f"CONTRADICTED: {CLAIM}",
        f"  Guardian North 16 ({DRILL})",
        "  because  1 in the scope certainly stood before it",
        "  - 2015-03  NATO Crisis Management Exercise 2015 (CMX 15) (japan-europe:nato-crisis-management-2015), certainly before it",
    ]
    assert lines[4].strip() == "who took part is told by japan-europe:nato-cmx-2015"
    assert lines[5].strip() == "when, by japan-europe:article"
    assert lines[6].strip().startswith("limits   others in the scope: 1, perhaps in it: 0; of drills of JPN")
    assert lines[-1] == "Claims: 1 (0 supported, 1 contradicted, 0 untestable); policy strict"
    assert "exit status 3" in answer.stderr


def test_a_supported_claim_ends_well_in_every_format(url: str) -> None:
    claim = "first drill of Japan since 2016"
    assert run(url, DRILL, claim).exit_code == 0
    table = run(url, DRILL, claim, "--format", "csv")
    assert (table.exit_code, table.stdout.splitlines()[0]) == (
        0,
        "finding,fact,claim,because,by,by_sources,said_by,limits",
    )
    document = json.loads(run(url, DRILL, claim, "--format", "json").stdout)
    (row,) = document["claims"]
    assert (row["finding"], row["claim"], document["policy"]) == (
        "supported",
        "first drill of JPN since 2016",
        "strict",
    )


def test_without_a_claim_those_that_sources_make_are_tested(url: str) -> None:
    of_drill, all_told = run(url, DRILL), run(url)
    assert of_drill.exit_code == all_told.exit_code == 3
    assert "Claims: 3 (" in of_drill.stdout
    assert "Claims: 7 (" in all_told.stdout
    assert "said by  japan-europe:raf-2016: “first exercise in Japan with" in of_drill.stdout


def test_a_day_of_record_before_the_load_knows_no_fact(url: str) -> None:
    assert "Claims: 0 (" in run(url, "--known-on", "2001-01-01").stdout
    answer = run(url, DRILL, CLAIM, "--known-on", "2001-01-01")
    assert isinstance(answer.exception, UnknownName)
