"""Fits the models that judge whether an answer is right, and writes them with their card.

    python packaging/models/fit_confidence.py --data DATA --corpus CORPUS

Reads public question sets (answer_lab.py names them). For each question the program's own search runs three times:
as it is, with the document that answers it left out, and in the collection of another domain. An answer is right if it
comes from the expected document. Every domain is predicted by models fitted on the others; those predictions give the
thresholds and the reliability that the card states.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from answer_lab import Domain, Lab, instruct_domains, medquad_domain  # noqa: E402
from natural_questions import askings, labs, small_collection  # noqa: E402

from engine.language.stopwords import ENGLISH  # noqa: E402
from engine.runtimes.bilingual import BilingualEncoder  # noqa: E402
from engine.runtimes.encoder import Encoder, bundled_encoder_folder  # noqa: E402
from engine.runtimes.word_encoder import WordEncoder, bundled_word_encoder_folder  # noqa: E402
from engine.serve.chat.confidence import Judge, Logistic, model_file  # noqa: E402
from engine.serve.chat.conflicts import conflict  # noqa: E402
from engine.serve.chat.evidence import faq_features, quote_features  # noqa: E402
from engine.serve.chat.ladder import QUOTED_FROM  # noqa: E402
from engine.serve.chat.quote import best_quotes  # noqa: E402
from engine.serve.chat.rerank import reranker_for  # noqa: E402

SEED = 7
NATURAL = "natural"
NATURAL_SHARE = 0.75
"""Of the weight of a fit. The public questions share more words with their documents than those of people who look for
something; the natural ones, fewer in number, pull the weights back."""
KIND_WEIGHTS = {"known": 1.0, "near": 1.0, "far": 0.6, "removed": 0.35, "foreign": 0.3}
"""Of a natural row. A question whose document was left out may well be answered by another: it counts less."""
REFUSED = 0.9
"""Share of the natural questions without an answer (of the fit half) that the threshold refuses."""
NEAR_SHARE = 0.75
"""Of these, what is near the subject, whatever their numbers: what is far from it is easily refused."""
FOLDS, REPEATS = 6, 4
SIZES = (1000, 5)
"""Documents per collection."""
QUOTE_DOCUMENTS = 60
"""Documents per public domain for quotes."""
ANSWERABLE_SHARE = 0.6
"""Share of questions with an answer that the probabilities assume."""
_WORDING = ("coverage", "sentence_coverage", "heading_coverage", "heading_asked", "unknown", "missing_rarest",
            "rarest_held", "pairs_near", "names_missing", "numbers_missing", "run", "heading_run", "document_share",
            "kind_met", "kind_missing", "log_terms")  # fmt: skip
QUOTE_DENSE = ("cosine", "sentence_cosine", "heading_cosine", "top_cosine", "cosine_lift", "cosine_margin",
               "sentence_lift", "first_of_both", "second_source", "word_lift", "alike_agreement", "alike_word_lift",
               "alike_same_document", "lead", *_WORDING)  # fmt: skip
# More features did not help where words alone decide (fit half: AUC 0.869 with all of them, 0.874 with these).
QUOTE_WORDS = ("coverage", "heading_coverage", "heading_asked", "unknown", "missing_rarest", "word_lift", "run",
               "heading_run", "lead", "kind_met", "kind_missing", "log_terms")  # fmt: skip
RERANK = "rerank"
"""Known only where the reranker ran; the model with it is fitted when nearly every row has it."""
LEAST_SEEN = 0.95
FAQ_DENSE = ("cosine", "coverage", "coverage_with_answer", "reverse_coverage", "unknown", "cosine_margin", "log_terms")
FAQ_WORDS = ("coverage", "coverage_with_answer", "reverse_coverage", "unknown", "word_margin", "run", "log_terms")

# Of five sets each the best at the same precision: vectors find more approved answers and judge them no better.
FAQ_CHINESE = FAQ_WORDS
QUOTE_CHINESE = (*QUOTE_WORDS, "cosine", "sentence_cosine", "heading_cosine", "cosine_lift", "cosine_margin",
                 "first_of_both", "alike_agreement", "alike_word_lift", "sentence_lift", "names_missing",
                 "numbers_missing")  # fmt: skip
WORDS = "words"
"""Rows of Chinese questions asked as if no encoder read them: for all other languages."""

Row = tuple[dict[str, float], bool, str, str, str]
"""(features, right, domain, kind of question, group that cross-validation keeps together).

Kinds: "known", "removed" (its document is left out), "foreign" (asked of another subject's collection), and of the
natural questions without an answer "near" and "far"."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--documents", type=int, default=100, help="documents per domain for approved answers")
    parser.add_argument("--questions", type=int, default=30, help="questions per domain")
    parser.add_argument("--rows", type=Path, help="keeps the features, to fit anew without searching anew")
    options = parser.parse_args()
    encoder = Encoder.open(bundled_encoder_folder())
    chinese = WordEncoder.open(bundled_word_encoder_folder())
    embed = remembering(BilingualEncoder(encoder, lambda: chinese).embed)
    opened: dict[tuple[Any, ...], Any] = {}
    Lab.rerank = staticmethod(lambda question: reranker_for(question, lambda: encoder, opened))
    domains = public_domains(options.data, options.corpus, options.documents)
    quoted = public_domains(options.data, options.corpus, QUOTE_DOCUMENTS)
    report: dict[str, Any] = {}
    rows: dict[str, list[Row]] = {}
    if options.rows and options.rows.exists():
        rows = {name: [tuple(row) for row in found] for name, found in json.loads(options.rows.read_text()).items()}
    for name, language in (("en", "en"), ("zh", "zh"), (WORDS, "zh")):
        Lab.by_words = name == WORDS
        chosen = [one for one in domains if one.language == language]
        told = [one for one in quoted if one.language == language]
        if f"quote-{name}" not in rows:
            rows[f"quote-{name}"] = quote_rows(told, embed, options.questions)
        if f"natural-{name}" not in rows:
            rows[f"natural-{name}"] = natural_rows(options.data, language, embed)
        if f"faq-{name}" not in rows:
            rows[f"faq-{name}"] = (
                faq_rows_en(options.data, chosen, embed) if language == "en" else faq_rows_zh(chosen, embed)
            )
        if options.rows:
            options.rows.write_text(json.dumps(rows))
    judge = Judge(
        faq_dense=fit("faq_dense", rows["faq-en"], FAQ_DENSE, report, least_precision=0.95),
        faq_words=fit("faq_words", rows[f"faq-{WORDS}"], FAQ_WORDS, report, least_precision=0.95),
        quote_dense=fit("quote_dense", rows["quote-en"] + rows["natural-en"], QUOTE_DENSE, report),
        quote_words=fit("quote_words", rows[f"quote-{WORDS}"] + rows[f"natural-{WORDS}"], QUOTE_WORDS, report),
        quote_rerank=_with_reranker(rows["quote-en"] + rows["natural-en"], report),
        faq_chinese=fit("faq_chinese", rows["faq-zh"], FAQ_CHINESE, report, least_precision=0.95),
        quote_chinese=fit("quote_chinese", rows["quote-zh"] + rows["natural-zh"], QUOTE_CHINESE, report),
    )
    target = model_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(msgspec.json.format(msgspec.json.encode(judge), indent=2) + b"\n")
    graphs = ((bundled_encoder_folder() / name).read_bytes() for name in ("trunk.onnx", "top.onnx"))
    digest = hashlib.sha256(b"".join(graphs)).hexdigest()
    (target.parent / "fit.json").write_text(json.dumps({"encoder_sha256": digest} | report, indent=2) + "\n")
    (target.parent / "README.md").write_text(card(report), encoding="utf-8")
    print(json.dumps(report, indent=2))


def _with_reranker(rows: list[Row], report: dict[str, Any]) -> Logistic | None:
    """From the rows whose passage the reranker looked at; for the few others the program asks the model without."""
    seen = [row for row in rows if RERANK in row[0]]
    if len(seen) < LEAST_SEEN * len(rows):
        return None
    return fit("quote_rerank", seen, (RERANK, *QUOTE_DENSE), report)


_CARD = """# answerability

Logistic models of at most thirty-one plain features that judge whether an answer is right: of an approved answer
(`faq_*`) and of a quoted passage (`quote_*`), each with vectors (`*_dense`, English; `*_chinese`) and by words alone
(`*_words`, fitted on Chinese, for other languages). Features: `engine/serve/chat/evidence.py`. No text is in them, only
weights.

**Use.** Below its threshold an answer is not given. The thresholds of the quotes refuse {refused} of the natural
questions without an answer (fit half, cross-validated). The probability shown with an answer assumes that some {share}
of the questions have an answer in the documents; where fewer have, it is too high.

**Fitted on** (weights alone are shipped). Quotes: the fit half of our own natural questions in
`tests/quality/questions` (split by document, `packaging/models/natural_questions.py`; three quarters of the weight),
XQuAD (CC BY-SA 4.0), CMRC 2018 (CC BY-SA 4.0), DRCD (CC BY-SA 3.0), help pages of Dynamics 365 and Teams in English and
Chinese (CC BY 4.0), VA, GSA and 18F pages (US public domain), MedQuAD (CC BY 4.0). Approved answers: the help pages,
MedQuAD, BANKING77 (CC BY 4.0), Bitext customer support (CDLA-Sharing 1.0). Some public questions are said differently
by rule. Each question was asked with its document there, without it, in a foreign collection, and in collections large
and small.

**Measured on rows that had no part in the fit that predicts them** (domains left out; natural rows: cross-validation by
document inside the fit half)

{table}

"right" means: from an expected document; "answered" counts questions that have one. "near" and "far" are questions that
no document answers, about the collection's subject and about something else; "removed" ones lost the document that was
written down as answering them, though another may. Figures by domain and the reliability by bins are in `fit.json`. The
evaluation half of the natural questions is measured by `tests/quality/retrieval.py`; see docs/quality-chat.md.

**Limits.** A question in other words than the document's is often refused: docs/quality-chat.md has the figures of the
evaluation half. Intent-like short utterances (BANKING77, Bitext) seldom
reach the threshold of an approved answer. Other languages than English and Chinese use one of the three pairs by
their script and were not measured.
"""


def card(report: dict[str, Any]) -> str:
    """The model card, with the figures of this fit."""
    lines = [
        "| model and rows | rows | threshold | answered | of given, right | near refused | far refused "
        "| removed refused | foreign refused | AUC |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, told in report.items():
        cells = [
            name, told["rows"], told["threshold"], told["answered_when_known"], told["right_of_answered_known"],
            *(told["refused"].get(kind, "-") for kind in ("near", "far", "removed", "foreign")), told["auc"],
        ]  # fmt: skip
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return _CARD.format(share=f"{ANSWERABLE_SHARE:.0%}", refused=f"{REFUSED:.0%}", table="\n".join(lines))


def public_domains(data: Path, corpus: Path, documents: int) -> list[Domain]:
    """The public question sets, with at most so many documents each."""
    return [*instruct_domains(corpus, documents, SEED), medquad_domain(data, documents, SEED)]


# --- rows -----------------------------------------------------------------------------------------------------


def quote_rows(domains: list[Domain], embed: Any, count: int) -> list[Row]:
    """Each question in collections of three sizes, so that the judgement holds for a handful of documents too."""
    rows: list[Row] = []
    for size in SIZES:
        labs = {one.name: _labs(one, embed, size) for one in domains}
        for at, domain in enumerate(domains):
            foreign = domains[(at + 1) % len(domains)].name
            for number, question in enumerate(domain.questions[:count]):
                text = question.text if number % 3 == 0 else loosened(question.text, domain.language, number)
                own = labs[domain.name][question.document]
                looks = [(own, None, "known"), (own, question.document, "removed")]
                if number % 2:
                    looks.append((next(iter(labs[foreign].values())), None, "foreign"))
                for lab, without, kind in looks:
                    asked, candidates = lab.look(text, without)
                    found = best_quotes(asked, candidates[:QUOTED_FROM], embed if asked.vector is not None else None)
                    if found:
                        right = kind == "known" and found[0].candidate.doc == question.document
                        rows.append((quote_features(asked, found, candidates), right, domain.name, kind, domain.name))
            print(size, domain.name, len(rows), file=sys.stderr, flush=True)
    return rows


def natural_rows(data: Path, language: str, embed: Any) -> list[Row]:
    """The fit half of the natural questions, in whole and in small collections.

    Each is also asked with its documents left out and, in English, in the collection of another subject.
    """
    rows: list[Row] = []
    whole = {name: one for name, one in labs(data, embed).items() if (name == "tidb") == (language == "zh")}
    for at, (name, (files, lab)) in enumerate(whole.items()):
        foreign = list(whole.values())[(at + 1) % len(whole)][1]
        for one in askings(name):
            if one.half != "fit":
                continue
            small = small_collection(files, one)
            looks = [(one.kind, lab, None), (one.kind, Lab(embed).add_files(small), None)]
            if one.expected:
                rest = [file for file in small if file.path not in one.expected]
                looks.append(("removed", Lab(embed).add_files(rest), None))
                if len(one.expected) == 1:
                    looks.append(("removed", lab, one.expected[0]))
                if len(whole) > 1:
                    looks.append(("foreign", foreign, None))
            for kind, place, without in looks:
                asked, candidates = place.look(one.text, without)
                found = best_quotes(asked, candidates[:QUOTED_FROM], embed if asked.vector is not None else None)
                if found:
                    right = kind == "known" and found[0].candidate.doc in one.expected
                    rows.append((quote_features(asked, found, candidates), right, NATURAL, kind, one.group))
    return rows


_FILLERS = ("东西", "情况", "那种", "弄", "搞", "地方", "部分", "问题", "办法", "方面", "处理", "事情")


def loosened(question: str, language: str, seed: int) -> str:
    """A question with part of its words lost, as when somebody asks in other words than the document's.

    The public questions were written by people who looked at the text, and share more words with it than those of
    people who look for it. Chinese: a third of the pairs of characters become fillers; English: a fifth of the words
    goes.
    """
    chooser = random.Random(seed)
    if language == "zh":
        return re.sub(
            "[\u4e00-\u9fff]{2}",
            lambda found: chooser.choice(_FILLERS) if chooser.random() < 0.34 else found.group(),
            question,
        )
    words = question.split()
    kept = [word for word in words if word.lower() in ENGLISH or chooser.random() > 0.2]
    return " ".join(kept) if len(kept) > 2 else question


def _labs(domain: Domain, embed: Any, size: int) -> dict[str, Lab]:
    """The collection that each document is in, when the domain is dealt out in collections of this size."""
    labs: dict[str, Lab] = {}
    for start in range(0, len(domain.texts), size):
        part = domain.texts[start : start + size]
        lab = Lab(embed).add(part)
        labs |= {one.id: lab for one in part}
    return labs


def remembering(embed: Any) -> Any:
    """The same vectors, each text embedded once."""
    known: dict[str, Any] = {}

    def look_up(texts: Any) -> Any:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known.update(zip(new, embed(new), strict=True))
        return np.stack([known[text] for text in texts])

    return look_up


def faq_rows_en(data: Path, domains: list[Domain], embed: Any) -> list[Row]:
    """Three kinds of like questions, each asked with its approved answer there and with it left out.

    Utterances of one intent (the most central one is approved), questions about diseases where only the disease or only
    the aspect differs, and questions of help pages said differently by rule.
    """
    rows: list[Row] = []
    for name, pairs, asked in (*_intents(data, embed), *_pages(domains)):
        lab = Lab(embed).add_faq(pairs)
        for text, reply in asked:
            rows += _faq_rows(lab, text, reply, name)
    return rows


def _faq_rows(lab: Lab, text: str, reply: str, name: str) -> list[Row]:
    rows: list[Row] = []
    for without, kind in (("", "known"), (reply, "removed")):
        asked, found = lab.look_faq(text, without)
        if found and not conflict(text, found[0].question, found[0].answer):
            others = [one for one in found[1:] if one.answer != found[0].answer]
            rows.append((faq_features(asked, found[0], others), found[0].answer == reply, name, kind, name))
    return rows


Pairs = list[tuple[str, str]]


def _intents(data: Path, embed: Any) -> Iterator[tuple[str, Pairs, Pairs]]:
    groups: dict[str, dict[str, list[str]]] = {"bitext": defaultdict(list), "banking": defaultdict(list)}
    replies: dict[str, str] = {}
    with gzip.open(data / "bitext_support" / "qa.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            groups["bitext"][row["intent"]].append(row["instruction"])
            replies.setdefault(row["intent"], row["response_short"])
    with gzip.open(data / "banking77" / "train.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for cells in csv.DictReader(file):
            groups["banking"][cells["label"]].append(cells["text"])
    chooser = random.Random(SEED)
    for name, intents in groups.items():
        pairs, asked = [], []
        for intent, texts in sorted(intents.items()):
            some = chooser.sample(sorted(set(texts)), min(20, len(set(texts))))
            vectors = embed(some)
            central = int((vectors @ vectors.mean(axis=0)).argmax())
            reply = replies.get(intent, f"About {intent}.")
            pairs.append((some[central], reply))
            asked += [(text, reply) for i, text in enumerate(some[:7]) if i != central]
        yield name, pairs, asked


_EN_WAYS = (
    ("How do I", "How can I"), ("How do I", "What is the way to"), ("Can I", "Is it possible to"),
    ("What is", "Explain"), ("Why", "For what reason"), ("Do I need to", "Must I"), ("create", "make"),
    ("delete", "remove"), ("change", "edit"), ("set up", "configure"), ("add", "insert"), ("find", "locate"),
    ("get", "receive"), ("view", "see"), ("choose", "pick"), ("use", "work with"), ("start", "begin"),
    (" the ", " "), (" a ", " "), (" my ", " the "), ("?", ""), ("information", "details"),
    ("apply for", "request"), ("benefits", "payments"), ("update", "refresh"), ("multiple", "several"),
    ("enable", "activate"),
)  # fmt: skip


def _pages(domains: list[Domain]) -> Iterator[tuple[str, Pairs, Pairs]]:
    chooser = random.Random(SEED)
    for domain in domains:
        if domain.name not in ("dynamics-en", "government-en", "medquad-en"):
            continue
        replies = {one.id: one.passages[0] for one in domain.texts}
        pairs, asked = [], []
        for question in domain.questions:
            reply = replies[question.document]
            if question.approved:
                pairs.append((question.approved, reply))
                asked.append((question.text, reply))
            elif all(reply != known for _, known in pairs):
                pairs.append((question.text, reply))
                said = question.text
                for old, new in chooser.sample(_EN_WAYS, len(_EN_WAYS)):
                    said = said.replace(old, new, 1)
                asked.append((said, reply))
        yield domain.name, pairs, asked


_ZH_WAYS = (
    ("如何", "怎么"), ("如何", "怎样才能"), ("怎么", "如何"), ("为什么", "为何"), ("是否", "能不能"),
    ("可以", "能"), ("什么是", "解释一下"), ("有哪些", "都有什么"), ("吗？", "不？"), ("请问", ""),
    ("使用", "用"), ("创建", "新建"), ("删除", "删掉"), ("更改", "修改"), ("设置", "配置"),
    ("查看", "看"), ("添加", "增加"), ("我", ""), ("的", ""), ("中", "里"),
    ("？", ""),
)  # fmt: skip


def faq_rows_zh(domains: list[Domain], embed: Any) -> list[Row]:
    """Questions of Chinese help pages, said differently by rule; near ones come from the same product."""
    rows: list[Row] = []
    chooser = random.Random(SEED)
    for domain in domains:
        if domain.name not in ("teams-zh", "operations-zh"):
            continue
        replies = {one.id: one.passages[0] for one in domain.texts}
        pairs = list({question.text: replies[question.document] for question in domain.questions}.items())[:300]
        lab = Lab(embed).add_faq(pairs)
        for question, reply in pairs:
            for opening in ("", chooser.choice(["请问", "我想知道", "麻烦问下，"])):
                said = question
                for old, new in chooser.sample(_ZH_WAYS, len(_ZH_WAYS)):
                    said = said.replace(old, new, 1)
                rows += _faq_rows(lab, opening + said, reply, domain.name)
    return rows


# --- fitting --------------------------------------------------------------------------------------------------


def fit(
    name: str, rows: list[Row], features: tuple[str, ...], report: dict[str, Any],
    *, least_precision: float | None = None,
) -> Logistic:  # fmt: skip
    """Fit one model; its threshold comes from predictions for rows that it was not fitted on.

    With natural questions among the rows, the threshold refuses `REFUSED` of those without an answer; else it is the
    lowest that keeps `least_precision`.
    """
    x = np.array([[row[0][feature] for feature in features] for row in rows])
    y = np.array([row[1] for row in rows])
    domain, kind, group = (np.array([row[i] for row in rows]) for i in (2, 3, 4))
    natural = domain == NATURAL
    weight = _row_weights(kind, natural)
    held_out = _held_out(x, y, weight, domain, group, features)
    weights, bias = _logistic(x, y, weight, features)
    if natural.any():
        threshold = _refusing(held_out[natural & (kind == "near")], held_out[natural & (kind == "far")])
        report[f"{name} natural"] = _figures(held_out, y, kind, weight, domain, natural, threshold)
    else:
        threshold = _precise(held_out, y, weight, least_precision or 0.95)
    report[name] = _figures(held_out, y, kind, weight, domain, ~natural, threshold)
    return Logistic(
        weights={feature: round(float(value), 4) for feature, value in zip(features, weights, strict=True) if value},
        bias=round(float(bias), 4),
        threshold=round(threshold, 4),
    )


def _refusing(near: Any, far: Any) -> float:
    """The probability below which `REFUSED` of the questions without an answer lie, near ones counting NEAR_SHARE."""
    scores = np.concatenate([near, far])
    counts = ((len(near), NEAR_SHARE), (len(far), 1 - NEAR_SHARE))
    shares = np.concatenate([np.full(count, share / count) for count, share in counts])
    order = np.argsort(scores)
    return float(np.interp(REFUSED, np.cumsum(shares[order]) - shares[order] / 2, scores[order]))


def _row_weights(kind: Any, natural: Any) -> Any:
    """Public rows: answerable and unanswerable balanced. Natural rows: by what they tell (see KIND_WEIGHTS)."""
    known = kind == "known"
    public = ~natural
    weight = np.zeros(len(kind))
    for part, share in ((public & known, ANSWERABLE_SHARE), (public & ~known, 1 - ANSWERABLE_SHARE)):
        if part.any():
            weight[part] = share / part.sum() * public.sum()
    if natural.any():
        weight[natural] = [KIND_WEIGHTS[one] for one in kind[natural]]
        weight[public] *= (1 - NATURAL_SHARE) / NATURAL_SHARE * weight[natural].sum() / weight[public].sum()
    return weight


def _held_out(x: Any, y: Any, weight: Any, domain: Any, group: Any, features: tuple[str, ...]) -> Any:
    """Probabilities of each row from models fitted without its domain, or without its documents if it is natural."""
    result = np.zeros(len(y))
    for one in sorted(set(domain) - {NATURAL}):
        test = domain == one
        weights, bias = _logistic(x[~test], y[~test], weight[~test], features)
        result[test] = 1 / (1 + np.exp(-(x[test] @ weights + bias)))
    natural = domain == NATURAL
    groups = sorted(set(group[natural]))
    for seed in range(REPEATS):
        fold_of = dict(zip(groups, np.random.default_rng(SEED + seed).permutation(len(groups)) % FOLDS, strict=True))
        fold = np.array([fold_of.get(one, -1) for one in group])
        for number in range(FOLDS):
            test = natural & (fold == number)
            if test.any():
                weights, bias = _logistic(x[~test], y[~test], weight[~test], features)
                result[test] += 1 / (1 + np.exp(-(x[test] @ weights + bias))) / REPEATS
    return result


def _figures(p: Any, y: Any, kind: Any, weight: Any, domain: Any, part: Any, threshold: float) -> dict[str, Any]:
    """What the card says about some of the rows, from predictions that those rows had no part in."""
    p, y, kind, weight, domain = p[part], y[part], kind[part], weight[part], domain[part]
    known = kind == "known"
    bins = np.clip((p * 5).astype(int), 0, 4)

    def refused(name: str) -> float | None:
        return round(float((p[kind == name] < threshold).mean()), 3) if (kind == name).any() else None

    return {
        "rows": len(y),
        "domains": sorted(set(domain)),
        "threshold": round(threshold, 3),
        "right_when_known": round(float(y[known].mean()), 3),
        "answered_when_right": round(float((p[y] >= threshold).mean()), 3),
        "answered_when_known": round(float((p[known] >= threshold).mean()), 3),
        "right_of_answered_known": round(float(y[known & (p >= threshold)].mean()), 3),
        "refused": {one: refused(one) for one in ("near", "far", "removed", "foreign") if refused(one) is not None},
        "auc": round(_auc(p, y), 3),
        "reliability": [
            {"said": round(float(np.average(p[bins == b], weights=weight[bins == b])), 3),
             "was": round(float(np.average(y[bins == b], weights=weight[bins == b])), 3), "n": int((bins == b).sum())}
            for b in range(5) if (bins == b).any()
        ],
        "per_domain": {
            str(one): {
                "answered_when_known": round(float((p[known & (domain == one)] >= threshold).mean()), 3),
                "refused": round(float((p[~known & (domain == one)] < threshold).mean()), 3),
            }
            for one in sorted(set(domain))
        },
    }  # fmt: skip


_NEGATIVE = {"unknown", "missing_rarest", "kind_missing", "names_missing", "numbers_missing"}
_FREE = {"log_terms"}


def _logistic(x: Any, y: Any, weight: Any, features: tuple[str, ...]) -> tuple[Any, float]:
    """Ridge-penalised logistic regression in which no feature may count against common sense.

    Without bounds the fit learns quirks of the question sets, such as "sharing words speaks against an answer".
    """
    from scipy.optimize import minimize

    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    z = (x - mean) / scale

    def loss(values: Any) -> tuple[float, Any]:
        margin = z @ values[:-1] + values[-1]
        p = 1 / (1 + np.exp(-margin))
        cost = weight @ (np.logaddexp(0, margin) - y * margin) + 0.5 * (values[:-1] ** 2).sum()
        slope = weight * (p - y)
        return float(cost), np.append(z.T @ slope + values[:-1], slope.sum())

    bounds = [(None, None) if one in _FREE else (None, 0.0) if one in _NEGATIVE else (0.0, None) for one in features]
    found = minimize(loss, np.zeros(len(features) + 1), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)])
    weights = found.x[:-1] / scale
    return weights, float(found.x[-1] - weights @ mean)


def _precise(p: Any, y: Any, weight: Any, precision: float) -> float:
    """The lowest threshold above which this share of the answers is right."""
    for threshold in np.arange(0.02, 0.99, 0.005):
        answered = p >= threshold
        if answered.any() and np.average(y[answered], weights=weight[answered]) >= precision:
            return float(threshold)
    return 0.98


def _auc(p: Any, y: Any) -> float:
    order = np.argsort(np.argsort(p)) + 1
    positives = int(y.sum())
    return float((order[y].sum() - positives * (positives + 1) / 2) / (positives * (len(y) - positives)))


if __name__ == "__main__":
    main()
