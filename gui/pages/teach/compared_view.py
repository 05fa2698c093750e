"""Two versions asked the same texts: which was right more often, whether that is luck, and where they differ."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.api import VersionsCompared
from gui.text.shares import count, percent
from gui.widgets.fit import fit_height
from gui.widgets.layout import line
from gui.widgets.table import Table
from gui.widgets.text import Text

CHANCE = 0.05
MOST_LABELS, MOST_TEXTS = 8, 8


class ComparedView(QWidget):
    """A sentence, the labels that differ most, and texts that only one version had right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("teach.compared")
        self.sentence = Text(role="strong", wrap=True, selectable=True)
        self.sentence.setObjectName("teach.compared_sentence")
        self.detail = Text(role="muted", wrap=True, selectable=True)
        self.labels = Table("teach.compared_labels", self.tr("Labels that differ most"), sortable=False)
        self.examples = Table("teach.compared_texts", self.tr("Texts that only one version had right"), sortable=False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(12)
        box.addWidget(line())
        for part in (self.sentence, self.detail, self.labels, self.examples):
            box.addWidget(part)

    def show_result(self, result: VersionsCompared) -> None:
        """Draw a comparison."""
        self.sentence.setText(self._verdict(result))
        shares = [right / result.texts if result.texts else 0.0 for right in (result.first_right, result.second_right)]
        self.detail.setText(
            self.tr(
                "Version {first} had {first_share} right, version {second} {second_share}, of %n text(s). "
                "{only_first} of them only version {first} had right, {only_second} only version {second}.",
                "",
                result.texts,
            ).format(
                first=result.first,
                second=result.second,
                first_share=percent(shares[0]),
                second_share=percent(shares[1]),
                only_first=count(result.only_first),
                only_second=count(result.only_second),
            )
        )
        if result.first_f1 is not None and result.second_f1 is not None:
            words = self.tr(
                "F1 of version {first}: {first_share}, of version {second}: {second_share}. A text counts as right "
                "where exactly its names and terms were found."
            ).format(
                first=result.first,
                second=result.second,
                first_share=percent(result.first_f1),
                second_share=percent(result.second_f1),
            )
            self.detail.setText(f"{words} {self.detail.text()}")
        changed = sorted(result.per_label.items(), key=lambda item: -abs(item[1][1] - item[1][0]))[:MOST_LABELS]
        changed = [(label, pair) for label, pair in changed if abs(pair[1] - pair[0]) > 1e-9]
        both = (result.first, result.second)
        scores = [self.tr("F1 of version {n}").format(n=number) for number in both]
        heads = (self.tr("Label"), *scores, self.tr("Change"))
        rows = [(label, percent(a), percent(b), _change(b - a)) for label, (a, b) in changed]
        tones = {(place, 3): "success" if b >= a else "danger" for place, (_, (a, b)) in enumerate(changed)}
        self.labels.set_rows(heads, rows, stretch=0, widths=(0, 130, 130, 100), tones=tones)
        self.labels.setVisible(bool(rows))
        fit_height(self.labels, MOST_LABELS)
        texts = [self._example(one, result) for one in result.examples]
        answers = [self.tr("Version {n}").format(n=number) for number in both]
        self.examples.set_rows(
            (self.tr("Text"), self.tr("Its label"), *answers), texts, stretch=0, widths=(0, 140, 140, 140)
        )
        self.examples.setVisible(bool(texts))
        fit_height(self.examples, MOST_TEXTS)

    def _example(self, one: dict[str, Any], result: VersionsCompared) -> tuple[str, ...]:
        """Text, true label, and both answers; keys may be spelled first/second or by number."""
        pairs = (("first", result.first), ("second", result.second))
        answers = [one.get(key, one.get(str(number), "")) for key, number in pairs]
        return (str(one.get("text", "")), str(one.get("label", "")), *(str(answer) for answer in answers))

    def _verdict(self, result: VersionsCompared) -> str:
        if not result.texts:
            return self.tr("There is no text that both could be asked.")
        first, second, chance = float(result.first_right), float(result.second_right), result.chance
        if result.first_f1 is not None and result.second_f1 is not None and result.f1_chance is not None:
            first, second, chance = result.first_f1, result.second_f1, result.f1_chance
        if first == second:
            return self.tr("Both are equally good.")
        better = result.second if second > first else result.first
        if chance < CHANCE:
            words = self.tr("Version {better} is better; a difference like this comes by luck in {chance} of cases.")
        else:
            words = self.tr(
                "Version {better} was right a little more often, but a difference like this comes by luck in {chance} "
                "of cases: they cannot be told apart."
            )
        return words.format(better=better, chance=percent(chance, 1 if chance < 0.1 else 0))


def _change(difference: float) -> str:
    return f"{'+' if difference >= 0 else '−'}{percent(abs(difference))}"
