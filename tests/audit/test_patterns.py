"""The sentence patterns, each with what it says of a small county: a true row and a false one.

The rows are the documentation: they follow the forms in which circulars state numbers.
"""

from typing import NamedTuple

import pytest

from zhashui_stats.audit import readings as read
from zhashui_stats.audit.encoding import compile_pattern
from zhashui_stats.audit.findings import Finding, NumberStatus, Verdict
from zhashui_stats.audit.patterns import PATTERNS, Pattern

from .small import LEXICON, audit_text, encode_text

AGREES, DIFFERS, UNCHECKED = Verdict.AGREES, Verdict.DIFFERS, Verdict.UNCHECKED


class Row(NamedTuple):
    """A sentence with the claim that stands in it, and what the tables say to a false one."""

    sentence: str
    kind: str
    claimed: str
    verdict: Verdict
    actual: str = ""


ROWS = (
    # Everyone of the group before it has nothing, or has something.
    Row(
        "5个镇办中，甲镇50篇；政务动态信息均不为0。",
        "zero_all",
        "政务动态不为0",
        DIFFERS,
        "戊镇 政务动态 0篇",
    ),
    Row(
        "8个部门单位中，政务动态信息为0的有1个：寅中心；政策解读信息全部为0。",
        "zero_all",
        "政策解读为0",
        DIFFERS,
        "己局 政策解读 3篇、庚局 政策解读 1篇、子局 政策解读 2篇",
    ),
    Row(
        "己局政务公开信息20篇；政策解读信息、政务动态信息均不为0。",
        "zero_all",
        "政策解读、政务动态不为0",
        AGREES,
    ),
    Row(
        "己局政务公开信息20篇；政策解读信息、政务动态信息均为0。",
        "zero_all",
        "政策解读、政务动态为0",
        DIFFERS,
        "己局 政策解读 3篇、己局 政务动态 30篇",
    ),
    Row("戊镇的各类信息均为0。", "zero_list", "戊镇为0", AGREES),
    Row("丁镇政务公开信息3篇；政策解读信息为0。", "zero_all", "政策解读为0", AGREES),
    Row("丁镇政务公开信息3篇；政策解读信息不为1。", "zero_all", "政策解读不为1", DIFFERS, "不为0"),
    Row("戊镇政务公开信息为0。", "zero_list", "戊镇为0", AGREES),
    Row("戊镇政务公开信息为1。", "zero_list", "戊镇为1", DIFFERS, "戊镇 政务公开 0篇"),
    # How many have nothing, that they are more than half, and who has something.
    Row(
        "5个镇办中，政策解读信息为0的有4个，超过半数，只有甲镇不为0。",
        "zero_count",
        "4个为0",
        AGREES,
    ),
    Row(
        "5个镇办中，政策解读信息为0的有3个，超过半数，只有甲镇不为0。",
        "zero_count",
        "3个为0",
        DIFFERS,
        "4个",
    ),
    Row(
        "5个镇办中，政策解读信息为1的有4个，超过半数，只有甲镇不为0。",
        "zero_count",
        "4个为1",
        DIFFERS,
        "1个",
    ),
    Row(
        "5个镇办中，政策解读信息为0的有4个，超过半数，只有甲镇不为1。",
        "zero_count",
        "4个为0",
        DIFFERS,
        "不为0",
    ),
    Row(
        "5个镇办中，政策解读信息为0的有4个，超过半数，只有乙镇不为0。",
        "zero_count",
        "4个为0",
        DIFFERS,
        "甲镇",
    ),
    Row(
        "5个镇办中，政策解读信息为0的有4个，超过半数，只有甲镇、乙镇不为0。",
        "zero_count",
        "4个为0",
        DIFFERS,
        "甲镇",
    ),
    Row("8个部门单位中，政务公开信息为0的有2个，见附件2。", "zero_count", "2个为0", AGREES),
    Row(
        "8个部门单位中，政务公开信息为0的有2个，超过半数。", "zero_count", "2个为0", DIFFERS, "2/8"
    ),
    Row(
        "5个镇办中，政策解读信息为0的有4个，超过半数：乙镇、丙镇、丁镇、戊镇。",
        "zero_list",
        "为0：乙镇、丙镇、丁镇、戊镇",
        AGREES,
    ),
    Row(
        "8个部门单位中，政务公开信息为0的有2个，超过半数：丑局、寅中心。",
        "zero_list",
        "为0：丑局、寅中心",
        DIFFERS,
        "2/8",
    ),
    Row(
        "8个部门单位中，政务公开信息为1的有2个：丑局、寅中心。",
        "zero_list",
        "为1：丑局、寅中心",
        DIFFERS,
        "子局",
    ),
    # Nobody at a bound; all at a bound, of the group or the unit that the sentence begins with.
    Row("5个镇办中，没有政务公开信息20篇以上的单位。", "threshold_count", "没有20以上的", AGREES),
    Row(
        "5个镇办中，没有政务公开信息10篇以上的单位。",
        "threshold_count",
        "没有10以上的",
        DIFFERS,
        "甲镇",
    ),
    Row(
        "5个镇办中，政务动态信息20篇以上的有2个：甲镇、乙镇；政务公开信息均不足20篇。",
        "each_bound",
        "不足20",
        AGREES,
    ),
    Row(
        "5个镇办中，政务动态信息20篇以上的有2个：甲镇、乙镇；政务公开信息均不足10篇。",
        "each_bound",
        "不足10",
        DIFFERS,
        "甲镇",
    ),
    Row("甲镇政务动态信息达到20篇；政务公开信息不足20篇。", "each_bound", "不足20", AGREES),
    Row(
        "甲镇政务动态信息达到20篇；政务公开信息达到20篇。", "each_bound", "达到20", DIFFERS, "甲镇"
    ),
    # Several share the first place.
    Row("镇办政策解读信息有4个单位并列最少，各0篇。", "extremum", "4个并列，各0", AGREES),
    Row(
        "镇办政策解读信息有4个单位并列最少，各1篇。",
        "extremum",
        "4个并列，各1",
        DIFFERS,
        "4个各0篇",
    ),
    Row(
        "镇办政策解读信息有3个单位并列最少，各0篇。",
        "extremum",
        "3个并列，各0",
        DIFFERS,
        "4个各0篇",
    ),
    Row("政策解读信息有2个单位并列第一，各3篇。", "extremum", "2个并列，各3", DIFFERS, "1个各3篇"),
    # The two counts just before: the former, the latter, both.
    Row("政务动态信息167篇，政务公开信息78篇，前者多89篇。", "difference", "167－78", AGREES),
    Row(
        "政务动态信息167篇，政务公开信息78篇，前者多98篇。",
        "difference",
        "前者多98篇",
        DIFFERS,
        "+89",
    ),
    Row("政务公开信息78篇，政务动态信息167篇，后者多89篇。", "difference", "78－167", AGREES),
    Row(
        "政务动态信息167篇，政务公开信息78篇，后者多89篇。",
        "difference",
        "后者多89篇",
        DIFFERS,
        "+89",
    ),
    Row(
        "镇办政策解读信息1篇，部门单位政策解读信息6篇，两者相等。",
        "comparison",
        "两者相等",
        DIFFERS,
        "镇办·政策解读1，部门单位·政策解读6",
    ),
    Row(
        "政策解读信息7篇，全县政策解读类信息7篇，两者相等。",
        "comparison",
        "两者相等",
        AGREES,
    ),
    # Against a period that is named with its count, and what the sentences behind it say.
    Row(
        "与上个半年（2021年下半年，264篇）相比，采用总量减少12篇，环比下降4.5%。",
        "change",
        "与上个半年(2021年下半年,264篇)相比,采用总量减少12篇,环比下降4.5%",
        AGREES,
    ),
    Row(
        "与上个半年（2021年下半年，265篇）相比，采用总量减少12篇，环比下降4.5%。",
        "change",
        "与上个半年(2021年下半年,265篇)相比,采用总量减少12篇,环比下降4.5%",
        DIFFERS,
        "264→252",
    ),
    Row(
        "与上个半年（2021年下半年，264篇）相比，采用总量减少13篇，环比下降4.5%。",
        "change",
        "与上个半年(2021年下半年,264篇)相比,采用总量减少13篇,环比下降4.5%",
        DIFFERS,
        "-12",
    ),
    Row(
        "与上个半年（2021年下半年，264篇）相比，采用总量减少12篇，环比下降5.4%。",
        "change",
        "与上个半年(2021年下半年,264篇)相比,采用总量减少12篇,环比下降5.4%",
        DIFFERS,
        "-4.55%",
    ),
    Row(
        "与上年同期（2021年上半年，198篇）相比，采用总量持平。",
        "change",
        "与上年同期(2021年上半年,198篇)相比,采用总量持平",
        DIFFERS,
        "198→252",
    ),
    Row(
        "与上年同期相比，丑局政务动态信息由0篇增至2篇（基数为0，不计增幅）。",
        "change",
        "由0篇增至2篇(基数为0,不计增幅)",
        AGREES,
    ),
    Row(
        "与上年同期相比，丑局政务动态信息由0篇增至2篇（基数为1，不计增幅）。",
        "change",
        "由0篇增至2篇(基数为1,不计增幅)",
        DIFFERS,
        "基数为0",
    ),
    Row(
        "与上年同期相比，政务公开信息由60篇增至78篇，增长30.0%。",
        "change",
        "由60篇增至78篇,增长30.0%",
        AGREES,
    ),
    Row(
        "与上年同期相比，政务公开信息由60篇增至78篇，增长31.0%。",
        "change",
        "由60篇增至78篇,增长31.0%",
        DIFFERS,
        "+30.00%",
    ),
    Row("与上年同期相比，乙镇政务公开信息持平（均为5篇）。", "change", "持平(均为5篇", AGREES),
    Row(
        "与上年同期相比，乙镇政务公开信息持平（均为6篇）。",
        "change",
        "持平(均为6篇",
        DIFFERS,
        "5→5",
    ),
    # Numbers that may be of no other group than the one named.
    Row("8个部门单位中，4个有稿件被采用。", "active_number", "4个", DIFFERS, "7个"),
    Row("5个镇办均有稿件被采用。", "active_number", "5个", DIFFERS, "4个"),
    Row("合计13个单位中，11个有稿件被采用。", "unit_number", "13个", AGREES),
    Row("合计14个单位中，11个有稿件被采用。", "unit_number", "14个", DIFFERS, "13个"),
    Row(
        "镇办共113篇（政务公开25篇、政策解读1篇、政务动态87篇）。",
        "total",
        "镇办·政务公开25篇",
        AGREES,
    ),
    Row(
        "镇办共113篇（政务公开78篇、政策解读1篇、政务动态87篇）。",
        "total",
        "镇办·政务公开78篇",
        DIFFERS,
        "25篇",
    ),
    # A fraction of an earlier count.
    Row("政务公开信息78篇，为去年同期的130%。", "change", "去年同期的130%", AGREES),
    Row("政务公开信息78篇，仅为去年同期的一半。", "change", "去年同期的一半", DIFFERS, "78/60"),
    # A rank that stands behind the counts.
    Row("丙镇、丁镇政务动态信息均为8篇，并列第三。", "rank", "并列第三", AGREES),
    Row(
        "丙镇、丁镇政务动态信息均为8篇，并列第四。",
        "rank",
        "并列第四",
        DIFFERS,
        "丙镇 政务动态 8篇、丁镇 政务动态 8篇",
    ),
    # Lists whose names carry their own counts.
    Row(
        "政务动态信息20篇以上的有4家：甲镇50篇、己局30篇、乙镇、庚局各21篇。",
        "threshold_list",
        "20以上：甲镇、己局、乙镇、庚局",
        AGREES,
    ),
    Row(
        "政务动态信息20篇以上的有4家：甲镇50篇、己局31篇、乙镇、庚局各21篇。",
        "threshold_list",
        "20以上：甲镇、己局、乙镇、庚局",
        DIFFERS,
        "30篇",
    ),
    # 1. Totals and partitions; 其中 may be partial.
    Row(
        "2022年上半年，全县共发布政务公开信息78篇、政策解读信息7篇、政务动态信息167篇。",
        "total",
        "全部单位·政务动态167篇",
        AGREES,
    ),
    Row(
        "2022年上半年，全县共发布政务公开信息79篇、政策解读信息7篇、政务动态信息167篇。",
        "total",
        "全部单位·政务公开79篇",
        DIFFERS,
        "78篇",
    ),
    Row(
        "全县共编发信息252篇，其中政务公开类78篇，政策解读类7篇，政务动态类167篇。",
        "total",
        "全部单位·政务动态167篇",
        AGREES,
    ),
    Row("全县共编发信息252篇，其中镇办113篇，部门单位139篇。", "total", "部门单位139篇", AGREES),
    Row(
        "全县共编发信息252篇，其中镇办113篇，部门单位193篇。",
        "total",
        "部门单位193篇",
        DIFFERS,
        "139篇",
    ),
    Row("政务动态信息167篇，其中甲镇50篇、己局30篇。", "unit_count", "己局30篇", AGREES),
    Row("政务动态信息167篇，其中甲镇50篇、己局80篇。", "unit_count", "己局80篇", DIFFERS, "30篇"),
    Row("政务公开、政策解读、政务动态信息分别为78篇、7篇、167篇。", "total", "78、7、167", AGREES),
    Row(
        "政务公开、政策解读、政务动态信息分别为78篇、7篇、176篇。",
        "total",
        "78、7、176",
        DIFFERS,
        "78、7、167",
    ),
    Row("镇办、部门单位政务动态信息分别为87篇、80篇。", "total", "87、80", AGREES),
    Row("镇办、部门单位政务动态信息分别为80篇、87篇。", "total", "80、87", DIFFERS, "87、80"),
    Row("全县政务公开信息七十八篇。", "total", "全部单位·政务公开78篇", AGREES),
    Row("全县政务公开信息1,078篇。", "total", "全部单位·政务公开1078篇", DIFFERS, "78篇"),
    Row("政务公开信息78篇，其中上半年40篇、下半年38篇。", "half_count", "40＋38", AGREES),
    Row("政务公开信息78篇，其中上半年40篇、下半年83篇。", "half_count", "40＋83", DIFFERS, "78"),
    Row("政务公开信息上半年78篇。", "half_count", "上半年78篇", AGREES),
    Row("政务公开信息上半年87篇。", "half_count", "上半年87篇", DIFFERS, "78"),
    Row("政务动态信息平均每个部门单位10篇。", "average", "平均10", AGREES),
    Row("政务动态信息平均每个部门单位12篇。", "average", "平均12", DIFFERS, "10.00"),
    # 2. Counts of single units.
    Row("县己局报送政务动态信息30篇。", "unit_count", "己局30篇", AGREES),
    Row("县己局报送政务动态信息21篇。", "unit_count", "己局21篇", DIFFERS, "30篇"),
    Row("己局政务公开信息二十篇。", "unit_count", "己局20篇", AGREES),
    Row("己局政务公开信息二十一篇。", "unit_count", "己局21篇", DIFFERS, "20篇"),
    Row("庚局、辛局政务公开信息各11篇。", "unit_count", "庚局、辛局各11篇", AGREES),
    Row("庚局、壬局政务公开信息各11篇。", "unit_count", "庚局、壬局各11篇", DIFFERS, "6篇"),
    Row("甲镇、己局政务动态信息分别为50篇、30篇。", "unit_count", "甲镇50、己局30", AGREES),
    Row(
        "甲镇、己局政务动态信息分别为30篇、50篇。",
        "unit_count",
        "甲镇30、己局50",
        DIFFERS,
        "甲镇 政务动态 50篇、己局 政务动态 30篇",
    ),
    Row("政务公开信息5篇的有乙镇、丙镇。", "unit_count", "5篇的有乙镇、丙镇", AGREES),
    Row("政务公开信息5篇的有乙镇、丁镇。", "unit_count", "5篇的有乙镇、丁镇", DIFFERS, "3篇"),
    Row("政策解读信息除甲镇1篇外，其余4个镇办均为0。", "unit_count", "除甲镇外各0篇", AGREES),
    Row(
        "政策解读信息除甲镇1篇外，其余3个镇办均为0。",
        "unit_count",
        "除甲镇外各0篇",
        DIFFERS,
        "其余4个",
    ),
    Row(
        "己局共报送信息53篇，其中政务公开信息20篇、政策解读信息3篇、政务动态信息30篇。",
        "unit_count",
        "己局30篇",
        AGREES,
    ),
    Row(
        "己局共报送信息53篇，其中政务公开信息20篇、政策解读信息2篇、政务动态信息30篇。",
        "unit_count",
        "己局2篇",
        DIFFERS,
        "3篇",
    ),
    Row(
        "己局、庚局等单位报送政务公开信息较多，分别为20篇、11篇。",
        "unit_count",
        "己局20、庚局11",
        AGREES,
    ),
    Row(
        "己局、庚局等单位报送政务公开信息较多，分别为11篇、20篇。",
        "unit_count",
        "己局11、庚局20",
        DIFFERS,
        "己局 政务公开 20篇、庚局 政务公开 11篇",
    ),
    Row("2021年上半年，各镇办政策解读信息均为0篇。", "unit_count", "各0篇", AGREES),
    Row(
        "2021年上半年，各镇办政策解读信息均为1篇。",
        "unit_count",
        "各1篇",
        DIFFERS,
        "甲镇0篇、乙镇0篇、丙镇0篇、丁镇0篇、戊镇0篇",
    ),
    Row("要向己局、庚局两家单位学习。", "list_size", "2个", AGREES),
    Row("要向己局、庚局三家单位学习。", "list_size", "3个", DIFFERS, "列出2个"),
    Row("3家单位（己局、庚局、辛局）受到通报表扬。", "list_size", "3个", AGREES),
    Row("2家单位（己局、庚局、辛局）受到通报表扬。", "list_size", "2个", DIFFERS, "列出3个"),
    # 3. Zeros.
    Row("有2个部门单位政务公开信息为0。", "zero_count", "2个为0", AGREES),
    Row("有3个部门单位政务公开信息为0。", "zero_count", "3个为0", DIFFERS, "2个"),
    Row("政务公开信息为0的部门单位有2个。", "zero_count", "2个为0", AGREES),
    Row("政务公开信息为0的部门单位有4个。", "zero_count", "4个为0", DIFFERS, "2个"),
    Row("丑局、寅中心未发布一篇政务公开信息。", "zero_list", "丑局、寅中心为0", AGREES),
    Row(
        "子局、寅中心未发布一篇政务公开信息。",
        "zero_list",
        "子局、寅中心为0",
        DIFFERS,
        "子局 政务公开 1篇",
    ),
    Row("丑局、寅中心政务公开信息报送数为零。", "zero_list", "丑局、寅中心为0", AGREES),
    Row("政务公开信息为0的部门单位有丑局、寅中心。", "zero_list", "为0：丑局、寅中心", AGREES),
    Row("政务公开信息为0的部门单位有寅中心。", "zero_list", "为0：寅中心", DIFFERS, "丑局、寅中心"),
    Row(
        "2个部门单位（丑局、寅中心）未报送政务公开信息。", "zero_list", "为0：丑局、寅中心", AGREES
    ),
    Row(
        "2个部门单位（子局、寅中心）未报送政务公开信息。",
        "zero_list",
        "为0：子局、寅中心",
        DIFFERS,
        "丑局、寅中心",
    ),
    Row("政务公开信息零报送的部门单位从去年同期的4家减少到2家。", "zero_change", "4个→2个", AGREES),
    Row(
        "政务公开信息零报送的部门单位从5家减少到2家。", "zero_change", "5个→2个", DIFFERS, "2个→2个"
    ),
    # 4. Thresholds: 以上 has the bound in it, 超过 has not; lists are complete.
    Row(
        "政务动态信息10篇以上的部门单位有己局、庚局、辛局。",
        "threshold_list",
        "10以上：己局、庚局、辛局",
        AGREES,
    ),
    Row(
        "政务动态信息10篇以上的部门单位有己局、庚局、壬局。",
        "threshold_list",
        "10以上：己局、庚局、壬局",
        DIFFERS,
        "己局、庚局、辛局",
    ),
    Row("镇办政务动态信息50篇以上的只有甲镇。", "threshold_list", "50以上：甲镇", AGREES),
    Row(
        "镇办政务动态信息超过50篇的只有甲镇。",
        "threshold_list",
        "超过50：甲镇",
        DIFFERS,
        "没有单位",
    ),
    Row(
        "部门单位政务动态信息低于5篇的有子局、丑局、寅中心。",
        "threshold_list",
        "低于5：子局、丑局、寅中心",
        AGREES,
    ),
    Row(
        "部门单位政务动态信息低于6篇的有子局、丑局、寅中心。",
        "threshold_list",
        "低于6：子局、丑局、寅中心",
        DIFFERS,
        "癸局、子局、丑局、寅中心",
    ),
    Row(
        "有3个部门单位政务动态信息达到10篇以上，分别是：己局、庚局、辛局。",
        "threshold_list",
        "达到10以上：己局、庚局、辛局",
        AGREES,
    ),
    Row(
        "有2个部门单位政务动态信息达到10篇以上，分别是：己局、庚局。",
        "threshold_list",
        "达到10以上：己局、庚局",
        DIFFERS,
        "己局、庚局、辛局",
    ),
    Row("政务动态信息8篇以上的镇办有4个。", "threshold_count", "8以上的有4个", AGREES),
    Row("政务动态信息超过8篇的镇办有4个。", "threshold_count", "超过8的有4个", DIFFERS, "2个"),
    Row("3个部门单位政务公开信息达到10篇以上。", "threshold_count", "达到10以上的有3个", AGREES),
    Row(
        "4个部门单位政务公开信息达到10篇以上。",
        "threshold_count",
        "达到10以上的有4个",
        DIFFERS,
        "3个",
    ),
    Row("甲镇、乙镇政务动态信息均超过20篇。", "each_bound", "甲镇、乙镇超过20", AGREES),
    Row("甲镇、丙镇政务动态信息均超过20篇。", "each_bound", "甲镇、丙镇超过20", DIFFERS, "丙镇"),
    Row(
        "甲镇、乙镇等5个镇办政务动态信息均在8篇以上。",
        "each_bound",
        "甲镇、乙镇在8以上",
        DIFFERS,
        "4个",
    ),
    Row("政务动态信息除甲镇外，其他镇办均不足30篇。", "each_bound", "除甲镇外不足30", AGREES),
    Row(
        "政务动态信息除甲镇外，其他镇办均不足20篇。",
        "each_bound",
        "除甲镇外不足20",
        DIFFERS,
        "乙镇",
    ),
    Row("部门单位政务动态信息均在35篇以下。", "each_bound", "在35以下", AGREES),
    Row("部门单位政务动态信息均在25篇以下。", "each_bound", "在25以下", DIFFERS, "己局"),
    Row("其余7个部门单位政务动态信息均在25篇以下。", "each_bound", "在25以下", UNCHECKED),
    Row("4个镇办政务动态信息均在8篇以上。", "threshold_count", "在8以上的有4个", AGREES),
    Row("5个镇办政务动态信息均在8篇以上。", "threshold_count", "在8以上的有5个", DIFFERS, "4个"),
    Row(
        "部门单位政务动态信息10篇以上20篇以下的有1个。",
        "threshold_count",
        "10至20的有1个",
        AGREES,
    ),
    Row(
        "部门单位政务动态信息10篇以上20篇以下的有2个。",
        "threshold_count",
        "10至20的有2个",
        DIFFERS,
        "1个",
    ),
    # 5. Numbers of units.
    Row("全县共统计8个部门单位、5个镇办。", "unit_number", "5个", AGREES),
    Row("全县共统计8个部门单位、6个镇办。", "unit_number", "6个", DIFFERS, "5个"),
    Row("涉及镇办5个、部门单位8个。", "unit_number", "8个", AGREES),
    Row("涉及镇办5个、部门单位9个。", "unit_number", "9个", DIFFERS, "8个"),
    Row("有6个部门单位报送了政务公开信息。", "active_number", "6个", AGREES),
    Row("有7个部门单位报送了政务公开信息。", "active_number", "7个", DIFFERS, "6个"),
    Row("6个部门单位有政务公开信息被采用。", "active_number", "6个", AGREES),
    Row("5个部门单位有政务公开信息被采用。", "active_number", "5个", DIFFERS, "6个"),
    Row("报送了政务公开信息的部门单位有6个。", "active_number", "6个", AGREES),
    Row("报送了政务公开信息的部门单位有5个。", "active_number", "5个", DIFFERS, "6个"),
    Row("6个部门单位政务公开信息不为0。", "active_number", "6个", AGREES),
    Row("7个部门单位政务公开信息不为0。", "active_number", "7个", DIFFERS, "6个"),
    # 6. Shares and rates, to the precision printed.
    Row("镇办政务公开信息25篇，占全县政务公开信息总量的32.1%。", "share", "占32.1%", AGREES),
    Row("有2个部门单位政务公开信息为0，占部门单位总数的52%。", "share", "占52%", DIFFERS, "25.00%"),
    Row("己局、庚局政务动态信息51篇，占部门单位政务动态信息的63.8%。", "share", "占63.8%", AGREES),
    Row(
        "政务公开、政策解读、政务动态信息分别占31.0%、2.8%、66.3%。",
        "share",
        "31%、2.8%、66.3%",
        AGREES,
    ),
    Row(
        "政务公开、政策解读、政务动态信息分别占31.0%、2.8%、63.6%。",
        "share",
        "31%、2.8%、63.6%",
        DIFFERS,
        "30.95%、2.78%、66.27%",
    ),
    Row("经抽查，合格79条、不合格7条，合格率为91.9%。", "rate", "合格率91.9%", AGREES),
    Row("经抽查，合格79条、不合格7条，合格率为91.8%。", "rate", "合格率91.8%", DIFFERS, "91.86%"),
    # 7. Change.
    Row("政务公开信息78篇，同比增长30%。", "change", "同比增长30%", AGREES),
    Row("政务公开信息78篇，同比增长32%。", "change", "同比增长32%", DIFFERS, "+30.00%"),
    Row("政务公开信息78篇，环比下降22%。", "change", "环比下降22%", AGREES),
    Row("政务公开信息78篇，比去年同期增加18篇，增长30%。", "change", "增长30%", AGREES),
    Row("政务公开信息78篇，比去年同期增加18篇，增长33%。", "change", "增长33%", DIFFERS, "+30.00%"),
    Row("甲镇政务动态信息50篇，同比增长25%。", "change", "同比增长25%", AGREES),
    Row(
        "镇办政务动态信息87篇，占政务动态信息总量的52.1%，比去年同期下降3.5个百分点。",
        "change",
        "比去年同期下降3.5个百分点",
        AGREES,
    ),
    Row(
        "镇办政务动态信息87篇，占政务动态信息总量的52.1%，比去年同期下降5.3个百分点。",
        "change",
        "比去年同期下降5.3个百分点",
        DIFFERS,
        "-3.46个百分点",
    ),
    Row("政务公开信息78篇，上年同期为60篇。", "earlier_count", "上年同期为60篇", AGREES),
    Row("政务公开信息78篇，上年同期为90篇。", "earlier_count", "上年同期为90篇", DIFFERS, "60"),
    Row(
        "子局政务动态信息2篇，同比增长200%。",
        "change",
        "同比增长200%",
        DIFFERS,
        "基数为0，没有百分比",
    ),
    Row(
        "政务公开信息为0的部门单位有2个，比去年同期减少2家。",
        "unit_change",
        "比去年同期减少2家",
        AGREES,
    ),
    Row(
        "政务公开信息为0的部门单位有2个，比去年同期减少3家。",
        "unit_change",
        "比去年同期减少3家",
        DIFFERS,
        "-2个",
    ),
    Row(
        "政务公开信息由去年同期的60篇增加到78篇。",
        "change",
        "由去年同期的60篇增加到78篇",
        AGREES,
    ),
    Row(
        "政务公开信息由去年同期的70篇增加到78篇。",
        "change",
        "由去年同期的70篇增加到78篇",
        DIFFERS,
        "60→78",
    ),
    Row(
        "甲镇、己局政务动态信息分别为50篇、30篇，同比分别增加10篇、10篇。",
        "change",
        "同比分别增加10篇、10篇",
        UNCHECKED,
    ),
    # 8. Ranks: by the competition or by the dense rule.
    Row(
        "部门单位政务动态信息前3名：己局（30篇）、庚局（21篇）、辛局（11篇）。",
        "rank",
        "前3名：己局、庚局、辛局",
        AGREES,
    ),
    Row(
        "部门单位政务动态信息前3名：庚局（21篇）、己局（30篇）、辛局（11篇）。",
        "rank",
        "前3名：庚局、己局、辛局",
        DIFFERS,
        "己局 政务动态 30篇、庚局 政务动态 21篇、辛局 政务动态 11篇",
    ),
    Row(
        "从部门单位政务动态信息看，己局、庚局、辛局位居前三名。",
        "rank",
        "前3名：己局、庚局、辛局",
        AGREES,
    ),
    Row(
        "从部门单位政务动态信息看，己局、庚局、壬局位居前三名。",
        "rank",
        "前3名：己局、庚局、壬局",
        DIFFERS,
        "己局 政务动态 30篇、庚局 政务动态 21篇、辛局 政务动态 11篇",
    ),
    Row("己局政务动态信息位居部门单位第一。", "rank", "己局第1", AGREES),
    Row("庚局政务动态信息位居部门单位第一。", "rank", "庚局第1", DIFFERS, "庚局第2"),
    Row("政务动态信息排名第一的是甲镇。", "rank", "甲镇第1", AGREES),
    Row("政务动态信息排名第一的是庚局。", "rank", "庚局第1", DIFFERS, "庚局第3"),
    Row("丙镇、丁镇政务动态信息并列镇办第三。", "rank", "丙镇、丁镇并列第3", AGREES),
    Row(
        "乙镇、丙镇政务动态信息并列镇办第三。",
        "rank",
        "乙镇、丙镇并列第3",
        DIFFERS,
        "乙镇第2、丙镇第3",
    ),
    Row("丙镇以8篇位居镇办政务动态信息第三。", "rank", "丙镇第3", AGREES),
    Row("丙镇以8篇位居镇办政务动态信息第二。", "rank", "丙镇第2", DIFFERS, "丙镇第3"),
    Row("从部门单位政务动态信息看，庚局、辛局分列第二、第三。", "rank", "庚局、辛局分列", AGREES),
    Row(
        "从部门单位政务动态信息看，庚局、辛局分列第三、第二。",
        "rank",
        "庚局、辛局分列",
        DIFFERS,
        "庚局 政务动态 21篇、辛局 政务动态 11篇",
    ),
    Row("报送政务动态信息最少的镇办是戊镇。", "rank", "最少：戊镇", AGREES),
    Row("报送政务动态信息最少的镇办是丁镇。", "rank", "最少：丁镇", DIFFERS, "丁镇 政务动态 8篇"),
    Row(
        "部门单位政务动态信息排名后三位的是子局、丑局、寅中心。",
        "rank",
        "后：子局、丑局、寅中心",
        AGREES,
    ),
    Row(
        "部门单位政务动态信息排名后三位的是癸局、丑局、寅中心。",
        "rank",
        "后：癸局、丑局、寅中心",
        DIFFERS,
        "癸局 政务动态 5篇、丑局 政务动态 2篇、寅中心 政务动态 0篇",
    ),
    Row("政务动态信息前三名部门单位共发布62篇。", "total", "前3个共62", AGREES),
    Row("政务动态信息前三名部门单位共发布26篇。", "total", "前3个共26", DIFFERS, "62"),
    Row("镇办政务动态信息最多的为50篇，最少的为0篇。", "extremum", "最多50", AGREES),
    Row("镇办政务动态信息最多的为51篇，最少的为0篇。", "extremum", "最多51", DIFFERS, "50"),
    # 9. Approximate numbers are not held against exact ones.
    Row("全县共发布信息250余篇。", "approximate", "250余篇", UNCHECKED),
    Row("全县共发布信息约252篇。", "approximate", "约252篇", UNCHECKED),
    Row("镇办政务动态信息占政务动态信息总量的50%以上。", "share", "占50%", UNCHECKED),
    # 10. Comparisons.
    Row(
        "政务动态信息数量高于政务公开信息。",
        "comparison",
        "政务动态信息数量高于政务公开信息",
        AGREES,
    ),
    Row(
        "政策解读信息数量高于政务公开信息。",
        "comparison",
        "政策解读信息数量高于政务公开信息",
        DIFFERS,
        "全部单位·政策解读7，全部单位·政务公开78",
    ),
    Row(
        "政务动态信息比政务公开信息多89篇。",
        "difference",
        "政务动态信息比政务公开信息多89篇",
        AGREES,
    ),
    Row(
        "政务动态信息比政务公开信息多98篇。",
        "difference",
        "政务动态信息比政务公开信息多98篇",
        DIFFERS,
        "+89",
    ),
    Row("己局政务动态信息30篇，比庚局多9篇。", "difference", "比庚局多9篇", AGREES),
    Row("己局政务动态信息30篇，比庚局多8篇。", "difference", "比庚局多8篇", DIFFERS, "+9"),
    Row("政务公开信息78篇，政策解读信息7篇，前者比后者多71篇。", "difference", "78－7", AGREES),
    Row(
        "政务公开信息78篇，政策解读信息7篇，前者比后者多17篇。",
        "difference",
        "前者比后者多17篇",
        DIFFERS,
        "+71",
    ),
    # 11. Lists that announce their length.
    Row(
        "主要存在以下三个方面问题：一是机构不健全；二是审核不严格；三是报送不及时。",
        "announced_list",
        "3个方面",
        AGREES,
    ),
    Row(
        "主要存在以下四个方面问题：一是机构不健全；二是审核不严格；三是报送不及时。",
        "announced_list",
        "4个方面",
        DIFFERS,
        "后文列出3条",
    ),
    Row("主要存在以下四个方面问题，请各单位对照整改。", "announced_list", "4个方面", UNCHECKED),
    # 12. Annex titles.
    Row(
        "附件：2022年上半年采编情况统计表\n\n附件\n\n2022年上半年采编情况统计表",
        "annex_title",
        "2022年上半年采编情况统计表",
        AGREES,
    ),
    Row(
        "附件：2022年上半年采编情况统计表\n\n附件\n\n2022年上半年采编情况汇总表",
        "annex_title",
        "2022年上半年采编情况统计表",
        DIFFERS,
        "2022年上半年采编情况汇总表",
    ),
    # 13. Dates and periods.
    Row(
        "关于2021年上半年信息报送采编情况的通报", "period", "2021年上半年", DIFFERS, "2022年上半年"
    ),
    Row(
        "某县人民政府办公室\n\n2022年6月8日",
        "date",
        "2022年6月8日",
        DIFFERS,
        "应在2022年6月30日之后",
    ),
    # What the tables do not hold.
    Row("微信公众号发布信息36篇。", "count", "36篇", UNCHECKED),
    Row("省级平台采用县己局信息12篇。", "count", "12篇", UNCHECKED),
    Row("全县收到来稿300篇。", "count", "300篇", UNCHECKED),
    Row("依申请公开受理12件，按期答复12件。", "count", "12件", UNCHECKED),
    Row("己局退稿5篇。", "count", "5篇", UNCHECKED),
    Row("先进单位3家。", "unit_number", "3个", UNCHECKED),
)

NO_CLAIMS = (
    ("2022年7月8日印发本通报。", "日期或期次"),
    ("1-6月，全县信息公开工作平稳推进。", "日期或期次"),
    ("《政务公开实施细则》（某政办发〔2016〕80号）已经印发。", "文号"),
    ("根据《条例》第二十条，各单位应当及时公开。", "条款或序数"),
    ("联系电话：0914-4321234，手机13912345678。", "电话号码"),
    ("材料由各单位审核，3个工作日内报送。", "期限"),
    ("考核分值不低于4%。", "工作要求"),
    ("各镇办每月报送政务公开信息不少于2篇。", "工作要求"),
    ("力争政务公开信息全年达到200篇以上。", "工作要求"),
    ("①此件公开发布②此件不予公开。", "序号"),
    ("一、工作开展情况", "序号"),
    ("（二）信息质量稳步提升。", "序号"),
    ("三是审核把关不严格。", "序号"),
    ("严格执行“三审三校”制度。", "术语"),
    ("- 2 -", "页码"),
    ("信息发布在www.example2.org上。", "网址"),
)


HARD_AND_TRUE = (
    "庚局、辛局政务动态信息分列部门单位第二、第三。",
    "共抽查信息86条，其中合格79条、不合格7条，合格率为91.9%。",
    "部门单位报送信息200篇，采用139篇，采用率69.5%。",
    "全县采用信息252篇，采用率63%。",
    "镇办完成政务公开信息25篇，完成率为50%。",
    "甲镇12篇、乙镇5篇、丙镇5篇政务公开信息。",
    "甲镇（50篇）、乙镇（21篇）政务动态信息较多。",
    "镇办25篇、部门单位53篇政务公开信息。",
    "政务公开、政策解读、政务动态信息总数252篇。",
    "己局、庚局政务动态信息30篇、21篇。",
    "甲镇、己局、乙镇政务动态信息位列前三位，分别为50篇、30篇、21篇。",
    "政务公开、政策解读、政务动态信息分别占31.0%、2.8%、66.3%。",
    "政务公开信息和政务动态信息共245篇。",
    "甲镇、己局政务动态信息分别为50篇、30篇，同比分别增加10篇、10篇。",
    "部门单位政务动态信息10篇以上20篇以下的有1个。",
    "上半年共收到信息稿件420篇，采用252篇，采用率60%。",
    "人均报送信息2篇。",
    "去年同期，全县共发布信息198篇。",
    "6月份，全县发布信息42篇。",
    "2022年第一季度，全县发布信息120篇，第二季度132篇。",
    "镇办平均报送政务动态信息17.4篇。",
    "政务公开信息由去年同期的60篇增加到78篇。",
    "政务公开信息数量由60篇上升至78篇。",
    "政务公开信息同比净增18篇。",
    "政务公开信息78篇，较上年下半年减少22篇。",
    "甲镇政务动态信息同比增长25%。",
    "寅中心政务动态信息0篇，同比下降100%。",
    "镇办政务动态信息占52.1%，部门单位占47.9%。",
    "镇办报送政务公开信息25篇，比上年同期多5篇，比部门单位少28篇。",
    "政策解读信息7篇，占全部信息的百分之二点八。",
    "其余6个部门单位政务动态信息均在11篇以下。",
)

HARD_AND_FALSE = (
    "全县共统计9个部门单位。",
    "部门单位报送政务动态信息最多的3家单位是己局、庚局、壬局，分别为30篇、21篇、9篇。",
    "政务动态信息10篇以上的有甲镇、乙镇、己局、庚局、辛局6个单位。",
    "丙镇、丁镇以8篇政务动态信息并列镇办第二。",
    "从部门单位政务动态信息看，己局、庚局、壬局位居前三。",
    "政务动态信息排名第一的是庚局。",
    "8个部门单位有政务公开信息被采用。",
    "先进单位4家（己局、庚局、辛局）。",
    "政务公开信息为零的单位共4个。",
    "县上加强调度，全县发布政务公开信息87篇。",
    "各镇办应报尽报，政务动态信息78篇。",
    "政策解读信息7篇，同比翻一番。",
    "镇办政务公开信息25篇，占全县政务公开信息总量的100%。",
    "部门单位政务动态信息高于镇办。",
    "己局政务动态信息30篇，居全县第三位。",
    "己局政务动态信息30篇，比庚局多8篇。",
)


LEFT_OPEN = (
    ("参加报送的镇办6个、部门单位8个。", "6"),
    ("戊镇、丑局两个单位三类信息均为0。", "0"),
    ("政务公开信息78篇，增幅达32%。", "32"),
)


@pytest.mark.parametrize(("sentence", "number"), LEFT_OPEN)
def test_what_is_not_judged_is_told(sentence: str, number: str) -> None:
    """A number that no pattern judges yet is counted as open, never as checked."""
    open_ends = (NumberStatus.UNCHECKED, NumberStatus.NOT_UNDERSTOOD)
    statuses = [
        found.status for found in audit_text(sentence).numbers if found.text.startswith(number)
    ]

    assert 1 == len(statuses)
    assert statuses[0] in open_ends


def _said(finding: Finding) -> Row:
    actual = finding.actual if finding.verdict is DIFFERS else ""
    return Row("", finding.kind, finding.claimed, finding.verdict, actual)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.sentence)
def test_the_sentence_is_judged(row: Row) -> None:
    """The claim is read as it stands and judged; nothing else in the sentence differs."""
    expected = row._replace(sentence="")

    said = [_said(finding) for finding in audit_text(row.sentence).findings]

    assert expected in said
    assert [expected] * (row.verdict is DIFFERS) == [
        finding for finding in said if finding.verdict is DIFFERS
    ]


@pytest.mark.parametrize(("sentence", "reason"), NO_CLAIMS)
def test_the_number_is_no_claim(sentence: str, reason: str) -> None:
    """A number that states no count is told apart, with the reason, and gives no finding."""
    audit = audit_text(sentence)

    assert () == audit.findings
    assert {(NumberStatus.NOT_CLAIM, reason)} == {
        (number.status, number.reason) for number in audit.numbers
    }


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("全县共发布信息250余篇。", "约数"),
        ("微信公众号发布信息36篇。", "统计表不含上级或其他平台的数量"),
        ("省级平台采用县己局信息12篇。", "统计表不含上级或其他平台的数量"),
        ("己局退稿5篇。", "统计表不记录这一项"),
        ("政务公开信息增长30%以上。", "没有可比的前期数据"),
    ],
)
def test_what_cannot_be_checked_says_why(sentence: str, reason: str) -> None:
    """A number that the tables cannot answer is left unchecked, with the reason."""
    audit = audit_text(sentence)

    assert [(NumberStatus.UNCHECKED, reason)] == [
        (number.status, number.reason) for number in audit.numbers
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "政务公开信息78篇，同比增长30%。",
        "政务公开信息78篇，上年同期为60篇。",
        "政务公开信息为0的部门单位有2个，比去年同期减少2家。",
        "政务公开信息零报送的部门单位从4家减少到2家。",
    ],
)
def test_without_an_earlier_period_a_change_is_unchecked(sentence: str) -> None:
    """A change needs the earlier period's tables; the count beside it does not."""
    last = audit_text(sentence, earlier=()).findings[-1]

    assert (UNCHECKED, "没有可比的前期数据") == (last.verdict, last.reason)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda entry: f"{entry.kind} {entry.form[:30]}")
def test_every_pattern_has_its_rows(pattern: Pattern) -> None:
    """A true and a false row are read by the pattern; one that is never checked has its row too."""
    is_never_checked = pattern.kind == "approximate" or pattern.read is read.several_changes
    expected = {UNCHECKED} if is_never_checked else {AGREES, DIFFERS}

    judged = {row.verdict for row in ROWS if _is_read_by(pattern, row)}

    assert expected <= judged


def _is_read_by(pattern: Pattern, row: Row) -> bool:
    """Tell whether the row's claim ends where a match of the pattern ends."""
    if pattern.kind not in (row.kind, "count"):  # What is counted makes it a total or a unit's.
        return False
    encoded = encode_text(row.sentence)
    matches = compile_pattern(pattern.form, LEXICON.measures).finditer(encoded.text)
    ends = {encoded.span(*match.span())[1] for match in matches}
    claims = [
        finding for finding in audit_text(row.sentence).findings if _said(finding)[1:] == row[1:]
    ]
    return any(finding.end in ends for finding in claims)


@pytest.mark.parametrize("sentence", HARD_AND_TRUE)
def test_true_sentences_pass(sentence: str) -> None:
    """A true sentence gives nothing that differs, whatever it leaves out or puts in between."""
    assert () == audit_text(sentence).of(DIFFERS)


@pytest.mark.parametrize("sentence", HARD_AND_FALSE)
def test_false_sentences_are_found_out(sentence: str) -> None:
    """A false sentence gives something that differs, whatever stands in between."""
    assert () != audit_text(sentence).of(DIFFERS)
