"""Which pages of units are made, kept and told as failed, with pages that are made at once."""

import contextlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from small_county import TOWNS, write_county, write_period, write_rows

from zhashui_stats.errors import FaultyData, MissingPeriod, OutputError, ReportFailed
from zhashui_stats.making.briefs import Briefs, make_briefs, page_names
from zhashui_stats.model.periods import Period
from zhashui_stats.publish.many import batch

PERIOD = Period.parse("2022H1")
Result = tuple[str, str | Exception]
Make = Callable[..., Briefs]


class Kernels:
    """In the place of all that runs notebooks: what each unit's page is, and who asked for it.

    Attributes:
        asked: For whom pages were wanted, a list for each run.
        sent: What was handed to the workers.
        results: Unit -> what comes in place of its page.
        order: How the units are brought into the order in which their pages come.
        before: Number of a page -> what happens before it comes.
    """

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self.asked: list[list[str]] = []
        self.sent: list[Any] = []
        self.results: dict[str, str | Exception] = {}
        self.order: Callable[[list[str]], list[str]] = list
        self.before: dict[int, Callable[[], None]] = {}

    @contextlib.contextmanager
    def workers(self, inputs: Any) -> Iterator[SimpleNamespace]:
        """Give workers that only say where the data are."""
        self.sent.append(inputs)
        yield SimpleNamespace(executor="executor", send=lambda folder, files: (folder, set(files)))

    def run_jobs(self, executor: str, jobs: dict[str, batch.Job], data: Any) -> Iterator[Result]:
        """Give a page for each job."""
        self.asked.append(list(jobs))
        self.sent += [executor, data]
        assert all(
            {"period": "2022H1", "unit": name} == job.parameters for name, job in jobs.items()
        )
        for number, name in enumerate(self.order(list(jobs))):
            self.before.get(number, lambda: None)()
            yield name, self.results.get(name, f"<p>{name}</p>")


@pytest.fixture
def kernels(monkeypatch: pytest.MonkeyPatch) -> Kernels:
    """What runs notebooks."""
    made = Kernels()
    monkeypatch.setattr(batch, "run_jobs", made.run_jobs)
    return made


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder at work, with a small county and receipts of its own."""
    write_county(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


@pytest.fixture
def make(kernels: Kernels, work: Path) -> Make:
    """Make the pages of the county at work."""

    def run(**options: Any) -> Briefs:
        return make_briefs(PERIOD, work / "out", work / "data", kernels.workers, **options)

    return run


def index(work: Path) -> str:
    return (work / "out" / "2022H1" / "briefs" / "index.html").read_text("utf-8")


def test_pages_and_their_index(make: Make, kernels: Kernels, work: Path) -> None:
    """Each page holds what came for its unit; the inputs go to whoever makes them."""
    briefs = make()
    folder = work / "out" / "2022H1" / "briefs"

    assert Briefs(folder / "index.html", made=list(TOWNS)) == briefs
    assert [list(TOWNS)] == kernels.asked
    assert ["executor", (work / "data", set(kernels.sent[0].files))] == kernels.sent[1:]
    assert {f"{name}.html": f"<p>{name}</p>" for name in TOWNS} == {
        path.name: path.read_text("utf-8") for path in folder.glob("?镇.html")
    }


def test_the_index_is_of_the_period_that_was_asked_for(make: Make, work: Path) -> None:
    """Earlier periods at hand change neither its title nor its figures."""
    write_period(work / "data", "2021H2")
    write_rows(
        work / "data" / "2021H2" / "towns.csv",
        [("投稿单位", "政务公开", "政务动态"), *((name, 77, 88) for name in TOWNS)],
    )
    make()
    page = index(work).replace("<wbr>", "")
    expected = [True, True, False, False, False]

    assert expected == [
        text in page for text in ("某县2022年上半年各单位", ">4<", "2021年", ">77<", ">88<")
    ]


def test_nothing_is_made_twice(make: Make, kernels: Kernels) -> None:
    """What is there is kept, in the roster's order, unless all is to be made."""
    make()
    kept = make()
    forced = make(force=True)

    assert ([], list(TOWNS)) == (kept.made, kept.kept)
    assert (list(TOWNS), []) == (forced.made, forced.kept)
    assert [list(TOWNS)] * 2 == kernels.asked


def test_one_page_that_is_gone(make: Make, kernels: Kernels, work: Path) -> None:
    """It alone is made, and counted as so many."""
    make()
    (work / "out" / "2022H1" / "briefs" / "乙镇.html").unlink()
    totals = []
    briefs = make(track=lambda results, total: totals.append(total) or results)

    assert (["乙镇"], ["甲镇", "丙镇"], [1]) == (briefs.made, briefs.kept, totals)
    assert ["乙镇"] == kernels.asked[-1]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ReportFailed("“比较”一节出错"), "“比较”一节出错"),
        (ValueError("坏了"), "计算节点出错（ValueError：坏了）"),
        (OutputError("满了"), "满了"),
    ],
)
def test_why_a_page_was_not_made(
    make: Make, kernels: Kernels, work: Path, error: Exception, said: str
) -> None:
    """Our own errors speak for themselves; any other is one of whoever made the page."""
    kernels.results = {"乙镇": error}
    briefs = make()

    assert ({"乙镇": said}, ["甲镇", "丙镇"]) == (briefs.failed, briefs.made)
    assert "乙镇（未能生成）" in index(work)


def test_failures_are_told_in_the_order_of_the_roster(make: Make, kernels: Kernels) -> None:
    """Whatever order they come in."""
    kernels.order = lambda names: names[::-1]
    kernels.results = {name: ValueError(name) for name in ("甲镇", "丙镇")}
    briefs = make()

    assert ["甲镇", "丙镇"] == list(briefs.failed)


def test_the_index_knows_of_a_unit_that_fails_no_more(
    make: Make, kernels: Kernels, work: Path
) -> None:
    """It is written again where units fail, or fail no longer, though no page was made."""
    make()
    sound = index(work)
    (work / "out" / "2022H1" / "briefs" / "乙镇.html").unlink()
    kernels.results = {"乙镇": ValueError("x")}
    make()

    assert ("（未能生成）" in sound, "（未能生成）" in index(work)) == (False, True)

    kernels.results = {}
    make()

    assert sound == index(work)


@pytest.mark.parametrize(("came", "kept"), [(10, 10), (20, 20)])
def test_receipts_are_kept_ten_at_a_time(
    make: Make, kernels: Kernels, work: Path, came: int, kept: int
) -> None:
    """Where the data change meanwhile, all pages since the last ten are made once more."""
    names = [f"{number:02}镇" for number in range(21)]
    source = work / "data" / "2022H1" / "source.toml"
    (work / "data" / "2022H1" / "towns.csv").unlink()
    write_rows(
        work / "data" / "units.csv", [("name", "group"), *((name, "towns") for name in names)]
    )
    write_rows(
        work / "data" / "2022H1" / "towns.csv",
        [("投稿单位", "政务公开", "政务动态"), *((name, 1, 1) for name in names)],
    )
    sound = source.read_bytes()
    kernels.before = {came: lambda: source.write_bytes(sound + b"\n")}
    first = make()
    source.write_bytes(sound)
    kernels.before = {}
    second = make()

    assert names == first.made
    assert (names[:kept], names[kept:]) == (second.kept, second.made)


def test_an_interrupted_run_keeps_what_it_made(make: Make, kernels: Kernels, work: Path) -> None:
    """The pages that had come need not be made again; the index waits for the next run."""

    def interrupt() -> None:
        raise KeyboardInterrupt

    kernels.before = {2: interrupt}
    with pytest.raises(KeyboardInterrupt):
        make()
    is_there = (work / "out" / "2022H1" / "briefs" / "index.html").exists()
    kernels.before = {}
    briefs = make()

    assert (False, ["丙镇"], ["甲镇", "乙镇"]) == (is_there, briefs.made, briefs.kept)


def test_another_data_folder_makes_other_pages(kernels: Kernels, work: Path) -> None:
    """A page names the folder of its data."""
    (work / "别名").symlink_to("data")
    for name in ("data", "别名"):
        make_briefs(PERIOD, work / "out", Path(name), kernels.workers)

    assert [list(TOWNS)] * 2 == kernels.asked


def test_what_is_to_be_told(make: Make, work: Path) -> None:
    """A notice is told on each run, whether pages are made or kept."""
    write_rows(
        work / "data" / "2022H1" / "towns.csv",
        [("投稿单位", "政务公开", "政务动态"), *((name, "", "") for name in TOWNS)],
    )
    told: list[str] = []
    make(notify=told.append)
    make(notify=told.append)

    assert ["2022H1/towns.csv 全部6个数都是空白，一律按0计，像是还没有填写"] * 2 == told


def test_nothing_is_asked_where_nothing_can_be_written(
    make: Make, kernels: Kernels, work: Path
) -> None:
    """Nor where there are no data."""
    (work / "out").write_text("x", "utf-8")
    with pytest.raises(OutputError):
        make()
    with pytest.raises(MissingPeriod):
        make_briefs(Period.parse("2023H1"), work / "o", work / "data", kernels.workers)
    (work / "data" / "units.csv").write_text("name,group\n", "utf-8")
    with pytest.raises(FaultyData):
        make()

    assert ([], []) == (kernels.asked, kernels.sent)


# --- Names ------------------------------------------------------------------------------------


def mark(name: str) -> str:
    return f"%{sha256(name.encode()).hexdigest()[:8]}"


@pytest.mark.parametrize(
    ("unit", "page"),
    [
        ("a" * 200, "a" * 200),
        ("a" * 201, "a" * 200 + mark("a" * 201)),
        ("镇" * 66, "镇" * 66),
        ("镇" * 67, "镇" * 66 + mark("镇" * 67)),
        ("aa" + "镇" * 66, "aa" + "镇" * 66),
        ("/" * 67, "%2F" * 66 + "%2" + mark("/" * 67)),
        ("con." + "镇" * 99, "con." + "镇" * 65 + mark("con." + "镇" * 99)),
    ],
)  # fmt: skip
def test_a_long_name_is_cut(unit: str, page: str) -> None:
    """Up to 200 bytes of it as it is spelt, no part of a character, and a hash of the whole."""
    assert {unit: page} == page_names([unit])


@pytest.mark.parametrize(
    ("unit", "page"),
    [
        ('<>:"|?*\\/%', "%3C%3E%3A%22%7C%3F%2A%5C%2F%25"),
        *((name, f"{name}%") for name in (
            "Prn", "AUX", "NUL", "nul.x", "conin$", "CONOUT$", "con", "con.a.b", "index",
        )),
        *((f"{port}{digit}", f"{port}{digit}%") for port in ("com", "LPT")
          for digit in "0123456789¹²³"),
        ("甲.", "甲.%"), ("甲 ", "甲 %"), ("甲.乙", "甲.乙"), ("甲 乙", "甲 乙"),
        ("com", "com"), ("xcon", "xcon"), ("index2", "index2"), ("甲.con", "甲.con"),
    ],
)  # fmt: skip
def test_what_systems_take_for_something_else(unit: str, page: str) -> None:
    """Signs and devices of Windows, the index, and what it drops at a name's end."""
    assert {unit: page} == page_names([unit])


def test_names_that_a_system_takes_for_one() -> None:
    """However a letter is composed, and in whatever case: the later ones get marks."""
    units = ["é", "e\u0301", "É", "ß", "SS"]

    assert ["é", "e\u0301%", "É%%", "ß", "SS%"] == list(page_names(units).values())
