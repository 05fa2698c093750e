# ruff: noqa: E501 - rows of values read best on one line
"""Answers as a filled workspace would give them, for pictures of the window without an engine."""

from __future__ import annotations

import json
import random
from typing import Any

import msgspec
from fake_desk import desk_answers
from fake_generator import GENERATOR_MODELS, generator_answers, generator_card

from engine import api
from engine.values import Citation, LabelScore, Progress, Rejection, Sentence

NOW = "2025-05-14T09:12:00+00:00"


def _files(names: list[tuple[str, int, int]]) -> tuple[api.DocumentInfo, ...]:
    return tuple(
        api.DocumentInfo(
            n + 1,
            f"/home/kim/shop/{name}",
            name.rsplit(".", 1)[0].replace("-", " ").title(),
            pages,
            passages,
            passages * 2100,
            NOW,
        )
        for n, (name, pages, passages) in enumerate(names)
    )


COLLECTIONS = api.Collections(
    (
        api.CollectionInfo(
            "Online shop",
            7,
            214,
            42,
            _files(
                [
                    ("returns-policy.pdf", 6, 31),
                    ("delivery-terms.docx", 1, 28),
                    ("warranty-and-repairs-for-electrical-goods-bought-before-2024.html", 1, 44),
                    ("gift-cards.md", 1, 12),
                    ("faq.csv", 1, 42),
                    ("size-guide.txt", 1, 9),
                    ("payment-methods.pdf", 4, 48),
                ]
            ),
        ),
        api.CollectionInfo(
            "Clinic", 3, 88, 0, _files([("handbook.pdf", 24, 70), ("opening-hours.md", 1, 6), ("hygiene.docx", 1, 12)])
        ),
    )
)
DATASETS = api.Datasets(
    (
        api.DatasetInfo("shop-messages", "labelled", 640, 1, NOW, "/home/kim/shop/messages.csv", 8),
        api.DatasetInfo("shop-catalogue", "items", 320, 1, NOW, "/home/kim/shop/catalogue.xlsx"),
        api.DatasetInfo("shop-purchases", "events", 12480, 2, NOW, "/home/kim/shop/purchases.csv"),
        api.DatasetInfo("clinic-findings", "entities", 118, 1, NOW, "/home/kim/clinic/findings.jsonl"),
        api.DatasetInfo("shop-inbox", "texts", 4120, 1, NOW, "/home/kim/shop/inbox.csv"),
        api.DatasetInfo("clinic-notes", "labelled", 210, 1, NOW, "/home/kim/clinic/notes.jsonl", 5),
    )
)
LABELS = ("refund", "delivery", "account", "payment", "product question", "complaint", "praise", "other")
MODELS = api.Models(
    (
        api.ModelInfo("encoder-en", "encoder", 1, 23_100_000, False, True, True, NOW, (), {}, True, ("en",)),
        api.ModelInfo(
            "shop-topics", "classify", 3, 41_200, False, True, True, NOW, LABELS,
            {"accuracy": 0.914, "macro_f1": 0.902, "ece": 0.021, "n_train": 512, "n_valid": 128},
        ),
        api.ModelInfo(
            "clinic-finds", "entities", 1, 910_000, False, True, True, NOW, ("Disease", "Drug", "Dose"),
            {"f1": 0.834, "f1_low": 0.811, "f1_high": 0.852, "precision": 0.829, "recall": 0.839, "n_train": 512, "n_valid": 118},
        ),
        *GENERATOR_MODELS,
        api.ModelInfo("shop-taste", "recommend", 1, 1_240_000, True, True, True, NOW, (), {"ndcg@10": 0.312, "recall@10": 0.274, "coverage": 0.61}),
    )
)  # fmt: skip
JOBS = api.Jobs(
    (
        api.JobInfo(9, "Train shop-topics", "TrainClassifier", "running", NOW, None, None, Progress(38, 100, "embedding", 42.0)),
        api.JobInfo(8, "Index documents into Online shop", "AddDocuments", "partly", NOW, NOW, 12.4, None, "1 file was skipped."),
        api.JobInfo(7, "Import shop-purchases", "ImportData", "done", NOW, NOW, 2.1),
        api.JobInfo(6, "Learn recommendations shop-taste", "FitRecommender", "done", NOW, NOW, 8.0),
        api.JobInfo(5, "Back up to /media/usb/casemate.casemate", "Backup", "failed", NOW, NOW, 0.4, None, "The disk of /media/usb is full."),
        api.JobInfo(4, "Label inbox.csv", "ClassifyFile", "cancelled", NOW, NOW, 31.0),
    )
)  # fmt: skip
AUDIT = api.AuditEntries(
    tuple(
        api.AuditEntry(n, NOW, action, subject, f"{n * 7919:016x}" * 4)
        for n, (action, subject) in enumerate(
            [
                ("workspace created", ""),
                ("workspace unlocked", ""),
                ("data imported", "shop-messages"),
                ("model trained", "shop-topics 1"),
                ("documents added", "Online shop"),
                ("settings changed", "auto_lock_s"),
                ("backup written", "/media/usb/casemate.casemate"),
            ],
            1,
        )
    )
)
MESSAGES = [
    ("My parcel has not arrived and the tracking page is empty.", "delivery"),
    ("I want my money back for the blue lamp, it came broken.", "refund"),
    ("How do I change the e-mail address of my account?", "account"),
    ("The card was charged twice for one order.", "payment"),
    ("Does the kettle switch off by itself?", "product question"),
]
PAGE = api.DatasetPage(
    DATASETS.datasets[0],
    ("text", "label"),
    tuple(MESSAGES * 20),
    0,
    dict(zip(LABELS, (132, 121, 98, 84, 77, 61, 40, 27), strict=True)),
)
CLINIC = (
    "Patient with type 2 diabetes takes metformin 500 mg twice a day.",
    "Started amoxicillin for a middle ear infection; ibuprofen 200 mg when in pain. No fever since Monday, and the swelling behind the ear is gone.",
    "Asthma is well under control, salbutamol only before sport.",
)
TERMS = {
    "type 2 diabetes": "Disease",
    "metformin": "Drug",
    "500 mg": "Dose",
    "amoxicillin": "Drug",
    "middle ear infection": "Disease",
    "ibuprofen": "Drug",
    "200 mg": "Dose",
    "fever": "Disease",
    "Asthma": "Disease",
    "salbutamol": "Drug",
}


def entities_of(text: str) -> tuple[api.Entity, ...]:
    """The terms of a clinic text, where they stand."""
    found = [(text.find(term), term, label) for term, label in TERMS.items() if term in text]
    return tuple(
        api.Entity(at, at + len(term), label, 0.99 - 0.031 * n, term)
        for n, (at, term, label) in enumerate(sorted(found))
    )


def marked_page(request: api.ShowDataset) -> api.DatasetPage:
    rows = tuple(
        (text, json.dumps([{"start": item.start, "end": item.end, "label": item.label} for item in entities_of(text)]))
        for text in CLINIC
    )
    return api.DatasetPage(
        DATASETS.datasets[3], ("text", "spans"), (rows * 40)[request.offset : 118][: request.limit], request.offset
    )


FOUND_TRAINED = api.EntitiesTrained(
    "clinic-finds", 1, "lora", 212.0, 9, MODELS.models[2].metrics, True, 780.0, 910_000, ("Disease", "Drug", "Dose"),
    (
        api.EntityReport("Disease", 0.81, 0.83, 0.82, 204),
        api.EntityReport("Drug", 0.91, 0.90, 0.905, 131),
        api.EntityReport("Dose", 0.52, 0.41, 0.458, 40),
    ),
    (
        {"text": CLINIC[1], "start": 88, "end": 93, "label": "", "predicted": "Disease", "score": 0.97},
        {"text": CLINIC[0], "start": 45, "end": 51, "label": "Dose", "predicted": "Drug", "score": 0.93},
        {"text": CLINIC[2], "start": 0, "end": 6, "label": "Disease", "predicted": "", "score": 0.88},
    ),
)  # fmt: skip
EXPLAINED = (
    ("charged", 0.284),
    ("twice", 0.191),
    ("payments", 0.122),
    ("back", -0.093),
    ("order", -0.041),
    ("my", 0.012),
)
QUEUE = api.LabellingQueue(
    (
        api.QueuedText(1, "shop-topics", "The courier left the box with a neighbour I have never met, and one cup is broken.", "uncertain", (("delivery", 0.41), ("complaint", 0.34), ("refund", 0.15), ("other", 0.04)), 0.9),
        api.QueuedText(2, "shop-topics", "Thanks, but no.", "read", (("praise", 0.5), ("other", 0.4)), 0.8),
    ),
    48, 17, LABELS,
)  # fmt: skip


def explained(request: api.Explain) -> api.Explanation:
    words = tuple(
        api.TokenWeight(word, request.text.find(word), request.text.find(word) + len(word), weight)
        for word, weight in EXPLAINED
        if word in request.text
    )
    return api.Explanation(request.label or "", 0.93, words, api.Faithfulness(0.412, 0.051, 0.083, 0.377, 0.2), 0.3)


LINT = api.DatasetLint(
    "shop-messages",
    640,
    True,
    (
        api.LintFinding("duplicates", "warning", "6 texts occur more than once.", 6, ("Where is my parcel?",)),
        api.LintFinding("tiny", "note", "The label “other” has only 27 texts.", 27),
    ),
)
PREVIEW = api.FilePreview(
    "/home/kim/shop/messages.csv", "csv", "utf-8", ",", ("message", "topic", "date"),
    tuple((text, label, "2025-05-01") for text, label in MESSAGES), "labelled",
    {"labelled": {"text": "message", "label": "topic"}, "texts": {"text": "message"}}, ("2 rows have more cells than the header.",),
)  # fmt: skip
VAULT = api.VaultInfo(
    "/home/kim/casemate/workspace.casemate", 18_400_000, 3, "ChaCha20-Poly1305", "Argon2id", NOW, 10, 4, 3, 6, 118, NOW
)
DIAGNOSIS = api.Diagnosis(
    {"cpu": "AMD Ryzen 5 5600U", "os": "Debian 12", "threads": 12, "memory_mb": 15800, "free_mb": 9100},
    [{"name": "encoder-en", "ok": True}],
    {"attempts": 7, "refused": 7},
    {},
    {"Casemate": "0.1.0", "Python": "3.11.9", "SQLite": "3.46"},
    True,
)
STATE = api.WorkspaceState("/home/kim/casemate", True, True, 600)
CITATION = Citation(
    "returns-policy.pdf", 2, "You may return any item within 30 days of delivery.", 120, 171, 1, "Returns Policy"
)
ANSWER = api.Answer(
    "You may return any item within 30 days of delivery.", "quote", 0.87, (CITATION,),
    (Sentence("You may return any item within 30 days of delivery.", True, 0),), 0.08, 1, 2,
)  # fmt: skip
CONVERSATIONS = api.Conversations((api.ConversationInfo(1, "How long can I return something?", "Online shop", NOW, 2),))
CONVERSATION = api.Conversation(
    CONVERSATIONS.conversations[0],
    (
        api.ChatMessage(1, "user", "How long can I return something?", NOW),
        api.ChatMessage(2, "assistant", ANSWER.answer, NOW, ANSWER),
    ),
)
ADDED = api.DocumentsAdded(
    "Online shop", 31,
    (
        api.DocumentReport("/home/kim/shop/returns-policy.pdf", "indexed", None, 31, 6),
        api.DocumentReport("/home/kim/shop/scan.pdf", "failed", "The file is encrypted with a password.", 0, 0),
    ), 1.2,
)  # fmt: skip
IMPORTED = api.DataImported(
    "shop-messages", "labelled", 642, 640, 2,
    (Rejection(17, "The text is empty.", "empty"), Rejection(93, "The row has 4 cells and the header has 3.", "ragged")),
    "utf-8", ",", {"text": "message", "label": "topic"}, (), 0.4,
)  # fmt: skip


FORECAST = api.TrainingForecast(
    "shop-messages",
    (
        api.MethodForecast("zero", 1.2, 310, 0.58, 0.52, 0.63, True),
        api.MethodForecast("head", 4.0, 340, 0.871, 0.85, 0.89, True),
        api.MethodForecast("lora", 190.0, 920, 0.921, 0.902, 0.938, True),
        api.MethodForecast("full", 1260.0, 2900, None, None, None, False, "It needs 2,900 MB of memory and 1,420 MB are free."),
        api.MethodForecast("adalora", 240.0, 940, 0.922, 0.9, 0.94, True),
        api.MethodForecast("prefix", 170.0, 880, 0.9, 0.87, 0.92, True),
    ),
    "lora", "It promises 5 points more than the quick lesson for three more minutes.", 1420.0, "cpu", 21.0,
)  # fmt: skip
CURVE = tuple(
    api.CurvePoint(
        step,
        step / 80,
        0.16 + 2.0 / (1 + step / 22) + 0.18 * ((step * 7919) % 13 - 6) / 6,
        None if step % 40 else 0.62 + 0.31 * (1 - 0.6 ** (step / 40)) - (0.008 if step > 350 else 0),
    )
    for step in range(4, 404, 4)
)
TRAINED = api.ClassifierTrained(
    "shop-messages", 2, "lora", 214.0, 5,
    {"accuracy": 0.923, "accuracy_low": 0.887, "accuracy_high": 0.951, "macro_f1": 0.911, "ece": 0.019, "ece_before": 0.058, "n_valid": 128, "n_train": 512},
    True, 934.0, 1_180_000,
    tuple(api.LabelReport(label, 0.9 + place / 100, 0.88 + place / 120, 0.89 + place / 110, 26 - 2 * place) for place, label in enumerate(LABELS)),
    LABELS,
    tuple(tuple(24 - 2 * row if row == column else (3 if (row, column) in ((1, 0), (3, 2)) else 1 if (row * 5 + column) % 7 == 0 else 0) for column in range(len(LABELS))) for row in range(len(LABELS))),
    (api.RiskPoint(0.3, 1.0, 0.923), api.RiskPoint(0.5, 0.95, 0.951), api.RiskPoint(0.7, 0.9, 0.972), api.RiskPoint(0.9, 0.78, 0.99), api.RiskPoint(0.97, 0.55, 1.0)),
    tuple({"text": text, "label": label, "predicted": "refund", "score": 0.97 - n / 20} for n, (text, label) in enumerate(MESSAGES[2:5])),
    curve=CURVE,
    slices=(
        api.SliceScore("length", "short (8-38)", 43, 0.953, 0.87, 0.99), api.SliceScore("length", "medium (39-74)", 43, 0.93, 0.84, 0.98),
        api.SliceScore("length", "long (75-412)", 42, 0.833, 0.71, 0.91), api.SliceScore("channel", "e-mail", 80, 0.93, 0.87, 0.97), api.SliceScore("channel", "chat", 48, 0.91, 0.81, 0.96),
    ),
    robustness=(
        api.RobustnessScore("typos", 128, 0.923, 0.86, 0.9), api.RobustnessScore("upper case", 128, 0.923, 0.923, 1.0),
        api.RobustnessScore("negation", 96, 0.93, 0.88, 0.9), api.RobustnessScore("names", 30, 0.93, 0.93, 1.0),
    ),
    out_of_scope=api.OutOfScope(0.934, 0.68, 0.52, 240, ("praise",)),
    quantisation={"fp32": 0.926, "int8": 0.923, "used_fp32": 0},
    notes=("Stopped early: nothing was gained after round 4.",),
)  # fmt: skip
VERSIONS = api.Versions(
    "shop-messages", "classify",
    (
        api.VersionInfo(2, NOW, True, "lora", "shop-messages", 1_180_000, {"accuracy": 0.923}, {"promote": True, "texts": 128, "champion_right": 111, "challenger_right": 118, "chance": 0.99}),
        api.VersionInfo(1, NOW, False, "head", "shop-messages", 41_200, {"accuracy": 0.871}),
    ),
)  # fmt: skip
COMPARED = api.VersionsCompared(
    "shop-messages", 1, 2, 128, 111, 118, 4, 11, 0.118,
    {label: (0.82 + place / 90, 0.9 + place / 110) for place, label in enumerate(LABELS)},
    ({"text": MESSAGES[0][0], "label": "delivery", "first": "complaint", "second": "delivery"}, {"text": MESSAGES[3][0], "label": "payment", "first": "payment", "second": "refund"}),
)  # fmt: skip
UNFINISHED = api.UnfinishedTrainings(
    (api.Unfinished(4, "clinic-notes", "classify", "lora", 2.5, NOW, {"dataset": "clinic-notes"}),)
)


def learning() -> list[dict[str, float]]:
    """What a training reports on its way, point by point."""
    return [
        {"step": float(point.step), "epoch": point.epoch, "loss": point.loss}
        | ({} if point.valid_score is None else {"valid_score": point.valid_score})
        for point in CURVE
    ]


RANKED = api.RankedItems(
    (
        api.RankedItem("p-4", "Carbon steel pan, 28 cm", 0.82, "People who chose “Cast iron pot” often chose this too.", "behaviour", price=39.5, categories=("Kitchen",)),
        api.RankedItem("p-9", "Chef's knife, 20 cm", 0.61, "Its description is close to “Bread knife”.", "text"),
        api.RankedItem("p-2", "Linen apron", 0.35, "Chosen by 41 of 320 people.", "popular"),
        api.RankedItem("p-7", "Pepper mill made of olive wood", 0.11, "Nobody has chosen it yet.", "text"),
    ),
    history=(("p-1", "Cast iron pot"), ("p-3", "Bread knife"), ("p-5", "Wooden spoon"), ("p-6", "Enamel mug")),
)  # fmt: skip


RULES = api.RecommendRules(
    "shop-taste",
    (
        api.RecommendRule("exclude", "p-11"), api.RecommendRule("pin", "p-4"), api.RecommendRule("in_stock", "yes"),
        api.RecommendRule("per_category", "3"), api.RecommendRule("sensitive", "Health"),
    ),
    (), ("Kitchen", "Garden", "Health"), 24,
)  # fmt: skip
FEEDBACK = api.FeedbackFigures(
    812, 8120, 690, 61,
    tuple(
        api.FeedbackPeriod(f"2026-0{4 + n // 4}-{6 + 7 * (n % 4):02}", 101, 1015, hits, 8, hits / 1015, hits / 1015 - 0.017, hits / 1015 + 0.019, (1,))
        for n, hits in enumerate((92, 95, 90, 97, 91, 88, 74, 63))
    ),
    "down", "The hit rate falls.",
)  # fmt: skip


def item_map() -> api.ItemMap:
    """Groups of points around five middles."""
    rng = random.Random(4)
    middles = (((-0.6, 0.4), ("pan", "steel", "cast")), ((0.5, 0.5), ("apron", "linen")), ((0.1, -0.1), ("knife", "blade")),
               ((-0.4, -0.6), ("mill", "pepper", "salt")), ((0.7, -0.5), ("mug", "glazed")))  # fmt: skip
    points, groups = [], []
    for number, ((x, y), words) in enumerate(middles):
        for one in range(60):
            at = (x + rng.gauss(0, 0.11), y + rng.gauss(0, 0.1))
            points.append(api.MapPoint(f"p-{number}-{one}", f"{words[0]} {one}", *at, number, rng.randrange(300)))
        groups.append(api.MapGroup(words, x, y, 60))
    return api.ItemMap("text", tuple(points), tuple(groups), 0)


def answers() -> dict[type[api.Request], Any]:
    """An answer for every request that the pages make by themselves."""
    return {
        api.GetWorkspace: STATE,
        api.Unlock: STATE,
        api.Lock: api.WorkspaceState("/home/kim/casemate", True, False, 600),
        api.ListCollections: COLLECTIONS,
        api.ListDatasets: DATASETS,
        api.ShowDataset: lambda request: marked_page(request) if request.name == "clinic-findings" else PAGE,
        api.ExtractEntities: lambda request: api.EntitiesFound(
            tuple(api.TextEntities(text, entities_of(text)) for text in request.texts), 0.03
        ),
        api.RecommendTop: RANKED,
        api.SimilarItems: RANKED,
        api.TogetherItems: RANKED,
        api.ListRules: RULES,
        api.GetFeedbackFigures: FEEDBACK,
        api.MapItems: item_map(),
        api.Evaluate: api.Evaluated(
            n=420,
            accuracy=TRAINED.metrics["accuracy"],
            macro_f1=TRAINED.metrics["macro_f1"],
            per_label=TRAINED.per_label,
            labels=TRAINED.labels,
            confusion=TRAINED.confusion,
            ece=0.021,
            risk_coverage=TRAINED.risk_coverage,
            unknown_labels=("complaint about staff",),
            taught=64,
        ),
        api.EvaluateEntities: api.EntitiesEvaluated(
            118, 0.829, 0.839, 0.834, 0.728, FOUND_TRAINED.per_label, FOUND_TRAINED.mistakes
        ),
        api.Explain: explained,
        api.GetQueue: QUEUE,
        api.FillQueue: QUEUE,
        api.AnswerQueued: api.LabellingQueue(QUEUE.texts[1:], 47, 18, LABELS),
        api.UndoAnswer: QUEUE,
        api.AddCorrection: QUEUE,
        api.LintDataset: LINT,
        api.PreviewFile: PREVIEW,
        api.ListModels: MODELS,
        api.VerifyModels: MODELS,
        api.GetModelCard: lambda request: (
            generator_card(request)
            or api.ModelCard(
                next(item for item in MODELS.models if item.name == request.name),
                f"# {request.name}\n\nSorts messages of the online shop by topic. Trained on 512 texts, tested on 128.\n\n"
                "**Not for** decisions about people.\n",
                msgspec.to_builtins({"clinic-finds": FOUND_TRAINED, "shop-topics": TRAINED}.get(request.name, {})),
            )
        ),
        api.ListJobs: JOBS,
        api.ForecastTraining: FORECAST,
        api.ListUnfinished: UNFINISHED,
        api.ListVersions: VERSIONS,
        api.CompareVersions: COMPARED,
        api.PauseJob: api.Done(),
        api.ListAudit: AUDIT,
        api.VerifyAudit: api.AuditVerified(118, True, None),
        api.GetVaultInfo: VAULT,
        api.Diagnose: DIAGNOSIS,
        api.ListConversations: CONVERSATIONS,
        api.GetConversation: CONVERSATION,
        api.AskQuestion: ANSWER,
        api.GetPage: api.DocumentPage(
            "returns-policy.pdf", "Returns Policy", 2, 6, "Returns. " * 12 + CITATION.excerpt
        ),
        api.ListPeople: api.People((("ann", "14"), ("ben", "9"), ("chen", "31"))),
        api.Classify: lambda request: api.Classified(
            tuple(
                api.TextLabel(text, "delivery", 0.93, False, (LabelScore("delivery", 0.93), LabelScore("refund", 0.04)))
                for text in request.texts
            ),
            0.6,
            0.02,
        ),
        **desk_answers(),
        **generator_answers(),
    }
