"""What a wish to release comes to, and what verifying and comparing tell, word by word."""

import hashlib
import json
import re
import shutil
from dataclasses import replace

import pytest
from conftest import build_submissions, copy_data

from zhashui_stats.cli import main
from zhashui_stats.errors import MissingReason, NotFilledIn, UnreadableRelease
from zhashui_stats.model.revisions import Revision
from zhashui_stats.model.submissions import SourceFile
from zhashui_stats.release import issuing, verifying
from zhashui_stats.release.composing import DEFINITIONS
from zhashui_stats.release.files import document_programs
from zhashui_stats.release.issuing import Outcome, changed_inputs, compose_release, release_period
from zhashui_stats.release.verifying import check_release, compare_releases


@pytest.fixture
def data(tmp_path):
    """A copy of the data folder to change."""
    return copy_data(tmp_path)


@pytest.fixture
def folder(tmp_path):
    """Where releases go."""
    return tmp_path / "release"


def resum(folder):
    """Write the checksums of a folder anew, as a forger would."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    text = "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in paths
        if path != folder / "SHA256SUMS"
    )
    (folder / "SHA256SUMS").write_text(text, encoding="utf-8")


def add_remark(data, text):
    """Change words but no figure."""
    (data / "2022H1" / "remarks.md").write_text(f"## 三（四）\n\n{text}\n", encoding="utf-8")


def count_less(folder, number):
    """Forge the first figures of a release, so that the data has that many others."""
    path = folder / "counts.csv"
    content = path.read_text(encoding="utf-8-sig")
    content = re.sub(r",(\d+)\n", lambda found: f",{int(found[1]) + 1}\n", content, count=number)
    path.write_text(content, encoding="utf-8-sig", newline="\r\n")


# --- Inputs -------------------------------------------------------------------------------------


def test_inputs_that_came_went_or_changed():
    """Each is told by its path, in the order of paths."""
    recorded = [{"path": path, "sha256": "0"} for path in ("d", "a", "b")]
    sources = [SourceFile("c", "0"), SourceFile("b", "1"), SourceFile("a", "0")]

    assert [
        "输入文件 b：发布后已改动，无法重新生成",
        "输入文件 c：发布后新增，无法重新生成",
        "输入文件 d：发布后已删除，无法重新生成",
    ] == list(changed_inputs(recorded, sources))


def test_sources_are_those_of_all_periods_in_order():
    """A file that several periods rest on is named once; paths are in their order."""
    first, second, third = (SourceFile(path, "0") for path in ("2021H2/a", "2022H1/a", "units.csv"))
    now = replace(build_submissions({"镇": {"甲": (1, 0, 0)}}), files=(third, second))
    earlier = replace(build_submissions({"镇": {"甲": (1, 0, 0)}}, "2021H2"), files=(third, first))
    release = compose_release([earlier, now], is_final=True)

    assert ((first, second, third), now) == (release.sources, release.now)
    assert (1, True, DEFINITIONS, ()) == (
        release.number, release.is_final, release.definitions, release.revisions,
    )  # fmt: skip
    assert release.circular.title.startswith("某县人民政府办公室关于2022年上半年")


@pytest.mark.parametrize(("is_there", "told"), [(True, "新增"), (False, "已删除")])
def test_verify_tells_an_input_that_came_or_went(data, folder, is_there, told):
    """Then nothing is made again: every file would differ."""
    remarks = data / "2022H1" / "remarks.md"
    remarks.unlink(missing_ok=True)
    if not is_there:
        add_remark(data, "按时培训。")
    release_period("2022H1", folder, data)
    if is_there:
        add_remark(data, "按时培训。")
    else:
        remarks.unlink()

    assert [f"输入文件 2022H1/remarks.md：发布后{told}，无法重新生成"] == list(
        check_release(folder, data)
    )


# --- Outcomes -----------------------------------------------------------------------------------


def test_outcomes(data, folder):
    """The first release, one that is not needed, and one that revises: what became of each."""
    assert Outcome(folder, 1, is_new=True) == release_period("2022H1", folder, data)
    for name in ("circular.docx", "annexes.xlsx"):
        (folder / name).write_bytes(b"edited")
    edited = ("annexes.xlsx", "circular.docx")
    assert Outcome(folder, 1, is_new=False, edited=edited) == (
        release_period("2022H1", folder, data)
    )
    add_remark(data, "按时培训。")
    done = release_period("2022H1", folder, data, reason=" 补充 \n 说明 ")

    assert (2, True, edited) == (done.number, done.is_new, done.edited)
    assert (2, "补充 说明", ()) == (
        done.revision.release, done.revision.reason, done.revision.cells,
    )  # fmt: skip
    log = json.loads((folder / "revisions.json").read_text(encoding="utf-8"))
    assert [done.revision] == [Revision.of(record) for record in log]


def test_another_version_of_the_program_is_a_release(data, folder, monkeypatch):
    """What a verifier would be told of is released anew, though no figure and no word changes."""
    release_period("2022H1", folder, data)
    monkeypatch.setattr(issuing, "document_programs", lambda: {"python-docx": "99"})
    done = release_period("2022H1", folder, data)

    assert (2, Revision(2, "")) == (done.number, done.revision)


def test_verify_tells_another_version_of_the_program(data, folder, monkeypatch):
    """Which programs set the documents is told; files that come out the same are not."""
    release_period("2022H1", folder, data)
    monkeypatch.setattr(verifying, "document_programs", dict)
    used = "、".join(f"{name} {version}" for name, version in document_programs().items())

    assert [f"发布时用的程序（{used}）与现在的版本不同，重新生成的文件可能不一致"] == list(
        check_release(folder, data)
    )


@pytest.mark.parametrize("number", [1, 10, 11])
def test_missing_reason_lists_what_differs(data, folder, number):
    """Ten figures are listed; of more it says how many there are."""
    release_period("2022H1", folder, data)
    count_less(folder, number)
    with pytest.raises(MissingReason) as caught:
        release_period("2022H1", folder, data, reason=" \n")
    head, *lines = str(caught.value).splitlines()

    assert f"与第1次发布相比，有{number}个数不同；请用 --reason 写明修订原因后重试：" == head
    assert "  镇办 营盘镇 政务公开：3 → 2" == lines[0]
    assert min(number, 10) == sum(bool(re.match("  镇办 .*→", line)) for line in lines)
    assert (["  ……共11处"] if number > 10 else []) == lines[10:]


def test_unfilled_form_is_refused_file_by_file(data, folder):
    """Each file that is still to be filled in is told with what is blank in it."""
    main(["new", "2022H2", "--data-dir", str(data)])
    with pytest.raises(NotFilledIn) as caught:
        release_period("2022H2", folder, data)

    assert (
        "2022年下半年的数据还没有填好，不能发布；请补齐后重试：\n"
        "  2022H2/towns.csv 全部27个数都是空白，一律按0计，像是还没有填写\n"
        "  2022H2/departments.csv 全部168个数都是空白，一律按0计，像是还没有填写\n"
        "  2022H2/source.toml 还没有填写：date、transcribed_from、transcribed_by"
    ) == str(caught.value)  # fmt: skip


# --- Verifying and comparing --------------------------------------------------------------------


@pytest.fixture
def thrice(data, folder):
    """A folder after three releases, of which the second and third changed words."""
    release_period("2022H1", folder, data)
    for text in ("一季度培训。", "二季度培训。"):
        add_remark(data, text)
        release_period("2022H1", folder, data)
    return folder


@pytest.mark.parametrize("missing", [1, 2])
def test_verify_tells_a_release_that_is_not_kept(data, thrice, missing):
    """Whichever of the earlier ones is gone, it alone is told, though the checksums fit."""
    shutil.rmtree(thrice / "previous" / str(missing))
    resum(thrice)

    assert [f"previous：第{missing}次发布没有保存在文件夹中"] == list(check_release(thrice, data))


@pytest.mark.parametrize("number", [2, 3])
def test_verify_tells_which_revision_is_forged(data, thrice, number):
    """A reason may be anything; what a release changed is worked out again."""
    path = thrice / "revisions.json"
    log = json.loads(path.read_text(encoding="utf-8"))
    log[number - 2]["sentences"][0]["new"] = "另一句。"
    path.write_text(json.dumps(log), encoding="utf-8")

    assert f"revisions.json：第{number}次发布的修订记录与前后两次发布的差别不符" == next(
        line for line in check_release(thrice, data) if "修订记录" in line
    )


def test_verify_tells_each_file_once(data, folder):
    """A file whose name has a colon is told by its checksum, and not a second time."""
    release_period("2022H1", folder, data)
    (folder / "附：扫描件.pdf").write_bytes(b"x")

    assert ["附：扫描件.pdf：不在 SHA256SUMS 中，是后来放进去的"] == list(
        check_release(folder, data)
    )


def test_data_folder_by_default(data, folder, monkeypatch):
    """Who stands beside the data folder need not name it."""
    monkeypatch.chdir(data.parent)
    release_period("2022H1", folder)

    assert [] == list(check_release(folder))


def test_nothing_to_verify_or_compare(data, folder):
    """A folder without a release is told by its path: one line, or an error."""
    assert [f"{folder} 中没有发布的文件"] == list(check_release(folder, data))
    with pytest.raises(UnreadableRelease) as caught:
        compare_releases(folder, folder)

    assert f"{folder} 中没有发布的文件" == str(caught.value)


def test_comparison_goes_from_the_first_to_the_second(thrice):
    """It is of the second's number, without a reason, and turned round it is the other way."""
    first, last = thrice / "previous" / "1", thrice
    forth, back = compare_releases(first, last), compare_releases(last, first)

    assert (3, "", 1, "") == (forth.release, forth.reason, back.release, back.reason)
    assert "二季度培训。" in [sentence.new for sentence in forth.sentences]
    assert "二季度培训。" in [sentence.old for sentence in back.sentences]
