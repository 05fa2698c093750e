"""Collects the texts of the window, keeps the translations, and makes the .qm files that ship.

    python packaging/i18n.py                     collect, merge, compile; lists what is not translated yet
    python packaging/i18n.py --fill FILE.json    also take translations from {"context": {"source": "text"}}
    python packaging/i18n.py --missing           print what is not translated, as such a file
    python packaging/i18n.py --check             collect only; exit 1 if the files in assets/i18n are out of date

Sources are the `tr` and `translate` calls of gui/ (found by pyside6-lupdate) and the texts of engine/ that reach a
person (engine_texts.py). A text with values in it is a template with {0}, {1} …; the window finds it again by its
fixed parts (engine/language/templates.py), and templates.json lists for it which there are. The engine itself writes
reports in Chinese; for it reasons-zh_CN.json holds the reasons and notes with their translations.
English needs texts only where a number decides between one and many.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
I18N = ROOT / "assets" / "i18n"
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]


@dataclass
class Message:
    """A text to translate; `forms` are its translations, more than one where a number decides."""

    context: str
    source: str
    numerus: bool = False
    forms: list[str] = field(default_factory=list)

    @property
    def done(self) -> bool:
        return bool(self.forms) and all(self.forms)


Messages = dict[tuple[str, str], Message]


def tool(name: str) -> str:
    """A Qt tool of the PySide6 that runs this script."""
    beside = Path(sys.executable).parent / f"pyside6-{name}"
    return str(beside) if beside.exists() else f"pyside6-{name}"


def read_ts(path: Path) -> Messages:
    """The messages of a .ts file."""
    messages: Messages = {}
    if not path.exists():
        return messages
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for item in context.iter("message"):
            source = item.findtext("source") or ""
            numerus = item.get("numerus") == "yes"
            translation = item.find("translation")
            forms: list[str] = []
            if translation is not None and translation.get("type") != "unfinished":
                forms = (
                    [form.text or "" for form in translation.iter("numerusform")]
                    if numerus
                    else [translation.text or ""]
                )
            messages[name, source] = Message(name, source, numerus, forms)
    return messages


def write_ts(path: Path, messages: Messages, language: str) -> None:
    """A .ts file, sorted, so that a change is easy to read."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for key in sorted(messages):
        message = messages[key]
        if message.context not in contexts:
            contexts[message.context] = ET.SubElement(root, "context")
            ET.SubElement(contexts[message.context], "name").text = message.context
        item = ET.SubElement(contexts[message.context], "message")
        if message.numerus:
            item.set("numerus", "yes")
        ET.SubElement(item, "source").text = message.source
        translation = ET.SubElement(item, "translation")
        if not message.done:
            translation.set("type", "unfinished")
        if message.numerus:
            for form in message.forms or [""]:
                ET.SubElement(translation, "numerusform").text = form
        else:
            translation.text = message.forms[0] if message.forms else ""
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8")


def from_gui() -> Messages:
    """What pyside6-lupdate finds in gui/."""
    files = sorted(str(path) for path in (ROOT / "gui").rglob("*.py"))
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "found.ts"
        subprocess.run([tool("lupdate"), *files, "-ts", str(target)], check=True, capture_output=True, cwd=ROOT)
        found = read_ts(target)
    for message in found.values():
        message.forms = []
    return found


def from_engine() -> Messages:
    """Error sentences, job titles, stages, audited acts, reasons, notes and lines of model cards."""
    import engine_texts

    return {(context, source): Message(context, source) for context, source in engine_texts.from_engine()}


def merge(found: Messages, kept: Messages) -> Messages:
    """Every text that is in use, with the translation it had."""
    by_source = {message.source: message for message in kept.values() if message.done}
    for key, message in found.items():
        # The same sentence under another context (a class was renamed) keeps its translation.
        old = kept.get(key) or by_source.get(message.source)
        if old is not None and old.numerus == message.numerus:
            message.forms = list(old.forms)
    return found


def fill(messages: Messages, path: Path) -> None:
    """Take translations from a file: {"context": {"source": "text" or ["one", "many"]}}; "*" is any context."""
    given = json.loads(path.read_text(encoding="utf-8"))
    for (context, source), message in messages.items():
        text = given.get(context, {}).get(source) or given.get("*", {}).get(source)
        if text:
            message.forms = list(text) if isinstance(text, list) else [text]


def english_plurals(messages: Messages, kept: Messages) -> Messages:
    """English forms of the texts in which a number decides; "%n file(s)" gives "%n file" and "%n files"."""
    plurals: Messages = {}
    for key, message in messages.items():
        if message.numerus:
            one = re.sub(r"\((s|es|ies)\)", "", message.source)
            one = re.sub(r"y\(ies\)", "y", one)
            many = re.sub(r"y\(ies\)", "ies", message.source)
            many = re.sub(r"\((s|es)\)", r"\1", many)
            forms = kept[key].forms if key in kept and kept[key].done else [one, many]
            plurals[key] = Message(message.context, message.source, True, forms)
    return plurals


def compile_qm(ts: Path) -> None:
    subprocess.run([tool("lrelease"), "-silent", str(ts), "-qm", str(ts.with_suffix(".qm"))], check=True)


def missing(messages: Messages) -> dict[str, dict[str, str]]:
    """What has no translation, as a file for --fill."""
    result: dict[str, dict[str, str]] = {}
    for message in messages.values():
        if not message.done:
            result.setdefault(message.context, {})[message.source] = ""
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fill", type=Path)
    parser.add_argument("--missing", action="store_true")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    chinese, english = I18N / "casemate_zh_CN.ts", I18N / "casemate_en.ts"
    kept = read_ts(chinese)
    messages = merge(from_gui() | from_engine(), kept)
    if args.check:
        open_ones = missing(messages)
        stale = set(messages) ^ set(kept)
        for context, sources in open_ones.items():
            print(f"{context}: {len(sources)} not translated")
        for context, source in sorted(stale):
            print(f"out of date: {context}: {source[:80]}")
        return 1 if open_ones or stale else 0
    if args.fill:
        fill(messages, args.fill)
    I18N.mkdir(exist_ok=True)
    write_ts(chinese, messages, "zh_CN")
    write_ts(english, english_plurals(messages, read_ts(english)), "en")
    templates = {
        context: sorted(source for found_in, source in messages if found_in == context and "{" in source)
        for context in ("reasons", "cards")
    }
    (I18N / "templates.json").write_text(json.dumps(templates, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    reasons = {
        message.source: message.forms[0]
        for message in sorted(messages.values(), key=lambda one: one.source)
        if message.context == "reasons" and message.done
    }
    (I18N / "reasons-zh_CN.json").write_text(json.dumps(reasons, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for path in (chinese, english):
        compile_qm(path)
    open_ones = missing(messages)
    if args.missing:
        print(json.dumps(open_ones, ensure_ascii=False, indent=1))
    else:
        total = sum(len(sources) for sources in open_ones.values())
        print(f"{len(messages)} texts, {total} without a translation")
    return 0


if __name__ == "__main__":
    sys.exit(main())
