#!/usr/bin/env python3
"""Fits and measures the model that tells whether a passage holds a sentence (engine/serve/chat/support.py).

    python packaging/models/fit_support.py --data ../shared/data [--check]

Sentences of documents, as they stand and said differently by rule, are held; wrong ones are sentences of passages that
are neighbours, and true ones with a changed number, swapped names, or a negation more or less. The documents are those
that no reranker was taught on: flat_help_kb, the guidelines of abcd, SeniorHealth of medquad, and for Chinese
tidb_faq_zh. Half of the documents fit, by a hash of their id; the other half is measured. Writes
assets/models/answerability/support.json (weights) and support_fit.json (figures).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from natural_questions import collection_texts, half_of, parsed  # noqa: E402

from engine.language.stopwords import ENGLISH  # noqa: E402
from engine.language.terms import cjk_share  # noqa: E402
from engine.runtimes.encoder import Encoder, bundled_encoder_folder  # noqa: E402
from engine.serve.chat import support  # noqa: E402
from engine.serve.chat.candidates import Candidate  # noqa: E402
from engine.serve.chat.confidence import Logistic  # noqa: E402
from engine.serve.chat.conflicts import negated  # noqa: E402
from engine.serve.chat.likeness import likeness_for  # noqa: E402
from engine.serve.chat.lines import lines_of  # noqa: E402
from engine.serve.chat.retrieve import Hit  # noqa: E402

SEED = "casemate-support-1"
LEAST_THRESHOLD = 0.5
PRECISION = 0.96
"""Of "supported" at the threshold on the fit half, cross-validated, where each true sentence has as many wrong ones of
each kind as could be made, weighed so that held and wrong ones are equally many."""
FOLDS = 5
PER_DOCUMENT = {"flat": 3, "health": 25, "shop": 4, "tidb": 3}
_PAIRS = (
    "buy=purchase use=apply choose=select pick=select show=display begin=start end=finish help=assist need=require "
    "allow=permit get=receive create=make delete=remove change=modify find=locate click=press large=big quickly=fast "
    "often=frequently usually=normally problems=issues issue=problem customer=client doctor=physician picture=image "
    "treat=heal causes=leads~to contact=reach~out~to add=insert open=launch called=named occurs=happens people=persons "
    "receive=get remove=delete select=choose start=begin display=show require=need modify=edit ask=request "
    "allows=lets helps=assists shows=displays requires=needs several=many various=different common=frequent "
    "important=essential option=choice button=control may=can might=could should=ought~to also=too must=have~to "
    "because=since if=when about=roughly 可以=能够 需要=须 使用=采用 用于=用来 导致=造成 建议=推荐 支持=允许 默认=缺省 "
    "通过=借助 进行=做 因为=由于 如果=假如 但是=不过 问题=状况 查看=检查 设置=设定 增加=添加 参考=参见 出现=发生 "
    "所有=全部 较大=很大 目前=现在 只能=仅能 大量=许多"
)
OTHER_WORDS = [tuple(pair.replace("~", " ").split("=")) for pair in _PAIRS.split()]
MEASURED_ONLY = ("ends exchanged",)
"""Not fitted: who does what to whom cannot be told from words and their nearness."""
TRUE = ("as it stands", "words dropped", "reordered", "joined", "other words", "shortened")


class Row(NamedTuple):
    """A sentence against a passage; `kind` is how it was made."""

    language: str
    group: str
    kind: str
    held: bool
    sentence: str
    passage: Candidate


def passages_of(data: Path) -> Iterator[tuple[str, str, list[Candidate]]]:
    """Set, document and its passages."""
    for name, texts in collection_texts(data).items():
        for file in parsed(texts):
            assert file.document is not None
            yield name, file.path, [
                Candidate(Hit(i, 0.0), 0, file.path, file.document.title, one.heading, one.page, False, one.start,
                          one.end, one.text)
                for i, one in enumerate(file.passages)
            ]  # fmt: skip


def rows_of(data: Path) -> list[Row]:
    """True and wrong sentences, the same on every run."""
    chooser = random.Random(SEED)
    found: list[Row] = []
    held = [(name, document, list(_said(passages))) for name, document, passages in passages_of(data)]
    for at, (name, document, said) in enumerate(held):
        language = "zh" if name == "tidb" else "en"
        # Neighbours: the other passages of the document, or of the next documents of the set.
        near = [one for other in held[max(0, at - 2) : at + 3] if other[0] == name for one in other[2]]
        for passage, raw in chooser.sample(said, min(PER_DOCUMENT[name], len(said))):
            sentence = re.sub(r"\*\*|[`#]|^(?:[-*•]|\d+[.)])\s+", "", raw).strip()
            own = [text for other, text in said if other is not passage]
            others = [text for text in own or [text for _, text in near] if text not in passage.text]
            made = {**_true(sentence, passage, chooser), **_wrong(sentence, passage, others, chooser)}
            found += [Row(language, document, kind, kind in TRUE, text, passage) for kind, text in made.items()]
    return found


def _said(passages: Sequence[Candidate]) -> Iterator[tuple[Candidate, str]]:
    for passage in passages:
        for line in lines_of(0, passage):
            if not line.heads and " | " not in line.text and 5 <= _size(line.text) <= 60:
                yield passage, line.text


def _size(text: str) -> int:
    return len(text) // 2 if cjk_share(text) > 0.3 else len(text.split())


def _tokens(text: str) -> tuple[list[str], str]:
    """What may be dropped or moved: words, or pairs of Chinese characters; and what joins them."""
    if cjk_share(text) > 0.3:
        return re.findall(r"\s*[A-Za-z0-9_.-]+\s*|[^\sA-Za-z0-9_.-]{1,2}", text), ""
    return text.split(), " "


def _true(sentence: str, passage: Candidate, chooser: random.Random) -> dict[str, str]:
    made = {"as it stands": sentence}
    tokens, space = _tokens(sentence)
    kept = [
        token for token in tokens
        if negated(token) or re.search(r"\d", token) or (token.lower() in ENGLISH and chooser.random() < 0.6)
        or (token.lower() not in ENGLISH and chooser.random() < 0.85)
    ]  # fmt: skip
    if 3 <= len(kept) < len(tokens) and negated(space.join(kept)) == negated(sentence):
        made["words dropped"] = space.join(kept)
    other, changed = sentence, 0
    for one, to in chooser.sample(OTHER_WORDS, len(OTHER_WORDS)):
        pattern = rf"\b{one}\b" if one.isascii() else one
        if changed < 3 and re.search(pattern, other) and to not in other:
            other, changed = re.sub(pattern, to, other, count=1), changed + 1
    if changed and negated(other) == negated(sentence):
        made["other words"] = other
    clauses = [part.strip(" .。") for part in re.split(r"[,，;；]", sentence) if len(part.strip()) > 5]
    if len(clauses) > 1:
        made["reordered"] = (", " if space else "，").join([*clauses[1:], clauses[0]])
    parts = [
        part.strip(" .。") for part in re.split(r"[,，;；:：]| (?:and|but|or|so|because) |并且|并|而且|且", sentence)
        if _size(part) >= 4
    ]  # fmt: skip
    if len(parts) > 1 and negated(part := chooser.choice(parts)) == negated(sentence):
        pieces = _tokens(part)[0]
        fewer = [one for one in pieces if negated(one) or re.search(r"\d", one) or chooser.random() < 0.9]
        begins = ["It ", "This ", "You ", "Yes, ", ""] if space else ["您可以", "可以", "是的，", ""]
        made["shortened"] = chooser.choice(begins) + space.join(fewer)
    texts = [line.text for line in lines_of(0, passage) if not line.heads]
    at = next((i for i, text in enumerate(texts) if sentence[:12] in text), None)
    if at is not None and at + 1 < len(texts) and _size(texts[at + 1]) < 30 and not negated(sentence + texts[at + 1]):
        made["joined"] = f"{sentence.rstrip('.。')}{' and ' if space else '，并且'}{texts[at + 1]}"
    return made


def _wrong(sentence: str, passage: Candidate, others: Sequence[str], chooser: random.Random) -> dict[str, str]:
    made: dict[str, str] = {}
    if others:
        made["neighbour"] = chooser.choice(others)
    if numbers := list(re.finditer(r"\d+", sentence)):
        one = chooser.choice(numbers)
        value = str(max(1, int(one.group()[:6]) + chooser.choice([-3, -2, -1, 1, 2, 5, 10])))
        inside = [n for n in re.findall(r"\d+", passage.text) if n not in re.findall(r"\d+", sentence)]
        if value != one.group():
            made["number changed"] = sentence[: one.start()] + value + sentence[one.end() :]
        if inside:
            made["number of the passage"] = sentence[: one.start()] + chooser.choice(inside) + sentence[one.end() :]
    tokens, space = _tokens(sentence)
    content = [i for i, token in enumerate(tokens) if token.lower().strip(".,") not in ENGLISH and len(token) > 1]
    theirs = [word for text in others for word in _tokens(text)[0] if word.lower() not in ENGLISH and len(word) > 3]
    named = [i for i in content if re.match(r"[A-Z]\w{2,}", tokens[i])]
    names = [word for word in theirs if re.match(r"[A-Z][a-z]{2,}", word) and word not in passage.text]
    if named and names:
        made["name swapped"] = space.join(
            chooser.choice(names) if i == named[-1] else token for i, token in enumerate(tokens)
        )
    strange = [word for word in theirs if word.lower().strip(".,") not in passage.text.lower()]
    if strange and len(content) > 3:
        for count in (1, 2):
            places = set(chooser.sample(content, count))
            made[f"{count} words swapped"] = space.join(
                chooser.choice(strange) if i in places else token for i, token in enumerate(tokens)
            )
    if len(content) > 3:
        i, j = content[0], content[-1]
        moved = list(tokens)
        moved[i], moved[j] = moved[j], moved[i]
        made["ends exchanged"] = space.join(moved)
    if (denied := _denied(sentence)) and denied != sentence:
        made["negation"] = denied
    return made


def _denied(sentence: str) -> str:
    """The sentence with its first negation gone, or with one put in."""
    for pattern, to in (
        (r"\b(can|do|does|did|is|are|was|were|will|should|must|has|have|could|would) not\b", r"\1"),
        (r"\bcannot\b", "can"),
        (r"\b(is|are|do|does|did|was|were|should|could|would|has|have)n['’]t\b", r"\1"), (r"\bcan['’]t\b", "can"),
        (r"\bwon['’]t\b", "will"), (r"\bnever\b", "always"), (r"\bwithout\b", "with"),
        (r"不会|不能|不需要|不要|不", ""),
        (r"没有", "有"), (r"无法", "可以"),
    ):  # fmt: skip
        if re.search(pattern, sentence):
            changed = re.sub(pattern, to, sentence, count=1)
            return changed if not negated(changed) else ""
    for pattern, to in (
        (r"\b(can|is|are|will|should|must|was|were|may|could|would)\b", r"\1 not"),
        (r"(可以|需要|支持|能够|会|是|能)", r"不\1"),
    ):  # fmt: skip
        if re.search(pattern, sentence):
            return re.sub(pattern, to, sentence, count=1)
    return ""


def judged(rows: Sequence[Row]) -> tuple[list[str | None], list[dict[str, float]]]:
    """What the rules say of each row ("" for a copy), and its features (empty where a rule decides)."""
    encoder = Encoder.open(bundled_encoder_folder())
    cache: dict[tuple[Any, ...], Any] = {}
    likeness = {
        language: likeness_for(text, lambda: encoder, cache) for language, text in (("en", "text"), ("zh", "文"))
    }
    why: list[str | None] = []
    features: list[dict[str, float]] = []
    for row in rows:
        lines = support.evidence_of(row.sentence, row.passage)
        fault = support.wrong_fact(row.sentence, row.passage, lines) if lines else "empty"
        if not fault and support.verbatim(row.sentence, row.passage.text):
            why.append("")
            features.append({})
            continue
        why.append(fault)
        features.append(
            {} if fault else support.support_features(row.sentence, row.passage, lines, likeness[row.language])
        )
    return why, features


def fit(
    rows: Sequence[Row], features: Sequence[dict[str, float]], names: Sequence[str], counts: np.ndarray
) -> tuple[Logistic, float]:
    """A model over rows that no rule decides, and the share of held ones above its threshold (cross-validated).

    Args:
        counts: what each row counts among all rows, those that a rule decides included; precision is told by it.
    """
    from sklearn.linear_model import LogisticRegression

    x = np.array([[one[name] for name in names] for one in features])
    y = np.array([row.held for row in rows])
    weights = weights_of(rows)
    folds = np.array([hashlib.sha256(row.group.encode()).digest()[1] % FOLDS for row in rows])
    out = np.zeros(len(rows))

    def model() -> Any:
        return LogisticRegression(C=1.0, max_iter=2000)

    for fold in range(FOLDS):
        inside = folds != fold
        out[~inside] = model().fit(x[inside], y[inside], sample_weight=weights[inside]).predict_proba(x[~inside])[:, 1]
    threshold = 0.99
    for candidate in np.arange(LEAST_THRESHOLD, 0.99, 0.005):
        given = out >= candidate
        if counts[given & y].sum() >= PRECISION * max(1e-9, counts[given].sum()):
            threshold = float(candidate)
            break
    whole = model().fit(x, y, sample_weight=weights)
    named = {name: round(float(weight), 4) for name, weight in zip(names, whole.coef_[0], strict=True)}
    return Logistic(named, round(float(whole.intercept_[0]), 4), round(threshold, 3)), float(
        weights[(out >= threshold) & y].sum() / weights[y].sum()
    )


def weights_of(rows: Sequence[Row]) -> np.ndarray:
    """Every row 1, and the wrong ones together as much as the held ones."""
    y = np.array([row.held for row in rows])
    return np.where(y, 1.0, y.sum() / max(1, (~y & [row.kind not in MEASURED_ONLY for row in rows]).sum()))


def measured(
    rows: Sequence[Row], why: Sequence[str | None], features: Sequence[dict[str, float]], model: Logistic
) -> dict[str, Any]:
    """How often "supported" was said, by how the sentence was made, and how often it was right."""
    said = np.array(
        [
            fault == "" or (fault is None and model.probability(one) >= model.threshold)
            for fault, one in zip(why, features, strict=True)
        ]
    )
    y = np.array([row.held for row in rows])
    weights = np.where([row.kind in MEASURED_ONLY for row in rows], 0.0, weights_of(rows))
    kinds: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        kinds[row.kind].append(i)
    return {
        "rows": len(rows),
        "precision": round(float(weights[said & y].sum() / max(1e-9, weights[said].sum())), 4),
        "kinds": {
            kind: {
                "rows": len(at), "held": kind in TRUE, "supported": round(float(said[at].mean()), 4),
                "refused by rule": round(sum(bool(why[i]) for i in at) / len(at), 4),
            }
            for kind, at in sorted(kinds.items())
        },
    }  # fmt: skip


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--data", type=Path, required=True)
    reader.add_argument("--check", action="store_true", help="measure the weights that are there; write nothing")
    reader.add_argument("--show", type=int, default=0, help="so many wrong verdicts of the fit half")
    options = reader.parse_args()
    rows = rows_of(options.data)
    why, features = judged(rows)
    plain = [name for name in next(filter(None, features)) if "like" not in name]
    models: dict[str, Logistic] = {}
    figures: dict[str, Any] = {}
    for name in ("english", "chinese", "plain"):
        language = {"english": "en", "chinese": "zh"}.get(name)
        mine = [i for i, row in enumerate(rows) if language in (None, row.language)]
        fitted = [i for i in mine if half_of(rows[i].group) == "fit"]
        held_out = [i for i in mine if half_of(rows[i].group) != "fit"]
        free = [i for i in fitted if why[i] is None and rows[i].kind not in MEASURED_ONLY]
        names = plain if name == "plain" else list(features[free[0]])
        if options.check:
            models[name], recall = getattr(support.bundled_support(), name), 0.0
        else:
            counts = dict(zip(fitted, weights_of([rows[i] for i in fitted]), strict=True))
            models[name], recall = fit(
                [rows[i] for i in free], [features[i] for i in free], names, np.array([counts[i] for i in free])
            )
        figures[name] = {
            "threshold": models[name].threshold, "held and supported, cross-validated": round(recall, 4),
            **{half: measured([rows[i] for i in at], [why[i] for i in at], [features[i] for i in at], models[name])
               for half, at in (("fit", fitted), ("held out", held_out))},
        }  # fmt: skip
        if name != "plain":
            wrong = [
                i for i in fitted
                if why[i] is None
                and rows[i].held != (models[name].probability(features[i]) >= models[name].threshold)
            ]  # fmt: skip
            for i in random.Random(1).sample(wrong, min(options.show, len(wrong))):
                sys.stderr.write(f"{rows[i].kind} | {why[i]} | {rows[i].sentence}\n")
    sys.stdout.write(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    if not options.check:
        made = support.SupportModels(**models)
        support.support_file().write_bytes(msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")
        text = json.dumps(figures, indent=1, ensure_ascii=False)
        support.support_file().with_name("support_fit.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
