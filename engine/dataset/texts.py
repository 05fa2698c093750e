"""What is looked at in every text, whatever the data set holds: none at all, too long, personal data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from engine.api import LintFinding
from engine.dataset.tally import Tally
from engine.language.terms import is_cjk
from engine.privacy.personal import find_personal

# The encoder reads 256 word pieces at once: about 1,000 characters of English, 250 of Chinese. What is longer is
# read in windows, eight at most where one answer for the whole text is wanted (engine/runtimes/long_texts.py).
AT_ONCE_CHARS, AT_ONCE_CJK = 1_000, 250
READ_CHARS = 7_200
_PERSONAL = {
    "email": "e-mail addresses",
    "phone": "phone numbers",
    "card": "payment card numbers",
    "identity_number": "identity numbers",
}


class Texts:
    """Counts over the rows. Personal data is counted by kind; examples of it are shown with the data covered."""

    def __init__(self, *, whole: bool = False) -> None:
        """`whole`: texts are read to their end, however long (entities)."""
        self.rows = 0
        self.empty = Tally()
        self._whole = whole
        self._windows, self._cut, self._private = Tally(), Tally(), Tally()
        self._kinds: Counter[str] = Counter()

    def look(self, row: Mapping[str, str], fields: Iterable[str]) -> None:
        self.rows += 1
        kinds: set[str] = set()
        example = ""
        for field in fields:
            text = row.get(field, "")
            if len(text) > READ_CHARS and not self._whole:
                self._cut.add(text)
            elif len(text) > AT_ONCE_CJK and (len(text) > AT_ONCE_CHARS or _is_chinese(text)):
                self._windows.add(text)
            if found := find_personal(text):
                kinds.update(item.kind for item in found)
                example = example or text[max(0, found[0].start - 30) :]
        self._kinds.update(kinds)
        if kinds:
            self._private.add(example)

    def findings(self) -> Iterator[LintFinding]:
        if self.rows == 0:
            yield LintFinding("no_rows", "error", "There are no rows.", 0)
        if count := self.empty.count:
            yield LintFinding("empty_text", "error", f"{count:,} rows have no text.", count, self.empty.examples)
        if count := self._cut.count:
            yield LintFinding(
                "long_text", "note",
                f"{count:,} texts have more than {READ_CHARS:,} characters; only their first 1,200 words count.",
                count, self._cut.examples,
            )  # fmt: skip
        if count := self._windows.count:
            yield LintFinding(
                "read_in_windows", "note",
                f"{count:,} texts are longer than the 256 word pieces that are read at once; they are read in windows.",
                count, self._windows.examples,
            )  # fmt: skip
        if count := self._private.count:
            parts = ", ".join(f"{_PERSONAL[kind]} in {number:,}" for kind, number in self._kinds.most_common())
            yield LintFinding(
                "personal_data", "warning", f"{count:,} rows hold personal data: {parts}.", count,
                self._private.examples,
            )  # fmt: skip


def _is_chinese(text: str) -> bool:
    beginning = text[: 2 * AT_ONCE_CJK]
    return 2 * sum(map(is_cjk, beginning)) > len(beginning)
