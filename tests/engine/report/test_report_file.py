"""The report of a version as HTML and PDF: what it says, that nothing in it can act, and how it is saved."""

from __future__ import annotations

import errno
import re
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from engine.api.data import LintFinding
from engine.api.entities import EntitiesTrained, EntityReport
from engine.api.read import (
    ClassifierTrained,
    LabelReport,
    OutOfScope,
    RiskPoint,
    RobustnessScore,
    SliceScore,
)
from engine.api.teach import CurvePoint
from engine.errors import DiskFull, FileUnusable, FolderNotWritable, PackUnusable, UsageError
from engine.report import charts, save
from engine.report.answers import dial, reached
from engine.report.axes import axis_for, shade
from engine.report.blocks import Figure, Label, Paragraph, Rect
from engine.report.compose import compose
from engine.report.facts import Earlier, Facts, trained_of
from engine.report.html import to_html
from engine.report.pdf import to_pdf
from engine.report.sentences import LINT, SENTENCES
from engine.report.words import Words

EVIL = "<script>alert(1)</script> & \"x\" 'y'"
CURVE = (
    RiskPoint(0.99, 0.5, 1.0),
    RiskPoint(0.90, 0.8, 0.99),
    RiskPoint(0.60, 0.9, 0.95),
    RiskPoint(0.30, 1.0, 0.9),
)


def classifier(labels: int = 3, **changes: object) -> ClassifierTrained:
    names = tuple(f"label {number}" for number in range(labels))
    confusion = [[18 if row == column else 0 for column in range(labels)] for row in range(labels)]
    confusion[0][1], confusion[1][2] = 5, 1
    made = ClassifierTrained(
        pack="topics",
        version=3,
        method="lora",
        seconds=12.5,
        epochs=4,
        metrics={
            "accuracy": 0.9, "accuracy_low": 0.85, "accuracy_high": 0.94, "macro_f1": 0.88, "ece": 0.021,
            "ece_before": 0.12, "n_valid": 600.0, "n_train": 2400.0,
        },
        promoted=True,
        peak_mb=900.0,
        adapter_bytes=1_400_000,
        per_label=tuple(LabelReport(name, 0.9, 0.8, 0.85, 20) for name in names),
        labels=names,
        confusion=tuple(tuple(row) for row in confusion),
        risk_coverage=CURVE,
        mistakes=({"text": "where is my parcel", "label": "label 0", "predicted": "label 1", "score": 0.97},),
    )  # fmt: skip
    return msgspec.structs.replace(made, **changes)


def full() -> ClassifierTrained:
    return classifier(
        lint=(LintFinding("duplicates", "warning", "7 rows repeat an earlier text.", 7, ("again and again",)),),
        curve=tuple(CurvePoint(n, n / 10, 3.0 / (n + 1), 0.5 + n / 100 if n % 10 == 9 else None) for n in range(40)),
        slices=(
            SliceScore("length", "short (1-20)", 200, 0.8, 0.74, 0.85),
            SliceScore("length", "long (21-90)", 200, 0.95, 0.91, 0.97),
            SliceScore("language", "zh", 100, 0.7, 0.6, 0.78),
            SliceScore("language", "en", 300, 0.92, 0.88, 0.95),
            SliceScore("branch", "north", 50, 0.9, 0.79, 0.96),
            SliceScore("branch", "south", 50, 0.88, 0.76, 0.94),
        ),
        robustness=(
            RobustnessScore("typos", 500, 0.9, 0.85, 0.92),
            RobustnessScore("negation", 100, 0.9, 0.4, 0.7),
            RobustnessScore("gender", 40, 0.9, 0.9, 0.95),
        ),
        out_of_scope=OutOfScope(0.87, 0.41, 0.52, 900, ("label 1",)),
        quantisation={"fp32": 0.938, "int8": 0.936, "used_fp32": 0.0},
        forgetting={"before": 0.92, "after": 0.915},
        notes=("Stopped early.",),
    )


def facts(trained: ClassifierTrained | EntitiesTrained | None = None, **changes: object) -> Facts:
    made = Facts(
        trained=trained or full(),
        created="2026-05-04T10:11:12+00:00",
        in_use=True,
        dataset="messages",
        seed=7,
        comparison={"promote": 1.0, "texts": 500.0, "champion_right": 440.0, "challenger_right": 451.0, "chance": 0.9},
        earlier=(Earlier(2, "head", {"accuracy": 0.87, "macro_f1": 0.85, "ece": 0.03}),),
        promises=((0.9, 0.41), (0.95, 0.7), (0.98, 0.93)),
    )
    return msgspec.structs.replace(made, **changes)


class Page(HTMLParser):
    """Collects what a browser would see, and checks that every element is closed in order."""

    VOID = ("meta", "br")

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def pdf_text(body: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(body)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


EXPECTED = (
    "Private: this report quotes texts of the data set “messages”",
    "On 600 texts that it had not been taught, it was right on 90.0 %",
    "99 % right → answers 80 % of texts, the rest go to a person.",
    "from score 0.930",
    "misses the truth by 2.1 % (before calibration: 12.0 %)",
    "label 0",
    "short (1–20): 200 texts",
    "Column “branch”",
    "85.0 % (−5.0)",
    "2 of 40 answers changed with the person",
    "in 87.0 % of cases",
    "41.0 % of the strangers are turned away",
    "was right 440 times and this one 451 times. This version was put to use.",
    "93.6 % right, before 93.8 %",
    "92.0 % right before this training, 91.5 % after it (−0.5 points)",
    "Stopped early.",
    "where is my parcel",
    "7 rows repeat an earlier text.",
    "again and again",
    "2026-05-04 10:11 UTC",
)


def test_the_html_says_what_was_measured() -> None:
    page = Page(to_html(compose(facts(), "en")))
    for sentence in EXPECTED:
        assert sentence in page.text, sentence
    assert page.tags.count("svg") == 7  # risk, reliability, matrix, three slices, curve


def test_the_pdf_says_the_same() -> None:
    body = to_pdf(compose(facts(), "en"))
    assert body.startswith(b"%PDF-")
    found = pdf_text(body).replace("\xa0", " ")
    for sentence in EXPECTED:
        # A minus stands as a dash in the PDF's fonts, and lines break elsewhere.
        plain = sentence.replace("−", "–")
        assert re.sub(r"\s", "", plain) in re.sub(r"\s", "", found), sentence


def test_the_chinese_report_is_chinese() -> None:
    document = compose(facts(), "zh_CN")
    page = Page(to_html(document))
    assert document.language == "zh-CN"
    assert "正确率 99% → 自动回答 80% 的文本，其余交由人工处理。" in page.text
    assert "7 行与前面的文本重复。" in page.text
    assert "短 (1–20)：200 条" in page.text
    assert "机密" in pdf_text(to_pdf(document))


def test_every_sentence_stands_in_both_languages_with_the_same_blanks() -> None:
    blanks = re.compile(r"\{(\w+)\}")
    for key, (english, chinese) in SENTENCES.items():
        assert english.strip(), key
        assert chinese.strip(), key
        assert set(blanks.findall(english)) == set(blanks.findall(chinese)), key
    assert all(set(blanks.findall(sentence)) <= {"n"} for sentence in LINT.values())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_blank_is_left_open(language: str) -> None:
    for trained in (full(), entities(), classifier()):
        assert not re.search(r"[{}]|\((?:[a-z]+_)*[a-z]+\)$", Page(to_html(compose(facts(trained), language))).text)


def test_nothing_from_the_data_can_act() -> None:
    evil = msgspec.structs.replace(
        full(),
        pack=EVIL,
        labels=(EVIL, "b", "c"),
        per_label=(LabelReport(EVIL, 1, 1, 1, 3),),
        mistakes=({"text": EVIL + "\x00\ud800", "label": EVIL, "predicted": "b", "score": 0.9},),
        slices=(SliceScore(EVIL, EVIL, 20, 0.5, 0.4, 0.6), SliceScore(EVIL, "b", 20, 0.5, 0.4, 0.6)),
        lint=(LintFinding("x", "warning", EVIL, 1, (EVIL,)),),
        notes=(EVIL,),
    )
    document = compose(facts(evil, dataset=EVIL), "en")
    text = to_html(document)
    page = Page(text)
    assert not {"script", "img", "link", "iframe", "object", "a", "form"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert not [value for _, value in page.attributes if "http" in value and "w3.org" not in value]
    assert page.text.count("<script>alert(1)</script>") >= 8  # shown as text everywhere
    assert "Content-Security-Policy" in text
    text.encode()  # half characters are gone
    assert "alert(1)" in pdf_text(to_pdf(document))


def test_drawings_are_sound_xml_and_stay_on_their_canvas() -> None:
    text = to_html(compose(facts(), "en"))
    drawings = re.findall(r"<svg.*?</svg>", text)
    for drawing in drawings:
        root = ElementTree.fromstring(drawing)
        width, height = float(root.get("width", "")), float(root.get("height", ""))
        for shape in root:
            if shape.tag.endswith("polyline"):
                points = [tuple(map(float, point.split(","))) for point in shape.get("points", "").split()]
                assert all(0 <= x <= width and 0 <= y <= height for x, y in points)
            if shape.tag.endswith("rect"):
                assert float(shape.get("x", "")) + float(shape.get("width", "")) <= width
                assert float(shape.get("y", "")) + float(shape.get("height", "")) <= height


def entities() -> EntitiesTrained:
    return EntitiesTrained(
        pack="diseases",
        version=1,
        method="head",
        seconds=3.0,
        epochs=5,
        metrics={"f1": 0.825, "f1_low": 0.80, "f1_high": 0.85, "precision": 0.81, "recall": 0.84, "n_valid": 300.0,
                 "n_train": 900.0, "macro_f1": 0.8},
        promoted=True,
        peak_mb=0.0,
        adapter_bytes=100_000,
        labels=("Disease",),
        per_label=(EntityReport("Disease", 0.81, 0.84, 0.825, 700),),
        mistakes=({"text": "has gout now", "start": 4, "end": 8, "label": "", "predicted": "Disease", "score": 0.9},),
    )  # fmt: skip


def test_a_reader_of_entities_has_a_report_too() -> None:
    page = Page(to_html(compose(facts(entities(), comparison={}), "en")))
    for sentence in ("82.5 %", "95 % interval: 80.0 % to 85.0 %", "“gout” (4–8)", "(nothing)", "exact matches count"):
        assert sentence in page.text, sentence
    assert "There was none" in page.text
    assert "99 % right" not in page.text
    assert pdf_text(to_pdf(compose(facts(entities()), "zh")))


def test_what_was_not_measured_is_not_told() -> None:
    bare = classifier(metrics={"n_valid": 0.0, "accuracy": 0.0, "macro_f1": 0.0}, mistakes=(), risk_coverage=())
    page = Page(to_html(compose(facts(bare), "en")))
    assert "Nothing was measured" in page.text
    for title in ("risk_title", "calibration_title", "slices_title", "robust_title", "scope_title", "mistakes_title"):
        assert SENTENCES[title][0] not in page.text
    assert "Private" not in page.text  # nothing is quoted


def test_a_lost_comparison_says_so() -> None:
    lost = {"promote": 0.0, "texts": 500.0, "champion_right": 460.0, "challenger_right": 430.0, "chance": 0.001}
    page = Page(to_html(compose(facts(comparison=lost, in_use=False), "en")))
    assert "so this version was not put to use" in page.text
    assert "not in use" in page.text


def test_many_labels_are_cut_to_those_that_are_mixed_up() -> None:
    trained = classifier(labels=60)
    shown = charts.shown_labels(trained.confusion)
    assert len(shown) == charts.MOST_LABELS
    assert {0, 1, 2} <= set(shown)
    figure = charts.confusion_matrix(trained.labels, trained.confusion, Words("en"))
    assert figure is not None
    cells = [shape for shape in figure.shapes if isinstance(shape, Rect)]
    assert len(cells) == charts.MOST_LABELS**2
    assert "The 20 of 60 labels" in Page(to_html(compose(facts(trained), "en"))).text


def test_a_heavier_share_is_darker() -> None:
    deep = (43, 108, 176)
    assert shade(0.0, deep) == "#ffffff"
    assert shade(1.0, deep) == "#2b6cb0"
    greens = [int(shade(share, deep)[3:5], 16) for share in (0.0, 0.1, 0.5, 1.0)]
    assert greens == sorted(greens, reverse=True)


def test_reliability_bins_give_back_scores_and_shares() -> None:
    """100 texts: 50 scored about 0.9 of which 45 are right, 50 scored about 0.5 of which 20 are right."""
    points = [RiskPoint(0.95 - 0.01 * n, n / 100, 0.9) for n in range(10, 51, 10)]
    points += [RiskPoint(0.55 - 0.001 * n, (50 + n) / 100, (45 + 0.4 * n) / (50 + n)) for n in range(10, 51, 10)]
    bins = charts.reliability_bins(points)
    assert sum(one.share for one in bins) == pytest.approx(1.0)
    assert [one.right for one in bins[:5]] == pytest.approx([0.9] * 5)
    assert [one.right for one in bins[5:]] == pytest.approx([0.4] * 5)
    assert bins[1].score == pytest.approx(0.8)  # between 0.85 and 0.75
    assert bins[-1].score == pytest.approx(0.505)  # between 0.51 and 0.50


def test_the_dial_names_the_widest_coverage_that_is_right_enough() -> None:
    point = reached(CURVE, 0.99)
    assert point is not None
    assert point.coverage == 0.8
    assert reached(CURVE[1:], 0.999) is None
    told = dial((RiskPoint(0.9, 0.02, 1.0), RiskPoint(0.8, 0.5, 0.96)))
    assert told is not None
    assert (told[0], told[1].coverage) == (0.95, 0.5)  # 2 % of the texts at 99 % is no use to speak of first
    assert dial((RiskPoint(0.5, 1.0, 0.3),)) is None


def test_axes_have_round_ticks_around_the_values() -> None:
    axis = axis_for([0.872, 0.94], percent=True)
    assert (axis.low, axis.high) == (pytest.approx(0.86), pytest.approx(0.94))
    assert [axis.told(tick) for tick in axis.ticks] == ["86\xa0%", "88\xa0%", "90\xa0%", "92\xa0%", "94\xa0%"]
    assert axis_for([0.5, 0.5], percent=True).low < 0.5
    assert axis_for([0.0, 3.2], percent=False).ticks == (0.0, 1.0, 2.0, 3.0, 4.0)


def test_a_character_without_a_font_is_owned_up_to() -> None:
    trained = classifier(mistakes=({"text": "thanks 🙏", "label": "a", "predicted": "b", "score": 0.5},))
    found = pdf_text(to_pdf(compose(facts(trained), "en")))
    assert "missing from this PDF's fonts" in found
    assert "missing from this PDF's fonts" not in pdf_text(to_pdf(compose(facts(), "en")))


def test_a_very_long_row_still_makes_a_pdf() -> None:
    long = "word " * 2000 + "x" * 3000
    trained = classifier(
        labels=3,
        mistakes=({"text": long, "label": "很长" * 300, "predicted": "y" * 500, "score": 0.9},),
        lint=(LintFinding("x", "note", long, 1, (long,)),),
    )
    assert len(to_pdf(compose(facts(trained), "en"))) > 10_000


def test_the_marked_point_is_named_in_the_curve() -> None:
    figure = charts.risk_coverage(CURVE, CURVE[1], Words("en"))
    assert isinstance(figure, Figure)
    assert "99.0\xa0% right at 80\xa0% answered" in [shape.text for shape in figure.shapes if isinstance(shape, Label)]


def test_another_language_is_refused() -> None:
    with pytest.raises(UsageError, match="English"):
        compose(facts(), "fr")


def test_only_sound_reports_of_known_tasks_are_taken() -> None:
    plain = msgspec.to_builtins(full())
    assert trained_of("topics", "classify", {"report": msgspec.json.decode(msgspec.json.encode(plain))}) == full()
    with pytest.raises(PackUnusable, match="recommender"):
        trained_of("books", "recommend", {"report": {}})
    with pytest.raises(PackUnusable, match="keeps no training report"):
        trained_of("topics", "classify", {})
    with pytest.raises(PackUnusable, match="damaged"):
        trained_of("topics", "classify", {"report": plain | {"labels": 5}})


# --- saving ---------------------------------------------------------------------------------------------------


def test_a_report_replaces_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")
    save.save(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_path_that_cannot_be_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable, match=r"\.html or \.pdf"):
        save.check_path(tmp_path / "report.docx")
    with pytest.raises(FileUnusable, match="folder does not exist"):
        save.check_path(tmp_path / "nowhere" / "report.pdf")
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(FileUnusable, match="it is a folder"):
        save.check_path(tmp_path / "folder.html")


@pytest.mark.parametrize(
    ("number", "expected"),
    [(errno.ENOSPC, DiskFull), (errno.EROFS, FolderNotWritable), (errno.EACCES, FolderNotWritable),
     (errno.EIO, FileUnusable)],
)  # fmt: skip
def test_a_failure_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, expected: type[Exception]
) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")

    def fail(_descriptor: int) -> None:
        raise OSError(number, "told by the test")

    monkeypatch.setattr(save.os, "fsync", fail)
    with pytest.raises(expected):
        save.save(path, b"new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_document_begins_with_the_warning() -> None:
    first = compose(facts(), "en").blocks[0]
    assert isinstance(first, Paragraph)
    assert first.tone == "warning"


@pytest.mark.parametrize("method", ["lora", "adalora", "prefix", "full", "head"])
def test_strangers_of_an_adapted_skill_are_told_as_an_estimate(method: str) -> None:
    scope = OutOfScope(0.87, 0.41, 0.52, 900, ("label 1",))
    facts = Facts(classifier(method=method, out_of_scope=scope), "2026-01-02", True, "data")
    english, chinese = (to_html(compose(facts, code)) for code in ("en", "zh"))
    adapted = method != "head"
    assert ("This is an estimate" in english) is adapted
    assert ("以上为估计" in chinese) is adapted
    assert ("scores below 0.520" in english) is not adapted, "the head's scores are not those of the skill"


def test_notes_of_the_training_are_in_the_language_of_the_report() -> None:
    notes = (
        "Training ended after 3.2 passes: no better on the validation texts.",
        "The adapted layers count 60%, the head on the unchanged encoder 40%.",
        "Nobody wrote this. Never.",
    )
    facts = Facts(classifier(notes=notes), "2026-01-02", True, "data")
    english, chinese = (to_html(compose(facts, code)) for code in ("en", "zh"))
    assert all(note in english for note in notes)
    assert "训练在 3.2 轮后结束：在验证文本上不再提高。" in chinese
    assert "调整过的层占 60%，不变编码器上的分类头占 40%。" in chinese
    assert notes[0] not in chinese
    assert notes[2] in chinese, "what is not known stays as it is"
