"""Every text of the window is there in Chinese, and a number decides between one and many in English."""

import re
import runpy
from pathlib import Path

import pytest

from engine import errors
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


def test_placeholders_are_kept(stored):
    def names(text):
        return sorted(set(re.findall(r"\{\w*[^}]*\}|%n", text)))

    wrong = [key for key, message in stored.items() for form in message.forms if names(form) != names(message.source)]
    assert wrong == []


def test_a_translation_is_chinese_where_there_is_anything_to_translate(stored):
    same = {
        source
        for (_, source), message in stored.items()
        if message.forms[0] == source and len(re.sub(r"\{\w+\}|\W|\d", "", source)) > 8
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
