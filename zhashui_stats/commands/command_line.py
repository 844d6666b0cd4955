"""Command lines in Chinese: usage, help and errors."""

import argparse
import re
import unicodedata
from typing import Any, NoReturn

__all__ = ["ChineseParser", "Usage"]


class Usage(Exception):
    """A command line that cannot be understood."""


class ChineseParser(argparse.ArgumentParser):
    """An ArgumentParser that speaks Chinese."""

    def __init__(self, **kwargs: Any) -> None:
        """Head the lists of a help text in Chinese."""
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Formatter, **kwargs)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Say in Chinese what is wrong.

        Raises:
            Usage: Always.
        """
        for pattern, chinese in _MESSAGES:
            if match := re.fullmatch(pattern, message, re.DOTALL):
                said, colon, choices = match.expand(chinese).partition("可用的")
                message = said + colon + choices.replace("'", "").replace(", ", "、")
                break
        raise Usage(f"{message}\n用 {self.prog} --help 查看用法")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def format_help(self) -> str:
        return re.sub(r"^(\S+):$", r"\1：", super().format_help(), flags=re.MULTILINE)

    def add_argument(self, action: argparse.Action) -> None:
        super().add_argument(action)
        if action.help is not argparse.SUPPRESS:
            # A Chinese character takes two columns of the terminal.
            wide = _columns(self._format_action_invocation(action)) + self._current_indent
            self._action_max_length = max(self._action_max_length, wide)

    def _format_action(self, action: argparse.Action) -> str:
        text = super()._format_action(action)
        header = self._format_action_invocation(action)
        extra = _columns(header) - len(header)
        text = re.sub(rf"({re.escape(header)} +?) {{{extra}}}(?= )", r"\1", text, count=1)
        if not isinstance(action, argparse._SubParsersAction):
            return text
        # The group's title says already what these are.
        return re.sub(r"^  ", "", text.partition("\n")[2], flags=re.MULTILINE)


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


_CHOICE = r"invalid choice: '(.*)' \(choose from (.*)\)"
_MESSAGES = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (.*): expected one argument", r"\1 后面要跟一个值"),
    (r"argument (.*): ignored explicit argument (.*)", r"\1 后面不跟值"),
    (r"argument 命令: " + _CHOICE, r"没有“\1”这个命令；可用的命令：\2"),
    (r"argument (.*): " + _CHOICE, r"\1 不能是“\2”；可用的有：\3"),
    (r"argument (.*): (看不懂的期次.*)", r"\2"),
    (r"argument (.*): ((?:不能为空|应为).*)", r"\1 \2"),
)
