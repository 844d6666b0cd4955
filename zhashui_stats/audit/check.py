"""A circular against the tables: sentences to claims to findings, and no number unexamined."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from zhashui_stats.audit.annexes import annex_titles
from zhashui_stats.audit.claims import Claim, Context, Reading
from zhashui_stats.audit.consistency import find_contradictions
from zhashui_stats.audit.document import Document
from zhashui_stats.audit.encoding import Encoded, Found, compile_pattern, encode
from zhashui_stats.audit.facts import Facts
from zhashui_stats.audit.findings import Audit, Finding, Number, NumberStatus, Verdict
from zhashui_stats.audit.folding import Folded, fold, read_sentences
from zhashui_stats.audit.lexicon import OF_ARTICLES, PART_GROUP, Lexicon, build_lexicon
from zhashui_stats.audit.numerals import Look, Numeral
from zhashui_stats.audit.patterns import PATTERNS, Pattern
from zhashui_stats.audit.readings.parts import NO_LEDGER, PART_OF_GROUP
from zhashui_stats.audit.timing import (
    check_dates,
    clause_period,
    compared_with,
    mistaken_period,
    period_of,
)
from zhashui_stats.model.county import Category, County
from zhashui_stats.model.periods import Period
from zhashui_stats.model.submissions import Submissions
from zhashui_stats.model.units import Roster

__all__ = ["audit_circular"]

_DEMANDS = re.compile("要求|安排|打算|措施|建议|下一步|举措|部署|希望")
_REQUIRED = re.compile(
    "不低于|不少于|不得少于|不得超过|至少|不超过|不得|力争|确保|原则上|每月|每季|每周|每年|目标|任务|计划|应当|应在|须|务必|"
    "分值|权重|满分|扣分|扣|加分"
)
_SANCTION = re.compile("予以|给予|约谈|通报批评|计\ue003?分|扣|奖")
_DEADLINE = re.compile(r"个?(?:工作日|小时|天|日|周内|月内|分钟|年内|个月)")
# These compare periods by themselves, or name them without being on them.
_COMPARING = {
    "announced_list", "change", "earlier_count", "half_count", "rate", "unit_change", "zero_change",
}  # fmt: skip
# Only with such words does a sentence without a number state one.
_WORDS_ALONE = re.compile("未|没|无|零|空白|于|不及|超过|最|均|各")
_INDEFINITE = "一"
_FOLLOWING = 200  # sentences in which an announced list may be given


def audit_circular(
    document: Document,
    now: Submissions | None,
    *,
    county: County,
    roster: Roster,
    period: Period,
    earlier: Sequence[Submissions] = (),
) -> Audit:
    """Proofread a circular.

    Args:
        document: The circular.
        now: The tables of its period; None: there are none, and claims are only held against
            the roster and against each other.
        county: The county's settings.
        roster: The county's roster.
        period: The period of the circular.
        earlier: The tables of earlier periods at hand.
    """
    facts = Facts(county, roster, period, now, earlier)
    lexicon = build_lexicon(county, roster, period)
    sentences, pages = read_sentences(document)
    encoded = [encode(sentence, lexicon) for sentence in sentences]
    findings: list[Finding] = []
    stated: list[tuple[Encoded, Claim]] = []
    numbers = [_page_number(document.text, page) for page in pages]
    for index, (phrase, context) in enumerate(_contexts(encoded, facts)):
        following = encoded[index + 1 : index + 1 + _FOLLOWING]
        claims = _read(phrase, context, lexicon, following)
        findings += [_finding(document.text, phrase, claim) for claim in claims]
        if now is None:
            stated += [(phrase, claim) for claim in claims]
        if context.facts is not facts and facts.now and not context.facts.now:
            own = _read(phrase, Context(facts, phrase, as_own=True), lexicon, following)
            verdicts = {_finding(document.text, phrase, claim).verdict for claim in own}
            if Verdict.AGREES in verdicts and Verdict.DIFFERS not in verdicts:
                findings.append(mistaken_period(phrase, period))
        numbers += _numbers(document.text, context, claims)
    findings += _contradictions(document.text, stated, county)
    findings += check_dates(encoded, period)
    findings += _titles(document)
    return Audit(
        document.text, period, document.name,
        tuple(sorted(findings, key=lambda finding: (finding.start, finding.end))),
        tuple(sorted(numbers, key=lambda number: number.start)),
    )  # fmt: skip


# --- Sentences to claims ------------------------------------------------------------------------


def _contexts(encoded: Sequence[Encoded], facts: Facts) -> Iterator[tuple[Encoded, Context]]:
    """Give each sentence what stood before it in its section."""
    category: Category | None = None
    group: str | None = None
    section, everything = "", False
    paragraph, compared = -1, None
    of_articles = {
        said.sentence.paragraph for said in encoded if OF_ARTICLES.search(said.sentence.text)
    }
    for phrase in encoded:
        if phrase.sentence.paragraph != paragraph:
            paragraph, compared = phrase.sentence.paragraph, None
        if phrase.sentence.section != section:
            category = group = None
            everything = False
            section = phrase.sentence.section
        other = period_of(phrase, facts.period)
        here = (
            facts
            if other is None
            else facts.at(other) or Facts(facts.county, facts.roster, other, None)
        )
        compared = compared_with(phrase) or compared
        context = Context(
            here, phrase, [], category, group_before=group, all_before=everything,
            compared=compared, of_articles=paragraph in of_articles,
        )  # fmt: skip
        yield phrase, context
        named = context.category_at(len(phrase.text))
        counted = any(claim.kind == "total" for claim in context.claims)
        category = named or (None if counted else category)
        everything = not named and (counted or everything)
        group = next(iter(context.groups_at(len(phrase.text))), group)


def _read(
    encoded: Encoded, context: Context, lexicon: Lexicon, following: Sequence[Encoded]
) -> list[Claim]:
    """Read all claims of a sentence; where two patterns match, the earlier one has the word."""
    if not (encoded.numerals() or _WORDS_ALONE.search(encoded.text)):
        return []
    context.following = following
    covered = bytearray(len(encoded.text))
    for pattern in PATTERNS:
        if not pattern.leans:
            _claim_all(pattern, context, lexicon, covered)
    leaning = [
        (match.start(), rank, pattern, match)
        for rank, pattern in enumerate(PATTERNS)
        if pattern.leans
        for match in compile_pattern(pattern.form, lexicon.measures).finditer(encoded.text)
    ]
    for place, _, pattern, match in sorted(leaning, key=lambda found: found[:2]):
        if not _is_demand(encoded, place):
            _claim(pattern, match, context, covered)
    claims = sorted(context.claims, key=lambda claim: claim.start)
    if context.of_articles:
        return [_leave_open(claim, NO_LEDGER) for claim in claims]
    if named := lexicon.beside_categories.search(encoded.sentence.text):
        return [
            _leave_open(claim, f"句中的“{named.group()}”不是类别，没有核对") for claim in claims
        ]
    return claims


def _leave_open(claim: Claim, reason: str) -> Claim:
    """Leave open what counts would contradict: the claim is on something else than counts."""
    if any(reading.holds for reading in claim.readings) or not claim.readings:
        return claim
    return replace(claim, readings=(), reason=reason)


def _claim_all(pattern: Pattern, context: Context, lexicon: Lexicon, covered: bytearray) -> None:
    """Read a pattern wherever it matches; where it is no claim, look again one sign later."""
    expression = compile_pattern(pattern.form, lexicon.measures)
    place = 0
    while match := expression.search(context.encoded.text, place):
        claimed = _claim(pattern, match, context, covered)
        place = match.end() if claimed else match.start() + 1


def _claim(pattern: Pattern, match: re.Match[str], context: Context, covered: bytearray) -> bool:
    """Read one match, unless an earlier pattern has the word on a part of it."""
    start, end = match.span()
    if any(covered[start:end]):
        return False
    with context.looking_at(_facts_of_clause(pattern, context, match)):
        claim = pattern.read(Found(context.encoded, match), context)
    if claim is None:
        return False
    if claim.readings and _is_on_part(context.encoded, claim, end):
        claim = replace(claim, readings=(), reason=PART_OF_GROUP)
    context.claims.append(claim)
    covered[start:end] = b"\1" * (end - start)
    return True


def _is_on_part(encoded: Encoded, claim: Claim, end: int) -> bool:
    """Tell whether a claim is on a part of a group, which the tables do not tell apart."""
    start = max(encoded.text.rfind(mark, 0, claim.start) for mark in ",;。:") + 1
    return any(sign and sign.meaning == PART_GROUP for sign in encoded.signs[start:end])


def _facts_of_clause(pattern: Pattern, context: Context, match: re.Match[str]) -> Facts:
    """Return the tables that a clause is on: those of the period that it names, if another."""
    facts = context.facts
    if pattern.kind in _COMPARING or context.as_own:
        return facts
    place = match.start("n") if "n" in match.groupdict() and match.start("n") >= 0 else match.end()
    other = clause_period(context.encoded, place, facts.period)
    if other is None:
        return facts
    if isinstance(other, Period) and (table := facts.at(other)):
        return table
    return Facts(facts.county, facts.roster, facts.period, None)


def _is_demand(encoded: Encoded, place: int) -> bool:
    chapter = encoded.sentence.section.split(" ")[0]
    clause = encoded.text[max(0, place - 16) : place]
    return bool(_DEMANDS.search(chapter) or _REQUIRED.search(re.split("[,;。:]", clause)[-1]))


# --- Claims to findings -------------------------------------------------------------------------


def _finding(text: str, encoded: Encoded, claim: Claim) -> Finding:
    start, end = encoded.span(claim.start, claim.end)
    place = (claim.kind, encoded.sentence.section, start, end, text[start:end], claim.claimed)
    if not claim.readings:
        return Finding(*place, "", Verdict.UNCHECKED, claim.reason)
    held = next((reading for reading in claim.readings if reading.holds), None)
    if held is None:
        first = claim.readings[0]
        return Finding(*place, first.actual, Verdict.DIFFERS, first.reason, first.evidence)
    note = "" if held is claim.readings[0] else "有不止一种读法，按最有利的一种相符"
    return Finding(*place, held.actual, Verdict.AGREES, note, held.evidence)


def _contradictions(
    text: str, stated: Sequence[tuple[Encoded, Claim]], county: County
) -> Iterator[Finding]:
    """Without tables, hold the claims against each other."""
    for number, kind, actual, reason in find_contradictions((said for _, said in stated), county):
        encoded, claim = stated[number]
        told = replace(
            claim, kind=kind, readings=(Reading(holds=False, actual=actual, reason=reason),)
        )
        yield _finding(text, encoded, told)


def _titles(document: Document) -> list[Finding]:
    """Hold the titles in the 附件 note against those on the annex pages."""
    titles = annex_titles(document)
    findings = []
    on_pages = {title.number: title for title in titles.headed}
    for noted in titles.noted:
        page = on_pages.get(noted.number)
        if page is None:
            continue
        same = _bare(noted.title) == _bare(page.title)
        verdict = Verdict.AGREES if same else Verdict.DIFFERS
        reason = "" if same else "附件说明中的标题与附件页上的标题不一致"
        findings.append(
            Finding(
                "annex_title", f"附件{noted.number}", noted.start, noted.end,
                document.text[noted.start : noted.end], noted.title, page.title, verdict, reason,
                (f"附件{noted.number}页标题：{page.title}",),
            )
        )  # fmt: skip
    return findings


def _bare(title: str) -> str:
    return fold(title, (0, len(title))).text.strip("。.;")


def _page_number(text: str, page: Folded) -> Number:
    start, end = page.span(0, len(page.text))
    return Number(start, end, text[start:end], NumberStatus.NOT_CLAIM, "页码")


# --- No number unexamined -----------------------------------------------------------------------


def _numbers(text: str, context: Context, claims: Sequence[Claim]) -> Iterator[Number]:
    encoded = context.encoded
    for place, numeral in encoded.numerals():
        status, reason = _status(context, place, numeral, claims)
        for digits in numeral.digits or ((numeral.start, numeral.end),):
            start, end = encoded.sentence.body.span(*digits)
            yield Number(start, end, text[start:end], status, reason)


def _status(
    context: Context, place: int, numeral: Numeral, claims: Sequence[Claim]
) -> tuple[NumberStatus, str]:
    if numeral.look in (Look.NO_CLAIM, Look.PERIOD):
        return NumberStatus.NOT_CLAIM, numeral.reason
    for claim in claims:
        if claim.start <= place < claim.end:
            if not claim.readings:
                return NumberStatus.UNCHECKED, claim.reason
            if place in claim.unsure:
                return NumberStatus.UNCHECKED, "界限本身有多种写法都成立，名单已核对"
            return NumberStatus.CHECKED, ""
    return _leftover(context, place, numeral)


def _leftover(context: Context, place: int, numeral: Numeral) -> tuple[NumberStatus, str]:
    """Say what a number is that no pattern claimed."""
    encoded, county = context.encoded, context.facts.county
    text = encoded.text
    behind = text[place + 1 : place + 6]
    before = re.split("[,;。:]", text[max(0, place - 16) : place])[-1]
    # What a ledger shows is no requirement, whatever the chapter.
    chapter = "" if context.of_articles else encoded.sentence.section.split(" ")[0]
    if _DEADLINE.match(behind):
        return NumberStatus.NOT_CLAIM, "期限"
    after = re.split("[;。:]", text[place + 1 : place + 24])[0]
    if _REQUIRED.search(before) or _DEMANDS.search(chapter) or _SANCTION.search(after):
        return NumberStatus.NOT_CLAIM, "工作要求"
    written = encoded.sentence.text[numeral.start : numeral.end]
    if written == _INDEFINITE:
        return NumberStatus.NOT_CLAIM, "泛指"
    is_count = numeral.look is Look.COUNT
    if (
        is_count
        and not written[0].isascii()
        and not behind.startswith(("个\ue001", "家\ue001", county.measure))
    ):
        return NumberStatus.NOT_CLAIM, "不是统计数字"
    is_of_things = (
        is_count
        and not behind.startswith((county.measure, "个\ue001", "家\ue001"))
        and re.match("[一-鿿]", behind)
    )
    if is_of_things or context.of_articles:
        return NumberStatus.UNCHECKED, NO_LEDGER
    return NumberStatus.NOT_UNDERSTOOD, ""
