"""`hobnob config` tells where each setting is from, and keeps secrets."""

import json


def test_the_password_of_a_database_is_not_shown(run, monkeypatch) -> None:
    monkeypatch.setenv("HOBNOB_CATALOGUE", "postgresql://me:s3cret@db.example/events")
    for arguments in (("config",), ("config", "-f", "json")):
        ran = run(*arguments)
        assert ran.code == 0
        assert "s3cret" not in ran.out
        assert "postgresql://me:***@db.example/events" in ran.out


def test_each_value_says_where_it_is_from(run, monkeypatch, config) -> None:
    monkeypatch.setenv("HOBNOB_PLACE", "Lisbon")
    shown = {row["name"]: row for row in json.loads(run("config", "-f", "json").out)}
    assert (shown["place"]["value"], shown["place"]["from"]) == ("Lisbon", "HOBNOB_PLACE")
    assert (shown["download_delay"]["value"], shown["download_delay"]["from"]) == (0, str(config))
    assert shown["timeout_seconds"]["from"] == "default"
    assert (shown["config_dir"]["value"], shown["config_dir"]["from"]) == (str(config.parent), "command line")
