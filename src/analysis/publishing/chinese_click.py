"""click in Chinese: headings of the help, usage errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

_SECTIONS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}
_TYPES = {"integer": "整数", "float": "数字", "boolean": "true 或 false"}


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 [参数]…"), "用法：")

    def write_dl(self, rows: Any, col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(first, second.replace("[required]", "[必填]")) for first, second in rows], col_max, col_spacing)

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def section(self, name: str) -> Any:
        return super().section(_SECTIONS.get(name, name))


class _Context(click.Context):
    formatter_class = _Formatter


class ChineseCommand(click.Command):
    """A command whose help is in Chinese."""

    context_class = _Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the help option with a Chinese text."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "显示本说明"
        return option


class ChineseGroup(ChineseCommand, click.Group):
    """A group whose help is in Chinese."""

    command_class = ChineseCommand

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a sub-command; an unknown one is told with those there are."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise click.UsageError(f"没有命令 {args[0]}；可用的有：{'、'.join(self.list_commands(ctx))}", ctx)
        return super().resolve_command(ctx, args)


ChineseGroup.group_class = ChineseGroup


def run(command: click.Command, arguments: Sequence[str] | None = None) -> Any:
    """Run a command; a usage error is told in Chinese and leaves with exit code 2."""
    try:
        return command.main(args=list(arguments) if arguments is not None else None, standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        raise SystemExit(2) from error
    except click.UsageError as error:
        click.echo(f"用法不对：{_told(error)}", err=True)
        if error.ctx is not None:
            click.echo(f"查看说明：{error.ctx.command_path} --help", err=True)
        raise SystemExit(2) from error
    except click.Abort as error:
        click.echo("已中断。", err=True)
        raise SystemExit(130) from error


def _told(error: click.UsageError) -> str:
    name = error.param.opts[0] if isinstance(error, click.BadParameter) and error.param else ""
    if isinstance(error, click.MissingParameter):
        return f"缺少 {error.param.human_readable_name if error.param and not name.startswith('-') else name}"
    if isinstance(error, click.NoSuchOption):
        near = f"；是否应为 {'、'.join(error.possibilities)}" if error.possibilities else ""
        return f"没有选项 {error.option_name}{near}"
    if isinstance(error, click.BadParameter) and error.param:
        kind = error.param.type
        expected = "、".join(map(str, kind.choices)) if isinstance(kind, click.Choice) else _TYPES.get(kind.name, "")
        return f"{name} 的值不合适" + (f"，应为{'其中之一：' if isinstance(kind, click.Choice) else ''}{expected}" if expected else "")
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面缺少值"
    if error.message.isascii():
        return "多余的参数" if "extra argument" in error.message else error.message
    return error.message
