"""`hobnob completion`: the script that completes commands and options in a shell."""

import click

from cli.session import Session

__all__ = ["command"]


@click.command(short_help="Print the script that completes commands in a shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands and options in SHELL.

    \b
    Examples:
      hobnob completion bash > ~/.local/share/bash-completion/completions/hobnob
      hobnob completion zsh > ~/.zfunc/_hobnob     (a directory of your fpath)
      hobnob completion fish > ~/.config/fish/completions/hobnob.fish
    """
    from click.shell_completion import get_completion_class

    completion = get_completion_class(shell)
    if completion is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(completion(ctx.find_root().command, {"obj": Session()}, "hobnob", "_HOBNOB_COMPLETE").source())
