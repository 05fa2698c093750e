"""Every text of the window is there in Chinese, and a number decides between one and many in English."""

import ast
import json
import re
import runpy
from pathlib import Path

import pytest

from engine import errors
from engine.api import MethodForecast, TrainOptions
from gui.text import language
from gui.text.errors import advice, reason, sentence
from gui.text.jobs import job_title, listed_title, stage_text

ROOT = Path(__file__).resolve().parents[2]
I18N = runpy.run_path(str(ROOT / "packaging" / "i18n.py"))


@pytest.fixture
def chinese(qapp):
    language.use_language("zh_CN")
    yield
    language.use_language("en")


@pytest.fixture(scope="module")
def stored():
    return I18N["read_ts"](ROOT / "assets" / "i18n" / "casemate_zh_CN.ts")


def test_no_text_is_without_a_translation(stored):
    assert len(stored) > 500
    assert [key for key, message in stored.items() if not message.done] == []


def test_the_files_hold_the_texts_that_the_program_has(stored):
    found = I18N["from_gui"]() | I18N["from_engine"]()
    assert sorted(set(found) - set(stored)) == []
    assert sorted(set(stored) - set(found)) == []


def test_no_text_stands_inside_a_formatted_one() -> None:
    """The collector does not see `tr` inside an f-string, so such a text would stay English without a word."""
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sorted((ROOT / "gui").rglob("*.py"))
        for text in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and (call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", ""))
        in ("tr", "translate")
    ]
    assert hidden == []


def test_placeholders_are_kept(stored):
    def names(text):
        return sorted(set(re.findall(r"\{\w*[^}]*\}|%L?n", text)))

    wrong = [key for key, message in stored.items() for form in message.forms if names(form) != names(message.source)]
    assert wrong == []


def test_a_translation_is_chinese_where_there_is_anything_to_translate(stored):
    same = {
        source
        for (_, source), message in stored.items()
        if message.done and message.forms[0] == source and len(re.sub(r"\{\w+\}|\W|\d", "", source)) > 8
    }
    assert same == set()


@pytest.mark.parametrize("kind", sorted(errors._all(errors.EngineError).values(), key=lambda kind: kind.code))
def test_every_error_speaks_chinese(kind, chinese):
    error = kind(reason="x", path="p", name="n", what="w", known="k", job="j")
    has_words = re.search("[A-Za-z]{3}", re.sub(r"\{\w+\}", "", kind.text))
    if has_words:
        assert re.search("[一-鿿]", sentence(error)), sentence(error)
    assert re.search("[一-鿿]", advice(error)), advice(error)


def test_a_reason_with_values_in_it_is_found_again(chinese):
    assert reason("it holds 12 characters; the most is 10.") == "含有 12 个字符；最多 10 个。"
    assert reason("a page does not match its checksum.") == "有一页与其校验和不符。"
    assert reason("Nobody ever wrote this sentence.") == "Nobody ever wrote this sentence."


TEXTS = runpy.run_path(str(ROOT / "packaging" / "engine_texts.py"))
TERMS = {
    "accuracy", "auroc", "casemate", "casepack", "entities", "excel", "gzip", "head", "json", "lora", "macro",
    "markdown", "nvidia", "onnx", "parquet", "peft", "person", "pytorch", "user", "users", "items", "utf", "word",
    "zstd", "label", "text", "start", "time", "value", "down", "arrow", "rerank", "dense", "hybrid", "auto", "linux",
    "macos", "html", "docx", "xlsx", "bzip", "bfgs", "sha", "int",
}  # fmt: skip
"""Names that stay as they are in Chinese."""


def notes_of_the_engine():
    """Every literal sentence under engine/train and engine/host, found without the rules of packaging/i18n.py."""
    cards = ("card.py", "describe.py", "adapters.py", "client.py")
    for folder in ("train", "host"):
        for path in sorted((ROOT / "engine" / folder).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            silent = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Expr) for part in ast.walk(node)
                      if isinstance(node.value, ast.Constant)}  # fmt: skip
            for node in ast.walk(tree):
                if isinstance(node, ast.JoinedStr):
                    silent |= {id(part) for part in node.values}
            for node in ast.walk(tree):
                if path.name in cards or id(node) in silent or not isinstance(node, ast.Constant | ast.JoinedStr):
                    continue
                text = TEXTS["template"](node)
                if (
                    isinstance(text, str)
                    and len(re.findall("[a-z]{2,}", text)) >= 3
                    and re.fullmatch(r"\s*(\{0\} |[A-Z8]).* .*\.\s*", text)
                ):
                    yield text.strip()


def test_every_note_of_training_has_a_chinese_pattern(stored):
    found = set(notes_of_the_engine())
    assert "Training ended after {0} passes: {1}." in found
    assert "The adapted layers count {0}, the head on the unchanged encoder {1}." in found
    assert len(found) > 40
    known = {source for context, source in stored if context in ("reasons", "errors", "audit")} | TEXTS["IGNORED"]
    assert sorted(found - known) == []


def templates(context):
    stored = I18N["read_ts"](ROOT / "assets" / "i18n" / "casemate_zh_CN.ts")
    return sorted(
        (source, message.forms[0]) for (found, source), message in stored.items() if found == context and message.done
    )


def test_the_engine_has_the_translations_of_its_notes(stored):
    found = json.loads((ROOT / "assets" / "i18n" / "reasons-zh_CN.json").read_text(encoding="utf-8"))
    reasons = {key[1]: message for key, message in stored.items() if key[0] == "reasons" and message.done}
    assert found == {source: message.forms[0] for source, message in reasons.items()}


@pytest.mark.parametrize("context", ["reasons", "cards"])
def test_every_pattern_is_found_again_and_no_other_takes_its_place(context, chinese):
    from gui.text.patterns import said

    wrong = []
    for source, translation in templates(context):
        values = {str(number): str(101 + number) for number in range(12)}

        def fill(text, values=values):
            return re.sub(r"\{(\d+)\}", lambda found: values[found.group(1)], text)

        if said(context, fill(source)) != fill(translation):
            wrong.append((source, said(context, fill(source))))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Training ended after 3.2 passes: no better on the validation texts.",
            "训练在 3.2 轮后结束：在验证文本上不再提高。",
        ),
        (
            "The adapted layers count 60%, the head on the unchanged encoder 40%.",
            "调整过的层占 60%，不变编码器上的分类头占 40%。",
        ),
        (
            "The method lora was taken: 93.1% are expected in 3 min, against 90.0% by head in 12 s. The gain over a "
            "head is what adapting usually brings; there was no time to measure it here.",
            "采用了方法 lora：预计正确率 93.1%，用时 3 分钟；相比之下 head 为 90.0%，用时 12 秒。"
            "相对分类头的提升取调整编码器的通常幅度；没有时间在此实测。",
        ),
        (
            "2 rows were left out: line 3 has no question; line 4 has no answer.",
            "略去了 2 行：第 3 行没有问题；第 4 行没有回答。",
        ),
        ("it is a model for “has no text”; choose another name.", "这是用于“has no text”的模型；请换一个名称。"),
        ("Notes s", "Notes s"),
    ],
)
def test_notes_with_values_in_them(text, shown, chinese):
    assert reason(text) == shown


def test_notes_stay_as_they_are_in_english(qapp):
    language.use_language("en")
    for text in ("Training ended after 3.2 passes: no better on the validation texts.", "Nobody wrote this. Never."):
        assert reason(text) == text


def test_why_a_method_was_taken_is_said_in_chinese(chinese):
    """The sentences as the engine makes them, not as this test thinks it does."""
    from engine.host.teach import forecast

    methods = (
        MethodForecast("head", 5.0, 100.0, 0.80, 0.75, 0.85, possible=True),
        MethodForecast("lora", 300.0, 900.0, 0.90, 0.85, 0.93, possible=True),
    )
    outlook = forecast.Outlook(methods, "cpu", None, 200)
    _, why = forecast.pick(outlook, TrainOptions(), None)
    assert "lora" in why
    assert no_english(reason(why)), reason(why)


def no_english(text):
    return [word for word in re.findall("[A-Za-z]{3,}", text) if word.lower() not in TERMS] == []


def test_a_card_is_said_in_chinese_line_by_line(chinese):
    from engine.api import ModelInfo
    from gui.text.cards import card_text

    card = (
        "Labels texts with one of 3 labels. It learned on this machine and holds no text.\n\n## Data\n\n"
        "- data set: 邮件, 1,200 texts, seed 0\n- method: logistic regression, C = 4, small labels weighted up, "
        "30 rounds of L-BFGS\n\n| measure | value |\n| --- | --- |\n"
        "| accuracy | 93.1% (95 % interval 91.0% to 95.0%, 400 texts) |\n| accuracy as int8 | 93.0%, in fp32 93.1%; "
        "fp32 was kept |\n\nWeakest labels: 退货 (F1 0.81, 20 texts); 发票 (F1 0.85, 31 texts)\n\n"
        "| length: long (71-103) | 30 | 90.0% (80.0% to 96.0%) |\n\n| typos | 62 | 79.0% | 82.3% | 88.7% |\n\n"
        "## Decided on the way\n\n"
        "- Training ended after 3.2 passes: no better on the validation texts.\n"
    )
    shown = card_text(ModelInfo("a", "classify", 1, 9, False, True), card)
    assert "| 正确率 | 93.1%（95% 区间 91.0% 至 95.0%，400 条文本） |" in shown
    assert "最弱的标签：退货（F1 0.81，20 条）；发票（F1 0.85，31 条）" in shown
    assert "| 长度：长（71-103） | 30 | 90.0%（80.0% 至 96.0%） |" in shown
    assert "| 打字错误 | 62 | 79.0% | 82.3% | 88.7% |" in shown
    assert "- 训练在 3.2 轮后结束：在验证文本上不再提高。" in shown
    assert "- 方法：逻辑回归，C = 4，小标签加权，30 轮 L-BFGS" in shown
    assert no_english(shown), shown


@pytest.mark.parametrize("name", ["encoder-en"])
def test_a_bundled_models_card_has_the_figures_of_the_english_one(name, chinese):
    from engine.api import ModelInfo
    from gui.text.cards import card_text

    english = (ROOT / "assets" / "models" / name / "README.md").read_text(encoding="utf-8")
    shown = card_text(ModelInfo(name, "encoder", 1, 9, False, True, bundled=True), english)
    assert shown != english

    def figures(text):
        return sorted(re.findall(r"\d+\.\d+|\d[\d,]{3,}\d", text))

    assert set(figures(english)) - set(figures(shown)) <= {"22.7"}  # 22.7 million is 2270 万


def test_a_reason_inside_an_error_is_translated_too(chinese):
    error = errors.FileUnusable(path="/x.csv", reason="it is empty.")
    assert sentence(error) == "无法使用 /x.csv：文件是空的。"


def test_a_stored_job_title_is_translated(chinese):
    assert listed_title("ImportData", "Import sales") == "导入 sales"
    assert listed_title("Unknown", "Import sales") == "Import sales"


def test_a_job_title_shows_the_last_part_of_a_path(qapp):
    from engine.api import Backup

    assert job_title(Backup(path="/media/usb/mine.casemate")) == "Back up to mine.casemate"


def test_english_says_one_file_and_two_files(qapp):
    from PySide6.QtCore import QCoreApplication

    language.use_language("en")
    say = QCoreApplication.translate
    assert say("DocumentsTab", "%n document(s)", "", 1) == "1 document"
    assert say("DocumentsTab", "%n document(s)", "", 2) == "2 documents"


def test_an_unknown_language_counts_as_the_systems():
    assert language.resolve("tlh") in language.LANGUAGES
    assert language.resolve("zh_CN") == "zh_CN"


def test_every_stage_of_the_engine_is_said_in_words(stored, qapp):
    """A stage is a code such as "tune"; the strip shows what happens."""
    stages = {source for context, source in stored if context == "stages"}
    for path in (ROOT / "engine").rglob("*.py"):
        stages |= set(re.findall(r'(?:report\([^()\n]*,\s*|\bsteps\()"([a-z]+)"', path.read_text(encoding="utf-8")))
    assert {"tune", "look", "read", "teach", "samples"} <= stages
    assert [stage for stage in sorted(stages) if stage.islower() and stage_text(stage) == stage] == []
