"""Lists that announce their length."""

import re

from zhashui_stats.audit.claims import Claim, Context, say_number
from zhashui_stats.audit.encoding import Found
from zhashui_stats.audit.readings.parts import number_reading

__all__ = ["announced_list"]


def announced_list(found: Found, context: Context) -> Claim | None:
    """以下五个方面问题: as many points follow."""
    before = context.encoded.text[max(0, found.start - 12) : found.start]
    if not re.search("以下|如下|下列|存在|呈现|主要有|表现在|归纳|突出的", before):
        return None
    _, k = found.number("k")
    points = _count_points(found, context)
    claimed = f"{say_number(k)}个方面"
    if not points:
        return Claim("announced_list", found.start, found.end, claimed, reason="后文没有逐条列出")
    reading = number_reading(k, points, f"后文列出{points}条")
    return Claim("announced_list", found.start, found.end, claimed, (reading,))


def _count_points(found: Found, context: Context) -> int:
    """Count 一是 … 五是, or （一） … （五）, that follow within the chapter."""
    chapter = context.encoded.sentence.chapter
    texts = [context.encoded.sentence.text[context.encoded.places[found.end - 1] :]]
    texts += [
        phrase.sentence.text for phrase in context.following if phrase.sentence.chapter == chapter
    ]
    numerals = "一二三四五六七八九十"
    for form in (
        "(?:^|(?<=[;:。,]))({})是",
        r"^\(({})\)",
        r"^(?:第)({})(?=[,、是])",
        "(?:^|(?<=[;:。,]))({})、",
    ):
        number = 0
        for text in texts:
            for match in re.finditer(form.format(f"[{numerals}]"), text):
                if number < len(numerals) and match.group(1) == numerals[number]:
                    number += 1
        if number:
            return number
    return 0
