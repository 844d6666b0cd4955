"""The parser of a command line that speaks Chinese: usage, help and errors."""

import argparse
import re
import unicodedata
from typing import Any, NoReturn

__all__ = ["BadValue", "ChineseParser", "Usage"]


class Usage(Exception):
    """A command line that cannot be understood."""


class BadValue(Exception):
    """A value that an argument cannot take; what reads arguments raises it.

    Attributes:
        said: What is wrong, in Chinese.
        is_sentence: Whether that is a whole sentence; else the argument's name goes before it.
    """

    def __init__(self, said: str, *, is_sentence: bool = False) -> None:
        """Keep what is wrong."""
        self.said, self.is_sentence = said, is_sentence
        super().__init__(said)


class ChineseParser(argparse.ArgumentParser):
    """An ArgumentParser that speaks Chinese."""

    def __init__(self, **kwargs: Any) -> None:
        """Head the lists of a help text in Chinese."""
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Formatter, **kwargs)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Say in Chinese what argparse finds wrong.

        Raises:
            Usage: Always.
        """
        self._refuse(_translate(message))

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        try:
            return super()._get_value(action, arg_string)
        except BadValue as error:
            name = argparse.ArgumentError(action, "").argument_name
            self._refuse(error.said if error.is_sentence else f"{name} {error.said}")

    def _refuse(self, said: str) -> NoReturn:
        raise Usage(f"{said}\n用 {self.prog} --help 查看用法")


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


def _translate(message: str) -> str:
    """Say in Chinese what argparse says in English; what is not known stays as it is."""
    for pattern, chinese in _MESSAGES:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            parts = match.groupdict(default="")
            choices = parts.get("choices", "").replace("'", "").replace(", ", "、")
            return chinese.format(**{**parts, "choices": choices})
    return message


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


_CHOICE = r"invalid choice: '(?P<value>.*)' \(choose from (?P<choices>.*)\)"
_MESSAGES = (
    (r"the following arguments are required: (?P<names>.*)", "缺少参数：{names}"),
    (r"unrecognized arguments: (?P<names>.*)", "不认识的参数：{names}"),
    (r"argument (?P<name>.*): expected one argument", "{name} 后面要跟一个值"),
    (r"argument (?P<name>.*): ignored explicit argument (?P<value>.*)", "{name} 后面不跟值"),
    (r"argument 命令: " + _CHOICE, "没有“{value}”这个命令；可用的命令：{choices}"),
    (r"argument (?P<name>.*): " + _CHOICE, "{name} 不能是“{value}”；可用的有：{choices}"),
)
