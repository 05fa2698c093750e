"""Labels as a whole: too few, too many, unequal, rare, or meant to be the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from engine.api import LintFinding
from engine.dataset.folding import folded_label
from engine.dataset.tally import EXAMPLES_MAX, shown

FEW_EXAMPLES = 5
IMBALANCE_RATIO = 20
MANY_LABELS = 20
MANY_LABELS_SHARE = 0.5
# 500 labels of two texts each take a minute of one core and 0.5 GB to teach a head, and both grow faster than labels.
MOST_LABELS = 1_000
MOST_DESCRIBED = 200  # labels that one description each can stand for
DESCRIBED_CHARS = 60  # longer than that, a label is a text


def label_findings(labels: Counter[str], rows: int) -> Iterator[LintFinding]:
    """Findings about the labels of `rows` rows, given how many rows each label has."""
    blank = sum(count for label, count in labels.items() if not label.strip())
    labels = Counter({label: count for label, count in labels.items() if label.strip()})
    if blank:
        yield LintFinding("empty_label", "error", f"{blank:,} rows have no label.", blank)
    if len(labels) < 2:
        yield LintFinding(
            "one_label", "error", "There is only one label; a skill needs at least two to tell apart.",
            len(labels), tuple(shown(label) for label in labels),
        )  # fmt: skip
        return
    yield from alike_labels(labels)
    if len(labels) > max(MANY_LABELS, MANY_LABELS_SHARE * rows) and not _described(labels):
        yield LintFinding(
            "many_labels", "error",
            f"There are {len(labels):,} labels in {rows:,} rows: this column is hardly a label. "
            "A label needs at least two texts.",
            len(labels), tuple(shown(label) for label, _ in labels.most_common(EXAMPLES_MAX)),
        )  # fmt: skip
        return
    if len(labels) > MOST_LABELS:
        yield LintFinding(
            "too_many_labels", "error",
            f"There are {len(labels):,} labels in {rows:,} rows; one skill can be taught at most {MOST_LABELS:,}. "
            "Put rare labels together, or teach one skill per group.",
            len(labels), tuple(f"{shown(label)} ({count})" for label, count in labels.most_common()[-EXAMPLES_MAX:]),
        )  # fmt: skip
        return
    yield from _rare(labels)
    (most, most_count), (least, least_count) = labels.most_common()[0], labels.most_common()[-1]
    if most_count >= IMBALANCE_RATIO * least_count:
        yield LintFinding(
            "imbalance", "warning",
            f"The labels are unequal: “{shown(most)}” has {most_count:,} rows, “{shown(least)}” {least_count:,}.",
            len(labels), (f"{shown(most)} ({most_count})", f"{shown(least)} ({least_count})"),
        )  # fmt: skip


def alike_labels(labels: Iterable[str]) -> Iterator[LintFinding]:
    """The finding about labels that differ only in case, spaces, hyphens or underscores."""
    groups: dict[str, list[str]] = defaultdict(list)
    for label in labels:
        groups[folded_label(label)].append(label)
    alike = [names for names in groups.values() if len(names) > 1]
    if alike:
        yield LintFinding(
            "similar_labels", "warning",
            f"{len(alike):,} labels are written in more than one way: they differ only in case or spaces.",
            len(alike), tuple(" / ".join(f"“{shown(name)}”" for name in names) for names in alike[:EXAMPLES_MAX]),
        )  # fmt: skip


def _described(labels: Counter[str]) -> bool:
    """Whether this is a list of labels with one text each, which zero-shot takes for their descriptions."""
    return (
        len(labels) <= MOST_DESCRIBED
        and max(labels.values()) == 1
        and all(len(label) <= DESCRIBED_CHARS for label in labels)
    )


def _rare(labels: Counter[str]) -> Iterator[LintFinding]:
    if max(labels.values()) == 1:
        yield LintFinding(
            "one_each", "warning",
            f"Each of the {len(labels):,} labels has a single text: it is taken for the label's description "
            "(zero-shot), and nothing is left to check with.",
            len(labels), tuple(shown(label) for label in list(labels)[:EXAMPLES_MAX]),
        )  # fmt: skip
        return
    few = [label for label, count in labels.items() if count < FEW_EXAMPLES]
    if few:
        yield LintFinding(
            "few_examples", "warning", f"{len(few):,} labels have fewer than {FEW_EXAMPLES} examples.",
            len(few), tuple(f"{shown(label)} ({labels[label]})" for label in few[:EXAMPLES_MAX]),
        )  # fmt: skip
