"""Keys: shown once, kept as hashes, taken back at once."""

import os
import sqlite3
import stat
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from comity.graph.errors import InputError, UnknownName
from comity.service.keys import Key, Keys, KeysUnreadable, Role


def test_there_are_none_where_there_is_no_file(keys: Keys, key_file: Path) -> None:
    assert keys.every() == []
    assert keys.find("comity_1_2") is None
    assert not key_file.exists()


def test_a_key_is_found_by_its_text_and_by_no_other(keys: Keys) -> None:
    key, text = keys.add(" Mori ", Role.EDITOR)
    assert key.name == "Mori"
    assert keys.find(text) == key
    for wrong in (
        "",
        text[:-1],
        text + "a",
        text.replace("comity", "other"),
        text.upper(),
        f"comity_{key.id}_",
        key.id,
    ):
        assert keys.find(wrong) is None
    other, _ = keys.add("Mori", Role.READER)
    assert keys.find(text.replace(key.id, other.id)) is None


def test_what_is_secret_is_not_in_the_file_and_others_cannot_read_it(keys: Keys, key_file: Path) -> None:
    _, text = keys.add("Mori", Role.READER)
    content = key_file.read_bytes()
    assert text.encode() not in content
    assert text.rpartition("_")[2].encode() not in content
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_a_file_that_others_can_write_is_refused(keys: Keys, key_file: Path) -> None:
    _, text = keys.add("Mori", Role.READER)
    key_file.chmod(0o666)
    with pytest.raises(InputError, match="chmod 600"):
        Keys(key_file).find(text)
    with pytest.raises(InputError, match="chmod 600"):
        keys.add("Mallory", Role.ADMIN)


def test_what_is_no_file_of_keys_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear reader, this is a letter and no database at all." * 50, encoding="utf-8")
    file.chmod(0o600)
    with pytest.raises(InputError, match="holds no keys"):
        Keys(file).every()


def test_a_revocation_by_another_is_seen_at_once(keys: Keys, key_file: Path) -> None:
    key, text = keys.add("Mori", Role.READER)
    running = Keys(key_file)
    assert running.find(text)
    keys.revoke(key.id)
    assert running.find(text) is None
    revoked = keys.revoke(key.id)
    assert revoked.state() == "revoked"
    assert keys.revoke(key.id) == revoked  # once more changes nothing
    added, text = keys.add("Ito", Role.READER)
    assert running.find(text) == added
    running.close()


def test_another_file_in_its_place_is_seen(keys: Keys, key_file: Path, tmp_path: Path) -> None:
    _, text = keys.add("Mori", Role.READER)
    assert keys.find(text)
    other = Keys(tmp_path / "other.sqlite")
    _, second = other.add("Ito", Role.READER)
    os.replace(tmp_path / "other.sqlite", key_file)
    assert keys.find(text) is None
    assert keys.find(second)
    key_file.unlink()
    with pytest.raises(KeysUnreadable, match="is gone"):
        keys.find(second)
    assert Keys(key_file).find(second) is None  # where there never was one there are no keys


def test_a_key_ends_with_its_last_day() -> None:
    key = Key("1", "Mori", Role.READER, "2026-01-01T00:00:00+00:00", expires="2026-06-30")
    assert key.state(date(2026, 6, 30)) == "valid"
    assert key.state(date(2026, 7, 1)) == "expired"


def test_an_expired_key_is_not_found(keys: Keys, key_file: Path) -> None:
    today = datetime.now(UTC).date()
    _, text = keys.add("Mori", Role.READER, today)
    assert keys.find(text)
    with sqlite3.connect(key_file) as connection:
        connection.execute("UPDATE key SET expires = ?", ((today - timedelta(days=1)).isoformat(),))
    connection.close()
    assert keys.find(text) is None


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\x1b[31mb"])
def test_a_key_needs_a_name(keys: Keys, name: str) -> None:
    with pytest.raises(InputError, match="name"):
        keys.add(name, Role.READER)


def test_what_cannot_be_is_refused(keys: Keys) -> None:
    with pytest.raises(InputError, match="past"):
        keys.add("Mori", Role.READER, date(2020, 1, 1))
    with pytest.raises(UnknownName, match="no key 'abc'"):
        keys.revoke("abc")
    with pytest.raises(UnknownName, match="reader, editor, admin"):
        Role.parse("owner")


def test_threads_find_and_make_keys_together(keys: Keys) -> None:
    texts = [keys.add("Mori", Role.READER)[1] for _ in range(3)]
    failed: list[object] = []

    def work() -> None:
        try:
            for text in texts * 30:
                assert keys.find(text)
            keys.add("Ito", Role.READER)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(keys.every()) == 9
