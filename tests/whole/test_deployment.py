"""What `deploy/` promises: settings that there are, commands that there are, and what the documentation says of it."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.program import COMMANDS
from hobnob.settings import Settings


@pytest.fixture(scope="module")
def compose(checkout: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((checkout / "deploy" / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("service", ["hobnob", "crawler"])
def test_hobnob_is_configured_by_settings_that_there_are(compose: dict[str, Any], service: str) -> None:
    described = compose["services"][service]
    known = {f"HOBNOB_{field.name.upper()}" for field in fields(Settings)}
    assert set(described["environment"]) <= known
    assert described["environment"]["HOBNOB_ENGINE"] == "elasticsearch"
    assert described["command"][0] in COMMANDS
    assert described["depends_on"]["elasticsearch"]["condition"] == "service_healthy"


def test_elasticsearch_is_kept_safe_and_within_bounds(compose: dict[str, Any]) -> None:
    server = compose["services"]["elasticsearch"]
    assert server["environment"]["xpack.security.enabled"] == "true"
    assert server["environment"]["xpack.security.http.ssl.enabled"] == "true"
    assert server["mem_limit"]
    assert server["healthcheck"]["test"]
    assert "ports" not in server
    named = {mount.partition(":")[0] for mount in server["volumes"]}
    assert named <= set(compose["volumes"])
    assert "elasticsearch-data" in named


def test_every_variable_is_explained_in_the_example(checkout: Path) -> None:
    used = set(re.findall(r"\$\{(\w+)", (checkout / "deploy" / "compose.yaml").read_text(encoding="utf-8")))
    explained = set(
        re.findall(r"^(\w+)=", (checkout / "deploy" / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert used == explained


def test_the_image_installs_what_the_lock_file_pins(checkout: Path) -> None:
    lock = (checkout / "requirements-server.lock").read_text(encoding="utf-8")
    for package in ("elasticsearch", "psycopg", "tantivy", "hatchling"):
        assert re.search(rf"^{package}==", lock, re.MULTILINE)
    assert "COPY requirements-server.lock" in (checkout / "deploy" / "Dockerfile").read_text(encoding="utf-8")
