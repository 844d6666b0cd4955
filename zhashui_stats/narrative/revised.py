"""修订记录: what was changed since the period was first released, which no circular tells."""

from collections.abc import Sequence

from zhashui_stats.model.revisions import Revision
from zhashui_stats.narrative.escaping import escape
from zhashui_stats.narrative.prose import prose

__all__ = ["say_revisions"]

_MOST = 20  # so many changes of one release are listed; the release itself holds them all


@prose
def say_revisions(revisions: Sequence[Revision]) -> str:
    """修订记录: each release after the first, why, and what it changed; empty where none did."""
    if not revisions:
        return ""
    parts = [f"## 修订记录\n\n首次发布以来修订{len(revisions)}次。"]
    parts += [_say(revision) for revision in revisions]
    return "\n\n".join(parts)


def _say(revision: Revision) -> str:
    cells, sentences = len(revision.cells), len(revision.sentences)
    changed = [f"{cells}个数"] * bool(cells) + [f"{sentences}处文字"] * bool(sentences)
    what = f"改动{'、'.join(changed)}" if changed else "数字和文字没有改动"
    reason = f"原因：{escape(revision.reason.rstrip('。；'))}。" if revision.reason else ""
    lines = [f"- {escape(str(change))}" for change in (*revision.cells, *revision.sentences)]
    if len(lines) > _MOST:
        lines = [*lines[:_MOST], f"- ……其余{len(lines) - _MOST}处见发布文件夹中的修订记录"]
    text = f"第{revision.release}次发布：{what}。{reason}"
    return "\n\n".join(filter(None, (text, "\n".join(lines))))
