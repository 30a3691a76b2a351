"""`hobnob schedule install`: has systemd, or cron, crawl what is due."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from cli.installation import own_command
from cli.output import note, say
from cli.session import Session
from cli.systemd_units import SERVICE, TIMER, cron_line, service, timer
from hobnob import whole_files
from hobnob.errors import HobnobError
from hobnob.printable import line

__all__ = ["has_systemd", "install", "systemctl", "unit_dir"]

_PATIENCE_SECONDS = 30
_CARRIED = {"HOBNOB_CONFIG": "--config", "HOBNOB_DATA_DIR": "--data-dir"}


@click.command(short_help="Have systemd, or cron, crawl what is due.")
@click.option("--print", "only_print", is_flag=True, help="Only print what would be written.")
@click.option("--enable", is_flag=True, help="Start it, too: systemctl --user enable --now.")
@click.pass_obj
def install(session: Session, only_print: bool, enable: bool) -> None:
    """Have systemd crawl what is due, four times an hour: write a service and a timer of the user.

    Where there is no systemd, a line for cron is printed. The paths of this
    hobnob, --data-dir and --config are carried over.

    \b
    Examples:
      hobnob schedule install
      hobnob schedule install --enable
      hobnob schedule install --print
    """
    command = [*own_command(), *_options(session, os.environ), "crawl", "--due"]
    for name in _left_out(os.environ):
        note(f"{name} is set here, and will not be there: put it into {session.settings.config_dir / 'hobnob.toml'}")
    if not has_systemd():
        if enable:
            raise HobnobError("systemd does not run here", hint="leave out --enable, and give the line to cron")
        note("systemd does not run here. For cron ('crontab -e'):")
        say(cron_line(command))
        return
    units = {SERVICE: service(command), TIMER: timer()}
    if only_print:
        for name, text in units.items():
            click.echo(f"# {unit_dir() / name}\n{text}")
        return
    _write(units)
    commands = (["daemon-reload"], ["enable", "--now", TIMER])
    if not enable:
        say("Start it with:")
        for words in commands:
            click.echo(f"  systemctl --user {' '.join(words)}")
        say("so that it also runs while you are logged out:")
        click.echo("  loginctl enable-linger")
        return
    for words in commands:
        systemctl(*words)
    say("The timer is started; 'hobnob schedule status' shows what it does.")


def has_systemd() -> bool:
    """Whether this machine was booted with systemd (sd_booted(3)), and has its program."""
    return shutil.which("systemctl") is not None and Path("/run/systemd/system").is_dir()


def unit_dir() -> Path:
    """Where a user's units lie (systemd.unit(5))."""
    config = os.environ.get("XDG_CONFIG_HOME")
    return (Path(config) if config and Path(config).is_absolute() else Path.home() / ".config") / "systemd" / "user"


def systemctl(*words: str) -> str:
    """What systemctl --user says. Raises HobnobError when it fails."""
    try:
        ran = subprocess.run(  # noqa: S603 - the words are ours
            ["systemctl", "--user", *words],  # noqa: S607 - wherever this system has it
            capture_output=True, text=True, check=False, timeout=_PATIENCE_SECONDS,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise HobnobError(f"systemctl --user {' '.join(words)}: {line(str(error))}") from error
    if ran.returncode != 0:
        said = line(ran.stderr.strip() or f"exit code {ran.returncode}")
        raise HobnobError(
            f"systemctl --user {' '.join(words)}: {said}",
            hint="log in as this user (not by su or sudo), and run the command by hand",
        )
    return ran.stdout.strip()


def _options(session: Session, environ: Mapping[str, str]) -> list[str]:
    """The global options that were given; paths that came by a variable are options there."""
    given = session.arguments
    for name, option in _CARRIED.items():
        if option not in given and environ.get(name):
            given += [option, str(Path(environ[name]).absolute())]
    return given


def _left_out(environ: Mapping[str, str]) -> Iterator[str]:
    yield from sorted(name for name in environ if name.startswith("HOBNOB_") and name not in _CARRIED)


def _write(units: Mapping[str, str]) -> None:
    folder = unit_dir()
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in units.items():
        path = folder / name
        if path.is_file() and path.read_bytes() == text.encode():
            say(f"{path} is as it should be.")
            continue
        whole_files.replace(path, text.encode())
        say(f"Wrote {path}")
