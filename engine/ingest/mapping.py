"""Which column is which field: as the person says, else by the column's name, else by what stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.errors import ColumnsUnknown, UsageError
from engine.ingest.kinds import FIELDS, Field, folded
from engine.values import DatasetKind

_PREVIEW_ORDER: tuple[DatasetKind, ...] = ("events", "faq", "entities", "labelled", "items", "texts")
LABELS_SHARE_MAX = 0.5
LABEL_MEAN_CHARS = 40


def guess_mapping(kind: DatasetKind, columns: Sequence[str]) -> dict[str, str]:
    """Fields of a kind that the names of columns speak for: field -> column."""
    return _by_name(FIELDS[kind], columns, {})


def serves(kind: DatasetKind, mapping: Mapping[str, str]) -> bool:
    """Whether a mapping has every field that the kind requires."""
    return all(field.name in mapping for field in FIELDS[kind] if field.required)


def guess_kind(columns: Sequence[str]) -> tuple[DatasetKind, dict[str, dict[str, str]]]:
    """The kind that columns most likely are, and the mapping for every kind that they could serve."""
    found = {kind: guess_mapping(kind, columns) for kind in _PREVIEW_ORDER}
    usable: dict[str, dict[str, str]] = {kind: fields for kind, fields in found.items() if serves(kind, fields)}
    # An item's number alone is in many tables; only a title or text beside it makes a catalogue.
    likely = [kind for kind in _PREVIEW_ORDER if kind in usable and (kind != "items" or len(usable[kind]) > 1)]
    if "entities" in likely and not _is_marked(usable["entities"]):
        likely.remove("entities")
    if "labelled" in likely and "items" in likely and _is_catalogue(usable["items"], usable["labelled"]):
        likely.remove("labelled")
    return (likely[0] if likely else "texts"), usable


def _is_marked(entities: Mapping[str, str]) -> bool:
    """A column of tags marks entities only beside a column of words; elsewhere they are keywords."""
    return folded(entities["spans"]) != "tags" or folded(entities["text"]) == "tokens"


def _is_catalogue(items: Mapping[str, str], labelled: Mapping[str, str]) -> bool:
    """An id with a title, where what looks like a label is only a category of the thing."""
    return "title" in items and folded(labelled["label"]) not in ("label", "labels", "intent", "标签", "意图")


def resolve_mapping(
    kind: DatasetKind,
    columns: Sequence[str],
    wanted: Mapping[str, str],
    sample: Sequence[Sequence[str]],
    path: str,
) -> tuple[dict[str, str], list[str]]:
    """Field -> column for an import, and warnings about what was guessed from values.

    Args:
        wanted: what the person said; wins over every guess. A field of no kind gives its column another name.
        sample: some rows, for fields that no column is named after.
    Raises:
        ColumnsUnknown: a column that was asked for is not there, or no column serves a required field.
        UsageError: two fields were given the same column.
    """
    given: dict[str, str] = {}
    for name, column in wanted.items():
        field = _field_name(kind, name)
        given[field] = _column(column, columns, path)
    twice = sorted({column for column in given.values() if list(given.values()).count(column) > 1})
    if twice:
        raise UsageError(reason=f"The column {twice[0]} cannot be two fields at once.")
    mapping = _by_name(FIELDS[kind], columns, given)
    warnings: list[str] = []
    if not serves(kind, mapping):
        warnings = _by_values(kind, columns, mapping, sample)
    missing = [field.name for field in FIELDS[kind] if field.required and field.name not in mapping]
    if missing:
        raise ColumnsUnknown(
            path=path,
            missing=" and no column ".join(f"for “{name}”" for name in missing),
            columns=", ".join(columns[:50]),
        )
    return mapping, warnings


def _field_name(kind: DatasetKind, name: str) -> str:
    known = {field.name for field in FIELDS[kind]}
    return folded(name) if folded(name) in known else name.strip()


def _column(wanted: str, columns: Sequence[str], path: str) -> str:
    if wanted in columns:
        return wanted
    alike = [column for column in columns if folded(column) == folded(wanted) and folded(wanted)]
    if len(alike) == 1:
        return alike[0]
    raise ColumnsUnknown(path=path, missing=wanted, columns=", ".join(columns[:50]))


def _by_name(fields: Sequence[Field], columns: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    """Match whole names first, then names with more words around them, so that a sure match is never taken away."""
    mapping = dict(given)
    free = [column for column in columns if column not in given.values()]
    for matches in (_whole, _within):
        for field in fields:
            if field.name in mapping:
                continue
            best = min(
                ((rank, order) for order, column in enumerate(free) if (rank := matches(field, column)) is not None),
                default=None,
            )
            if best is not None:
                mapping[field.name] = free.pop(best[1])
    order = [field.name for field in fields]
    return dict(sorted(mapping.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order)))


def _whole(field: Field, column: str) -> int | None:
    name = folded(column)
    return field.names.index(name) if name in field.names else None


def _within(field: Field, column: str) -> int | None:
    """customer_message ends in message, 用户留言内容 in 内容; what a name ends in is what the column holds."""
    name = folded(column)
    for rank, known in enumerate(field.names):
        if len(known) > 1 and known != "id" and name.endswith(f"_{known}" if known.isascii() else known):
            return rank
    return None


def _by_values(
    kind: DatasetKind, columns: Sequence[str], mapping: dict[str, str], sample: Sequence[Sequence[str]]
) -> list[str]:
    """Fill text (the column of the longest values) and label (few different, short values) where only one fits."""
    warnings: list[str] = []
    if kind not in ("labelled", "texts") or len(sample) < 2:
        return warnings
    shape: dict[str, tuple[float, float]] = {}
    for index, column in enumerate(columns):
        values = [row[index] for row in sample if index < len(row) and row[index].strip()]
        if values and column not in mapping.values():
            shape[column] = (sum(map(len, values)) / len(values), len(set(values)) / len(values))
    if "text" not in mapping:
        texts = sorted((column for column in shape if shape[column][1] > LABELS_SHARE_MAX), key=lambda c: -shape[c][0])
        if texts and shape[texts[0]][0] >= 8 and (len(texts) == 1 or shape[texts[0]][0] > 2 * shape[texts[1]][0]):
            mapping["text"] = texts[0]
            warnings.append(f"No column is named for “text”; “{texts[0]}” was taken because its values are texts.")
    if kind == "labelled" and "label" not in mapping:
        labels = [
            column
            for column, (length, share) in shape.items()
            if share <= LABELS_SHARE_MAX and length <= LABEL_MEAN_CHARS and column != mapping.get("text")
        ]
        if len(labels) == 1:
            mapping["label"] = labels[0]
            warnings.append(f"No column is named for “label”; “{labels[0]}” was taken because its values repeat.")
    return warnings
