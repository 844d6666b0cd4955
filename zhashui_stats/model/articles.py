"""What a ledger (投稿台账) says of one article: its columns and the values that some may hold."""

from typing import TypeAlias

from zhashui_stats.errors import Labelled
from zhashui_stats.model.names import UNIT_HEADER

__all__ = [
    "CHAIN",
    "DATES",
    "MADE_UP",
    "PROOFREADS",
    "REQUIRED",
    "REVIEWS",
    "SYNTHETIC",
    "Attribute",
    "Column",
    "Form",
    "Signature",
    "Status",
]


class Column(Labelled):
    """The columns of a ledger; the value is the id in code, ``label`` the header."""

    NUMBER = "number", "编号"
    TITLE = "title", "标题"
    UNIT = "unit", UNIT_HEADER
    CATEGORY = "category", "类别"
    SUBMITTED = "submitted", "投稿日期"
    PUBLISHED = "published", "发布日期"
    STATUS = "status", "状态"
    REASON = "reason", "退稿原因"
    ATTRIBUTE = "attribute", "公开属性"
    GROUNDS = "grounds", "不公开理由"
    FORM = "form", "解读形式"
    POLICY = "policy", "关联政策发布日期"
    REVIEW_1 = "review_1", "初审"
    REVIEW_1_DATE = "review_1_date", "初审日期"
    REVIEW_2 = "review_2", "复审"
    REVIEW_2_DATE = "review_2_date", "复审日期"
    REVIEW_3 = "review_3", "终审"
    REVIEW_3_DATE = "review_3_date", "终审日期"
    PROOFREAD_1 = "proofread_1", "一校"
    PROOFREAD_1_DATE = "proofread_1_date", "一校日期"
    PROOFREAD_2 = "proofread_2", "二校"
    PROOFREAD_2_DATE = "proofread_2_date", "二校日期"
    PROOFREAD_3 = "proofread_3", "三校"
    PROOFREAD_3_DATE = "proofread_3_date", "三校日期"
    NATURE = "nature", "数据性质"


SYNTHETIC = "合成"
"""What 数据性质 holds, and a table's title begins with, where the content was made up."""

MADE_UP = f"{SYNTHETIC}数据，仅供试用，不是真实情况"
"""What everything says that is made from such content."""

Signature: TypeAlias = tuple[Column, Column]
"""Who signed, and when."""

REVIEWS: tuple[Signature, ...] = (
    (Column.REVIEW_1, Column.REVIEW_1_DATE),
    (Column.REVIEW_2, Column.REVIEW_2_DATE),
    (Column.REVIEW_3, Column.REVIEW_3_DATE),
)
PROOFREADS: tuple[Signature, ...] = (
    (Column.PROOFREAD_1, Column.PROOFREAD_1_DATE),
    (Column.PROOFREAD_2, Column.PROOFREAD_2_DATE),
    (Column.PROOFREAD_3, Column.PROOFREAD_3_DATE),
)
CHAIN: tuple[Signature, ...] = (*REVIEWS, *PROOFREADS)
"""The review chain (三审三校), in its order."""

REQUIRED = (Column.TITLE, Column.UNIT, Column.CATEGORY, Column.PUBLISHED, Column.STATUS)
"""Without these no article can be counted."""

DATES = (Column.SUBMITTED, Column.PUBLISHED, Column.POLICY, *(when for _, when in CHAIN))


class Status(Labelled):
    """What became of an article (状态)."""

    ADOPTED = "adopted", "采用"
    REJECTED = "rejected", "退稿"
    PENDING = "pending", "待审"


class Attribute(Labelled):
    """Its disclosure attribute (公开属性)."""

    PUBLIC = "public", "公开发布"
    ON_REQUEST = "on_request", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class Form(Labelled):
    """The form of a policy interpretation (解读形式)."""

    CHART = "chart", "图表"
    MEDIA = "media", "音视频"
    SLIDES = "slides", "幻灯片"
    TEXT = "text", "文字"
