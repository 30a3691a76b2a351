"""`hobnob config`: every setting with its value and where it came from, and the paths in use."""

from dataclasses import fields
from pathlib import Path

import click

from cli.options import format_option
from cli.output import say, say_json, terminal_width
from cli.session import Session
from cli.table import Column, table
from hobnob.printable import without_password
from hobnob.settings import CONFIG_NAME, Settings

__all__ = ["command"]


@click.command(short_help="Show every setting, and where it came from.")
@format_option("table", "json")
@click.pass_obj
def command(session: Session, output_format: str) -> None:
    """Show every setting, its value and where it came from, and the paths in use.

    A setting comes from the command line, a HOBNOB_ variable, hobnob.toml, or
    is the default. docs/configuration.md explains each.

    \b
    Examples:
      hobnob config
      HOBNOB_PLACE=Lisbon hobnob config
    """
    settings, origins = session.loaded
    if output_format == "json":
        say_json(
            [{"name": name, "value": value, "from": origins.get(name, "default")} for name, value in _values(settings)]
        )
        return
    rows = [
        (name, "" if value is None else str(value), origins.get(name, "default")) for name, value in _values(settings)
    ]
    for text in table((Column("Setting"), Column("Value", least=20), Column("From", least=12)), rows, terminal_width()):
        click.echo(text)
    say()
    for name, path in _paths(settings):
        say(f"{name}: {path}")


def _values(settings: Settings) -> list[tuple[str, object]]:
    values = {field.name: getattr(settings, field.name) for field in fields(Settings)}
    if settings.catalogue:
        values["catalogue"] = without_password(settings.catalogue)
    values["elasticsearch_urls"] = ", ".join(map(without_password, settings.elasticsearch_urls))
    for secret in ("elasticsearch_api_key", "elasticsearch_password"):
        values[secret] = "set, not shown" if values[secret] else None
    values |= {f"keys.{platform}": "set, not shown" for platform in values.pop("keys")}
    return [(name, str(value) if isinstance(value, Path) else value) for name, value in values.items()]


def _paths(settings: Settings) -> list[tuple[str, object]]:
    return [
        ("configuration file", settings.config_dir / CONFIG_NAME),
        ("your sources", settings.sources_dir / "*.toml"),
        ("saved feeds", settings.feeds_file),
        ("catalogue", without_password(settings.catalogue_url)),
        ("index", settings.index_dir),
        ("HTTP cache", settings.cache_dir),
    ]
