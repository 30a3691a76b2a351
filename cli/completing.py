"""What a shell is offered to complete a word with, where only the program knows the names."""

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

from cli.session import Session
from hobnob.errors import HobnobError

__all__ = ["Completion", "completes", "feed_names", "source_names"]

Completion = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def completes(names: Callable[[Session], Iterable[str]]) -> Completion:
    """Offers those of `names` that begin as the word does; none when a file that says them cannot be read."""

    def complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
        try:
            known = sorted(names(_session(ctx)))
        except HobnobError:
            return []
        return [CompletionItem(name) for name in known if name.startswith(incomplete)]

    return complete


def source_names(session: Session) -> Iterable[str]:
    return session.sources


def feed_names(session: Session) -> Iterable[str]:
    from indexer.search import saved

    return saved.names(session.settings.feeds_file)


def _session(ctx: click.Context) -> Session:
    """A session under the global options on the line: while a shell completes, no command has configured one."""
    given = ctx.find_root().params
    session = Session()
    session.configure(data_dir=given["data_dir"], config_file=given["config_file"], engine=None, debug=False)
    return session
