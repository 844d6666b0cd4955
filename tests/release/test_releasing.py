"""A period is released, revised, verified and read back: from its data to the folder and back."""

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import copy_data

from zhashui_stats.audit.circulars import audit_file
from zhashui_stats.audit.findings import NumberStatus, Verdict
from zhashui_stats.cli import main
from zhashui_stats.comparison import History
from zhashui_stats.errors import MissingReason, NotFilledIn, OutputError, UnreadableRelease
from zhashui_stats.loading import load_series
from zhashui_stats.model.revisions import CellChange, read_revisions
from zhashui_stats.release.composing import compose_circular
from zhashui_stats.release.folder import read_release, write_folder
from zhashui_stats.release.issuing import release_period
from zhashui_stats.release.verifying import check_release, compare_releases

FILES = {
    "SHA256SUMS", "annexes.xlsx", "circular.docx", "circular.txt", "counts.csv",
    "counts.csv-metadata.json", "metadata.json",
}  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the data folder to change."""
    return copy_data(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where releases go."""
    return tmp_path / "reports" / "2022H1" / "release"


def names(folder: Path) -> set[str]:
    """Return the files of a folder and below, by their paths from it."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def digests(folder: Path) -> dict[str, str]:
    """Return what every file of a folder holds."""
    return {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names(folder)
    }


def add_article(data: Path) -> None:
    """Give 审批局 one more article (6 → 7), in its row and in the declared total."""
    path = data / "2022H1" / "departments.csv"
    text = path.read_text(encoding="utf-8")
    changed = text.replace("审批局,2,0,6", "审批局,2,0,7").replace("106,2,139", "106,2,140")
    assert changed != text
    path.write_text(changed, encoding="utf-8")


# --- The first release --------------------------------------------------------------------------


def test_first_release(data: Path, folder: Path) -> None:
    """The folder holds the circular, the annexes, the figures as data, and checksums of all."""
    done = release_period("2022H1", folder, data)

    assert (done.number, done.is_new, done.revision) == (1, True, None)
    assert names(folder) == FILES
    sums = dict(
        reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines()
    )
    assert sums == {
        name: digest for name, digest in digests(folder).items() if name != "SHA256SUMS"
    }
    assert list(check_release(folder, data)) == []


def test_checksums_are_those_of_the_usual_tool(data: Path, folder: Path) -> None:
    """Whoever has sha256sum needs no other program to check a release."""
    release_period("2022H1", folder, data)
    run = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_same_bytes_from_another_process(data: Path, tmp_path: Path) -> None:
    """The same inputs give the same bytes, whatever the order of sets in a process."""
    made = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        subprocess.run(
            [sys.executable, "-m", "zhashui_stats", "release", "2022H1", "--data-dir", str(data),
             "--out", str(out)],
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin", "TZ": f"UTC+{seed}"},
            capture_output=True, check=True,
        )  # fmt: skip
        made.append(digests(out))

    assert made[0] == made[1]


def test_released_again_without_change(data: Path, folder: Path) -> None:
    """What is the same is not released twice, and nothing is touched."""
    release_period("2022H1", folder, data)
    before = digests(folder)
    done = release_period("2022H1", folder, data)

    assert (done.number, done.is_new) == (1, False)
    assert digests(folder) == before


def test_edited_document_is_left_alone(data: Path, folder: Path) -> None:
    """The office edits the Word file where it stands; to release again does not undo that."""
    release_period("2022H1", folder, data)
    (folder / "circular.docx").write_bytes(b"edited")
    done = release_period("2022H1", folder, data)

    assert not done.is_new
    assert (folder / "circular.docx").read_bytes() == b"edited"


def test_edited_document_is_kept_and_told(
    data: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the office wrote into the Word file is kept, is not in the new one, and that is said."""
    release_period("2022H1", folder, data)
    (folder / "circular.docx").write_bytes(b"edited")
    add_article(data)
    out = str(folder.parents[1])
    assert main(
        ["release", "2022H1", "--data-dir", str(data), "--out", out, "--reason", "补登"]
    ) == 0  # fmt: skip
    said = capsys.readouterr().out

    assert "注意：circular.docx 在发布后有人改动过，这些改动没有带入本次发布" in said
    assert (folder / "previous" / "1" / "circular.docx").read_bytes() == b"edited"
    assert list(check_release(folder, data)) == [
        "previous/1/circular.docx：内容与当时发布的不同，是发布后改动过的"
    ]


@pytest.mark.parametrize("blank", ["tables", "date"])
def test_blank_form_is_not_released(data: Path, folder: Path, blank: str) -> None:
    """Tables that were never filled in, or a date that is still to be written, are no release."""
    if blank == "tables":
        main(["new", "2022H2", "--data-dir", str(data)])
    else:
        source = data / "2022H1" / "source.toml"
        text = source.read_text(encoding="utf-8").replace("2022年7月8日", "（待填写）")
        source.write_text(text, encoding="utf-8")
    with pytest.raises(NotFilledIn, match="还没有填好，不能发布"):
        release_period("2022H2" if blank == "tables" else "2022H1", folder, data)

    assert not folder.exists()


# --- Revisions ----------------------------------------------------------------------------------


def test_revision(data: Path, folder: Path) -> None:
    """A changed figure is told with its sentences and the reason; the earlier release is kept."""
    release_period("2022H1", folder, data)
    first = digests(folder)
    add_article(data)
    done = release_period("2022H1", folder, data, reason="补登\n1篇")

    assert done.number == 2
    assert done.revision is not None
    assert done.revision.reason == "补登 1篇"
    assert done.revision.cells == (CellChange("部门单位", "审批局", "政务动态", 6, 7),)
    pairs = [(sentence.old, sentence.new) for sentence in done.revision.sentences]
    assert (
        "政务动态信息203篇，政务公开信息124篇，前者多79篇。",
        "政务动态信息204篇，政务公开信息124篇，前者多80篇。",
    ) in pairs
    assert {name: digests(folder)[f"previous/1/{name}"] for name in first} == first
    assert list(check_release(folder / "previous" / "1", data)) != []  # its inputs are no more
    assert list(check_release(folder, data)) == []
    assert read_revisions("2022H1", folder.parents[1]) == (done.revision,)


def test_revision_without_reason(data: Path, folder: Path) -> None:
    """Where figures differ and nobody says why, nothing is released."""
    release_period("2022H1", folder, data)
    before = digests(folder)
    add_article(data)
    with pytest.raises(MissingReason, match=r"有1个数不同.*--reason(.|\n)*审批局 政务动态：6 → 7"):
        release_period("2022H1", folder, data, reason=" ")

    assert digests(folder) == before


def test_revised_figure_is_marked(data: Path, folder: Path) -> None:
    """The mark [r] stands beside the figure that the release changed, and at no other."""
    release_period("2022H1", folder, data)
    add_article(data)
    release_period("2022H1", folder, data, reason="补登")
    from docx import Document  # noqa: PLC0415 -- as an office reads it

    tables = Document(str(folder / "circular.docx")).tables
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]

    assert [cell for cell in cells if "[r]" in cell] == ["7[r]"]


def test_revision_of_words_needs_no_reason(data: Path, folder: Path) -> None:
    """A remark that is added changes sentences but no figure."""
    release_period("2022H1", folder, data)
    remarks = data / "2022H1" / "remarks.md"
    before = remarks.read_text(encoding="utf-8") if remarks.exists() else ""
    remarks.write_text(f"{before}\n\n## 三（二）\n\n各单位要逐篇签字。\n", encoding="utf-8")
    done = release_period("2022H1", folder, data)

    assert done.revision is not None
    assert (done.number, done.revision.cells) == (2, ())
    assert "各单位要逐篇签字。" in [sentence.new for sentence in done.revision.sentences]


def test_final_figures_are_a_release_of_their_own(data: Path, folder: Path) -> None:
    """To declare the figures final changes no figure and no sentence, only the status."""
    release_period("2022H1", folder, data)
    done = release_period("2022H1", folder, data, is_final=True)
    metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))

    assert done.revision is not None
    assert (done.number, done.revision.cells, done.revision.sentences) == (2, (), ())
    assert (metadata["status"], metadata["status_label"]) == ("final", "最终")
    assert list(check_release(folder, data)) == []


def test_final_figures_stay_final(data: Path, folder: Path) -> None:
    """A revision of final figures is final too, whether or not that is said again."""
    release_period("2022H1", folder, data, is_final=True)
    add_article(data)
    release_period("2022H1", folder, data, reason="补登")

    assert json.loads((folder / "metadata.json").read_text(encoding="utf-8"))["status"] == "final"


def test_changed_settings_are_a_release_of_their_own(data: Path, folder: Path) -> None:
    """A changed input is released anew though no figure and no word changes: verify needs it."""
    release_period("2022H1", folder, data)
    county = data / "county.toml"
    county.write_text(f"{county.read_text(encoding='utf-8')}\n# 说明\n", encoding="utf-8")
    done = release_period("2022H1", folder, data)

    assert done.revision is not None
    assert (done.number, done.revision.cells, done.revision.sentences) == (2, (), ())
    assert list(check_release(folder, data)) == []


def test_every_release_is_kept(data: Path, folder: Path) -> None:
    """After three releases the first two stand under previous/, and verify still holds."""
    release_period("2022H1", folder, data)
    add_article(data)
    release_period("2022H1", folder, data, reason="一")
    release_period("2022H1", folder, data, is_final=True)

    previous = {name.split("/")[1] for name in names(folder) if name.startswith("previous/")}
    assert previous == {"1", "2"}
    assert [revision.release for revision in read_revisions("2022H1", folder.parents[1])] == [2, 3]
    assert list(check_release(folder, data)) == []


def test_diff_of_two_releases(data: Path, folder: Path) -> None:
    """Two folders are compared as a revision is."""
    release_period("2022H1", folder, data)
    add_article(data)
    done = release_period("2022H1", folder, data, reason="补登")
    found = compare_releases(folder / "previous" / "1", folder)

    assert done.revision is not None
    assert (found.cells, found.sentences) == (done.revision.cells, done.revision.sentences)


# --- Verification -------------------------------------------------------------------------------


def test_verify_tells_every_damage(data: Path, folder: Path) -> None:
    """A changed, a missing and an added file are each told by name."""
    release_period("2022H1", folder, data)
    (folder / "counts.csv").write_text("x", encoding="utf-8")
    (folder / "annexes.xlsx").unlink()
    (folder / "多余.txt").write_text("x", encoding="utf-8")
    said = list(check_release(folder, data))

    assert "annexes.xlsx：文件不见了" in said
    assert "counts.csv：内容与发布时不同" in said
    assert "多余.txt：不在 SHA256SUMS 中，是后来放进去的" in said
    assert 3 == len(said)


def test_verify_tells_changed_inputs(data: Path, folder: Path) -> None:
    """Where the data changed since, that is told instead of files that differ."""
    release_period("2022H1", folder, data)
    add_article(data)

    assert list(check_release(folder, data)) == [
        "输入文件 2022H1/departments.csv：发布后已改动，无法重新生成"
    ]


def test_verify_finds_forged_sums(data: Path, folder: Path) -> None:
    """Who changes a figure and its checksum is found out by making the release once more."""
    release_period("2022H1", folder, data)
    counts = folder / "counts.csv"
    counts.write_bytes(counts.read_bytes().replace(b",50\r\n", b",51\r\n"))
    sums = folder / "SHA256SUMS"
    lines = [
        f"{hashlib.sha256(counts.read_bytes()).hexdigest()}  counts.csv"
        if line.endswith("  counts.csv") else line
        for line in sums.read_text().splitlines()
    ]  # fmt: skip
    sums.write_text("\n".join(lines) + "\n")

    assert list(check_release(folder, data)) == ["counts.csv：与按同样的输入重新生成的内容不一致"]


def resum(folder: Path) -> None:
    """Write the checksums anew, as a forger would."""
    sums = digests(folder)
    sums.pop("SHA256SUMS")
    text = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    (folder / "SHA256SUMS").write_text(text, encoding="utf-8")


def test_verify_misses_no_file(data: Path, folder: Path) -> None:
    """A file that is gone, with its checksum, or one that was added with one, is told."""
    release_period("2022H1", folder, data)
    (folder / "circular.docx").unlink()
    (folder / "说明.txt").write_text("x", encoding="utf-8")
    resum(folder)

    assert list(check_release(folder, data)) == [
        "circular.docx：与按同样的输入重新生成的内容不一致",
        "说明.txt：与按同样的输入重新生成的内容不一致",
    ]


def test_verify_finds_a_forged_log(data: Path, folder: Path) -> None:
    """Who empties the log of revisions is found out by the releases that are kept."""
    release_period("2022H1", folder, data)
    add_article(data)
    release_period("2022H1", folder, data, reason="补登")
    log = json.loads((folder / "revisions.json").read_text(encoding="utf-8"))
    log[0] |= {"cells": [], "sentences": []}
    (folder / "revisions.json").write_text(json.dumps(log), encoding="utf-8")
    resum(folder)

    assert "revisions.json：第2次发布的修订记录与前后两次发布的差别不符" in list(
        check_release(folder, data)
    )


@pytest.mark.parametrize("change", [lambda log: log[:-1], lambda log: [*log, *log]])
def test_verify_finds_a_log_of_another_length(
    data: Path, folder: Path, change: Callable[[list[object]], list[object]]
) -> None:
    """Who takes a release out of the log, or adds one, is found out though the checksums fit."""
    release_period("2022H1", folder, data)
    add_article(data)
    release_period("2022H1", folder, data, reason="补登")
    path = folder / "revisions.json"
    path.write_text(json.dumps(change(json.loads(path.read_text("utf-8")))), encoding="utf-8")
    resum(folder)

    with pytest.raises(UnreadableRelease, match=r"中的 revisions\.json 缺失或已损坏"):
        list(check_release(folder, data))


def test_linked_folder_stays_linked(data: Path, folder: Path, tmp_path: Path) -> None:
    """A release that lies elsewhere, by way of a link, is revised there."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder.parent.mkdir(parents=True)
    folder.symlink_to(elsewhere)
    release_period("2022H1", folder, data)
    add_article(data)
    done = release_period("2022H1", folder, data, reason="补登")

    assert (done.number, folder.is_symlink()) == (2, True)
    assert "previous/1/circular.docx" in names(elsewhere)
    assert list(check_release(folder, data)) == []


def test_two_releases_at_once(data: Path, folder: Path) -> None:
    """Who comes second is told so; what the first one released stays."""
    release_period("2022H1", folder, data)
    earlier = read_release(folder)
    add_article(data)
    release_period("2022H1", folder, data, reason="补登")
    before = digests(folder)
    with pytest.raises(OutputError, match="刚刚被另一次发布改写"):
        write_folder(folder, {"metadata.json": b"{}"}, earlier)

    assert digests(folder) == before


@pytest.mark.parametrize(
    "metadata",
    [{}, {"release": 1}, {"release": 1, "period": "2022H1", "status": "final", "made_with": {},
                          "sources": ["x"]}],
)  # fmt: skip
def test_incomplete_metadata(data: Path, folder: Path, metadata: dict[str, object]) -> None:
    """Metadata that lack what verify needs are told as damaged."""
    release_period("2022H1", folder, data)
    (folder / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    with pytest.raises(UnreadableRelease, match=r"metadata\.json 缺失或已损坏"):
        list(check_release(folder, data))


def test_open_document_is_no_damage(data: Path, folder: Path) -> None:
    """The file that Word leaves beside an open document is passed over."""
    release_period("2022H1", folder, data)
    (folder / "~$rcular.docx").write_bytes(b"\0")

    assert list(check_release(folder, data)) == []


def test_remarks_with_headings_of_their_own(data: Path) -> None:
    """A heading within a remark is a paragraph of its section, and loses no character."""
    remarks = data / "2022H1" / "remarks.md"
    remarks.write_text("## 三（四）\n\n### 培训情况\n\n写到这里换\n行继续写。\n", encoding="utf-8")
    lines = list(compose_circular(History(load_series("2022H1", data))).lines())
    place = lines.index("（三）业务培训")

    assert lines[place + 1 : place + 3] == ["培训情况", "写到这里换行继续写。"]


# --- What must not be harmed --------------------------------------------------------------------


def test_folder_of_something_else(data: Path, folder: Path) -> None:
    """A folder that is no release is refused and left as it is."""
    folder.mkdir(parents=True)
    (folder / "照片.jpg").write_bytes(b"x")
    with pytest.raises(UnreadableRelease, match="不是发布文件夹"):
        release_period("2022H1", folder, data)

    assert names(folder) == {"照片.jpg"}


@pytest.mark.parametrize("name", ["metadata.json", "counts.csv", "circular.txt"])
def test_damaged_release_is_not_replaced(data: Path, folder: Path, name: str) -> None:
    """A release that cannot be read is not written over: what was released would be lost."""
    release_period("2022H1", folder, data)
    (folder / name).write_bytes(b"\xff\xfe\x00")
    before = digests(folder)
    add_article(data)
    with pytest.raises(UnreadableRelease):
        release_period("2022H1", folder, data, reason="补登")

    assert digests(folder) == before


def test_place_that_cannot_be_written(data: Path, tmp_path: Path) -> None:
    """Where a file stands in the way of the folder, that is told."""
    (tmp_path / "reports").write_text("a file")
    with pytest.raises(OutputError, match="无法写入"):
        release_period("2022H1", tmp_path / "reports" / "2022H1" / "release", data)


def test_killed_between_two_renames(data: Path, folder: Path) -> None:
    """A release that a killed run had set aside is put back before anything else."""
    release_period("2022H1", folder, data)
    before = digests(folder)
    folder.rename(folder.with_name(".release.old"))

    assert list(check_release(folder, data)) == []
    assert digests(folder) == before


def test_nothing_else_is_left(data: Path, folder: Path) -> None:
    """No temporary folder stays beside a release."""
    release_period("2022H1", folder, data)
    add_article(data)
    release_period("2022H1", folder, data, reason="补登")

    assert [path.name for path in folder.parent.iterdir()] == ["release"]


# --- The loop closes ----------------------------------------------------------------------------


@pytest.mark.parametrize("against", ["data", "annexes"])
def test_own_circular_is_proofread(data: Path, folder: Path, against: str) -> None:
    """Every number of the released Word file agrees, with the tables and with its own annexes."""
    release_period("2022H1", folder, data)
    add_article(data)
    release_period("2022H1", folder, data, reason="补登")
    audit = audit_file(folder / "circular.docx", "2022H1", data, against).audit

    assert {Verdict.AGREES} == {finding.verdict for finding in audit.findings}
    assert 50 < len(audit.findings)
    assert {NumberStatus.CHECKED, NumberStatus.NOT_CLAIM} == {
        number.status for number in audit.numbers
    }


def test_changed_figure_in_the_document_is_found(data: Path, folder: Path) -> None:
    """Who changes one figure of the Word file by hand is found out by the audit."""
    release_period("2022H1", folder, data)
    path = folder / "circular.docx"
    with zipfile.ZipFile(path) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()}
    contents["word/document.xml"] = contents["word/document.xml"].replace(
        "红岩寺镇50".encode(), "红岩寺镇51".encode(), 1
    )
    with zipfile.ZipFile(path, "w") as parts:
        for name, content in contents.items():
            parts.writestr(name, content)
    audit = audit_file(path, "2022H1", data).audit

    assert [finding.text for finding in audit.findings if finding.verdict is Verdict.DIFFERS] == [
        "红岩寺镇51篇"
    ]


# --- The commands -------------------------------------------------------------------------------


def test_commands(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Release, verify and diff say what they did, and exit with 1 only where something is wrong."""
    options = ["--data-dir", str(data)]
    out = ["--out", str(tmp_path / "reports")]
    folder = str(tmp_path / "reports" / "2022H1" / "release")
    assert main(["release", "2022H1", *options, *out]) == 0
    assert "第1次发布已写入" in capsys.readouterr().out
    assert main(["verify", folder, *options]) == 0
    assert "与校验值一致" in capsys.readouterr().out
    add_article(data)
    assert main(["verify", folder, *options]) == 1
    assert "共1处问题" in capsys.readouterr().out
    assert main(["release", "2022H1", *options, *out]) == 1
    assert "请用 --reason 写明修订原因" in capsys.readouterr().err
    assert main(["release", "2022H1", *options, *out, "--reason", "补登1篇"]) == 0
    said = capsys.readouterr().out
    assert "数字改动1处：\n  部门单位 审批局 政务动态：6 → 7" in said
    assert main(["diff", f"{folder}/previous/1", folder]) == 0
    assert "部门单位 审批局 政务动态：6 → 7" in capsys.readouterr().out


def test_damage_is_told_before_missing_data(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever has the folder but not the data still hears what is damaged in it."""
    folder = tmp_path / "reports" / "2022H1" / "release"
    release_period("2022H1", folder, data)
    (folder / "counts.csv").write_text("x", encoding="utf-8")

    assert main(["verify", str(folder), "--data-dir", str(tmp_path / "nowhere")]) == 1
    said = capsys.readouterr()
    assert "counts.csv：内容与发布时不同" in said.out
    assert "没有数据文件夹" in said.err


def test_commands_without_a_release(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """To verify or compare what is not there is told in one line, exit 1."""
    nowhere = str(tmp_path / "nowhere")
    assert main(["verify", nowhere, "--data-dir", str(data)]) == 1
    assert "没有发布的文件" in capsys.readouterr().out
    assert main(["diff", nowhere, nowhere]) == 1
    assert "没有发布的文件" in capsys.readouterr().err


def test_report_tells_the_revisions(data: Path, tmp_path: Path) -> None:
    """A report beside a revised release has the log; before there was none."""
    out = tmp_path / "reports"
    options = ["2022H1", "--data-dir", str(data), "--out", str(out)]
    main(["release", *options])
    main(["report", *options])
    before = (out / "2022H1" / "report.html").read_text(encoding="utf-8")
    add_article(data)
    main(["release", *options, "--reason", "补登1篇"])
    main(["report", *options])
    after = (out / "2022H1" / "report.html").read_text(encoding="utf-8")

    assert "修订记录" not in before
    assert "第2次发布：改动1个数" in after
    assert "部门单位 审批局 政务动态：6 → 7" in after


def test_release_of_made_up_figures(data: Path, tmp_path: Path) -> None:
    """Every file that people read says that its figures are made up."""
    shutil.rmtree(data / "2022H1")
    (data / "2022H1").mkdir()
    ledger = data / "2022H1" / "ledger.csv"
    main(["sample", "2022H1", "--out", str(ledger)])
    folder = tmp_path / "reports" / "2022H1" / "release"
    release_period("2022H1", folder, data)

    for name in ("circular.txt", "metadata.json", "counts.csv-metadata.json"):
        assert "合成" in (folder / name).read_text(encoding="utf-8-sig") or name == "metadata.json"
    assert json.loads((folder / "metadata.json").read_text(encoding="utf-8"))["synthetic"] is True
