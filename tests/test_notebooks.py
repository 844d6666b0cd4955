"""The notebooks as somebody reads them: a question, its sums, the sentence; one line a cell."""

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from ecosystem import publish_as_jupyter_does
from nbformat import NotebookNode

from zhashui_stats.narrative.prose import Prose

PAGES = ["half_year_report", "unit_brief"]
# Sentences without a figure of the tables: remarks of the analyst, and what a page rests on.
WITHOUT_SUMS = {"say_remark", "say_basis", "say_section", "say_checks", "say_revisions"}


def read(name: str) -> NotebookNode:
    return nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", 4)


def tags_of(cell: NotebookNode) -> set[str]:
    return set(cell.metadata.get("tags", ()))


def sections_of(notebook: NotebookNode) -> Iterator[list[NotebookNode]]:
    """Give the cells from one question to the next."""
    section: list[NotebookNode] = []
    for cell in notebook.cells:
        if "guide" in tags_of(cell):
            yield section
            section = []
        section.append(cell)
    yield section


@pytest.mark.parametrize("name", PAGES)
def test_sums_stand_between_question_and_sentence(name: str) -> None:
    """Whoever reads from top to bottom has seen each figure before the sentence that says it."""
    for section in sections_of(read(name)):
        said = [re.search(r"\bsay_\w+", cell.source) for cell in section]
        first = next((at for at, match in enumerate(said)
                      if match and match[0] not in WITHOUT_SUMS), None)  # fmt: skip
        if first is None:
            continue
        tags = [tags_of(cell) for cell in section[:first]]

        assert {"guide"} == tags[0], section[first].source
        assert {"figures"} in tags, section[first].source


@pytest.mark.parametrize("name", [*PAGES, "circular_audit"])
def test_sentences_show_themselves(name: str) -> None:
    """No cell wraps a text to have it shown, and each is one line but parameters and imports."""
    cells = [cell.source for cell in read(name).cells if cell.cell_type == "code"]

    assert not any("Markdown" in source for source in cells)
    assert {1} == {len(source.splitlines()) for source in cells[2:]}


def test_prose_is_text() -> None:
    """It compares, joins and prints as any text, and shows its Markdown."""
    said = Prose("共3篇。")

    assert ("共3篇。", "共3篇。", "共3篇。") == (said, str(said), said._repr_markdown_())


def test_no_sum_reaches_the_page(
    made_up: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a ledger every sum is shown in the notebook; the page is that of the command.

    So are papermill and nbconvert by themselves shown to give it.
    """
    monkeypatch.chdir(made_up)
    executed = tmp_path / "out.ipynb"

    page = publish_as_jupyter_does(Path("notebooks/half_year_report.ipynb"), executed, {})

    figures = [cell for cell in nbformat.read(executed, 4).cells if "figures" in tags_of(cell)]
    assert figures
    assert [] == [cell.source for cell in figures if not cell.outputs]
    assert (made_up / "reports/2022H1/report.html").read_bytes() == page


def test_the_command_runs_what_the_page_shows(made_up: Path) -> None:
    """The notebook that it keeps has neither sums nor the questions that these answer."""
    kept = nbformat.read(made_up / "reports/2022H1/report.ipynb", 4)

    assert [] == [cell.source for cell in kept.cells if {"guide", "figures"} & tags_of(cell)]
