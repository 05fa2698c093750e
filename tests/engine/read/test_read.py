"""Read from end to end with the bundled encoder: teach, label texts and files, abstain, evaluate, improve."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import api
from engine.errors import ColumnsUnknown, DataUnusable, PackUnusable, UnknownName, UsageError
from engine.host.service import Service

WHAT = {
    "delivery": ["parcel has not arrived", "package is late", "delivery is missing", "courier never came"],
    "refund": ["want my money back", "refund has not been paid", "please reimburse me", "return it for a refund"],
    "password": ["forgot my password", "cannot sign in", "reset link does not work", "login is locked"],
}
START = ["Hello,", "Hi there,", "Good morning,", "Please help:", "Sorry to bother you,"]
END = ["since Monday", "for order 4471", "after two weeks", "and nobody answers", "as promised"]
CHINESE = {
    "物流": ["包裹还没有到", "快递一直不动", "什么时候发货"],
    "退款": ["我要退款", "钱还没有退回", "退货怎么退钱"],
}

Import = Callable[..., str]


def messages(count: int, seed: int = 0) -> list[tuple[str, str]]:
    chance = random.Random(seed)
    found: dict[str, str] = {}
    while len(found) < count:
        label = sorted(WHAT)[len(found) % 3]
        text = f"{chance.choice(START)} {chance.choice(WHAT[label])} {chance.choice(END)} ({chance.randrange(100)})"
        found.setdefault(text, label)
    return list(found.items())


@pytest.fixture
def taught(service: Service, imported: Import) -> api.ClassifierTrained:
    return service.call(api.TrainClassifier(dataset=imported(messages(180)), pack="topics"))


def test_a_skill_is_taught_and_used(service: Service, taught: api.ClassifierTrained) -> None:
    assert (taught.method, taught.version, taught.promoted) == ("head", 1, True)
    assert taught.labels == ("delivery", "password", "refund")
    assert taught.metrics["accuracy"] > 0.9
    assert taught.metrics["accuracy_low"] < taught.metrics["accuracy"] <= taught.metrics["accuracy_high"]
    assert (taught.metrics["n_valid"], taught.metrics["n_train"]) == (180, 180)
    assert sum(map(sum, taught.confusion)) == 180
    assert 0 < taught.adapter_bytes <= 2_000_000
    answers = service.call(
        api.Classify(texts=("I would like my money returned", "the parcel is still not here"), pack="topics")
    ).results
    assert [answer.label for answer in answers] == ["refund", "delivery"]
    for answer in answers:
        assert [one.score for one in answer.top] == sorted((one.score for one in answer.top), reverse=True)
        assert not answer.abstain
    card = service.call(api.GetModelCard(name="topics"))
    assert "messages, 180 texts, seed 0" in card.card
    assert card.report["version"] == 1


def test_the_same_seed_gives_the_same_skill(service: Service, taught: api.ClassifierTrained) -> None:
    again = service.call(api.TrainClassifier(dataset="messages", pack="other"))
    assert again.metrics == pytest.approx(taught.metrics)
    assert again.confusion == taught.confusion


def test_abstains_below_a_promised_precision(service: Service, taught: api.ClassifierTrained) -> None:
    asked = ("my parcel never arrived", "lovely weather today", "")
    sure = service.call(api.Classify(texts=asked, pack="topics", precision=0.95))
    assert 0 < sure.threshold < 1
    assert [answer.abstain for answer in sure.results] == [answer.score < sure.threshold for answer in sure.results]
    assert not sure.results[0].abstain
    never = service.call(api.Classify(texts=asked, pack="topics", precision=0.999))
    assert all(answer.abstain for answer in never.results)
    assert "cannot be promised from the 180 held-out texts" in never.notice
    with pytest.raises(UsageError, match="between 0 and 1"):
        service.call(api.Classify(texts=asked, pack="topics", precision=98))


def test_a_foreign_script_is_left_to_the_person(service: Service, imported: Import) -> None:
    service.call(api.TrainClassifier(dataset=imported(messages(180)), pack="topics"))
    answers = service.call(api.Classify(texts=("我要退款，谢谢你们的帮助",), pack="topics", precision=0.9)).results
    assert answers[0].abstain


def test_files_are_labelled(service: Service, taught: api.ClassifierTrained, tmp_path: Path) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        'id,message,label\n1,my parcel is late,old\n2,,old\n3,"refund, please",old\nbroken\n4,I forgot my password,\n',
        encoding="utf-8",
    )
    request = api.ClassifyFile(input=str(source), output=str(output), text_column="message", pack="topics")
    done = service.call(request)
    rows = list(csv.DictReader(output.read_text(encoding="utf-8").splitlines()))
    assert list(rows[0]) == ["id", "message", "label_input", "label", "score", "abstain"]
    assert [(row["id"], row["label_input"], row["label"], row["abstain"]) for row in rows] == [
        ("1", "old", "delivery", "false"), ("2", "old", "", "true"), ("3", "old", "refund", "false"),
        ("4", "", "password", "false"),
    ]  # fmt: skip
    assert (done.rows, done.labelled, done.abstained, done.rejected_count) == (5, 3, 0, 2)
    assert (done.rejected[0].line, done.rejected[0].code) == (3, "empty_text")
    assert done.counts == {"delivery": 1, "refund": 1, "password": 1}
    before = output.read_bytes()
    with pytest.raises(ColumnsUnknown, match="body"):
        service.call(api.ClassifyFile(input=str(source), output=str(output), text_column="body", pack="topics"))
    with pytest.raises(UsageError, match="overwrite"):
        service.call(api.ClassifyFile(input=str(source), output=str(source), text_column="message", pack="topics"))
    assert output.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".part") == []


def test_evaluate_counts_unknown_labels_as_wrong(
    service: Service, taught: api.ClassifierTrained, imported: Import
) -> None:
    rows = [*messages(30, seed=9), ("the app is ugly", "praise"), ("the shop is nice", "praise")]
    found = service.call(api.Evaluate(pack="topics", dataset=imported(rows, "new")))
    assert (found.n, found.unknown_labels) == (32, ("praise",))
    assert found.accuracy <= 30 / 32
    assert sum(map(sum, found.confusion)) == 30
    assert sum(report.support for report in found.per_label) == 30


def test_a_worse_version_is_kept_but_not_used(
    service: Service, taught: api.ClassifierTrained, imported: Import
) -> None:
    rows = messages(180)
    turned = {"delivery": "refund", "refund": "password", "password": "delivery"}
    chance = random.Random(1)
    spoiled = [(text, turned[label] if chance.random() < 0.6 else label) for text, label in rows[:90]]
    worse = service.call(api.TrainClassifier(dataset=imported(spoiled, "spoiled"), pack="topics"))
    assert (worse.version, worse.promoted) == (2, False)
    answer = service.call(api.Classify(texts=("my parcel is late",), pack="topics")).results[0]
    assert answer.label == "delivery"
    more = [*rows, *[row for row in messages(60, seed=5) if row[0] not in dict(rows)]]
    better = service.call(api.TrainClassifier(dataset=imported(more, "more"), pack="topics"))
    assert (better.version, better.promoted) == (3, True)


def test_chinese_is_taught(service: Service, imported: Import) -> None:
    rows = [
        (f"{text}，订单{number}号", label) for label, texts in CHINESE.items() for text in texts for number in range(15)
    ]
    taught = service.call(api.TrainClassifier(dataset=imported(rows, "中文"), pack="中文主题"))
    assert taught.metrics["accuracy"] > 0.9
    answers = service.call(api.Classify(texts=("快递还没到", "请给我退钱"), pack="中文主题")).results
    assert [answer.label for answer in answers] == ["物流", "退款"]


def test_what_no_encoder_reads_is_taught_by_its_characters(service: Service, imported: Import) -> None:
    said = {"доставка": ["Где моя посылка", "Когда придёт курьер"], "возврат": ["Верните деньги", "Хочу вернуть товар"]}
    rows = [(f"{text}, заказ {n}", label) for label, texts in said.items() for text in texts for n in range(15)]
    taught = service.call(api.TrainClassifier(dataset=imported(rows, "заказы"), pack="заказы"))
    assert taught.metrics["accuracy"] > 0.9
    answers = service.call(api.Classify(texts=("Когда придёт посылка?", "Верните мне деньги"), pack="заказы")).results
    assert [answer.label for answer in answers] == ["доставка", "возврат"]
    assert "words and character pieces alone" in service.call(api.GetModelCard(name="заказы")).card


def test_chinese_labels_alone(service: Service) -> None:
    labels = ("体育", "财经", "美食")
    texts = (
        "昨晚的足球比赛中主队以三比一获胜",
        "股票市场今天大幅下跌",
        "先把洋葱放进锅里用黄油炒香",
        "The football match was won by the home team",
    )
    answers = service.call(api.Classify(texts=texts, labels=labels)).results
    assert tuple(answer.label for answer in answers) == (*labels, "体育")


def test_labels_alone(service: Service) -> None:
    labels = ("sports", "politics", "cooking")
    texts = ("The team won the final match", "Parliament voted on the budget", "Fry the onions in butter")
    answers = service.call(api.Classify(texts=texts, labels=labels)).results
    assert tuple(answer.label for answer in answers) == labels
    with pytest.raises(UsageError, match="different labels"):
        service.call(api.Classify(texts=texts, labels=("sports", "sports ")))
    with pytest.raises(UsageError, match="script"):
        service.call(api.Classify(texts=texts, labels=("спорт", "финансы")))
    with pytest.raises(UsageError, match="promised"):
        service.call(api.Classify(texts=texts, labels=labels, precision=0.9))


def test_zero_is_taught_from_descriptions(service: Service, imported: Import) -> None:
    rows = [("news of matches, teams and players", "sports"), ("recipes, food and kitchens", "cooking")]
    taught = service.call(api.TrainClassifier(dataset=imported(rows, "descriptions"), pack="z"))
    assert (taught.method, taught.metrics["n_valid"]) == ("zero", 0)
    answer = service.call(api.Classify(texts=("The striker scored twice",), pack="z")).results[0]
    assert answer.label == "sports"


def test_a_valid_set_is_what_is_reported(service: Service, imported: Import) -> None:
    train = messages(180)
    valid = [*messages(40, seed=3), *train[:5], ("how do I pay", "payment")]
    imported(train)
    imported(valid, "valid")
    taught = service.call(api.TrainClassifier(dataset="messages", pack="v", valid_dataset="valid"))
    overlap = len({text for text, _ in valid} & {text for text, _ in train})
    found = {finding.code: finding.count for finding in taught.lint}
    assert taught.metrics["n_valid"] == len({text for text, _ in valid}) - overlap - found.get("near_leakage", 0)
    assert found["leakage"] >= overlap
    assert "unknown_labels" in found


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"method": "magic"}, "no method magic"),
        ({"device": "cuda"}, "device cuda"),
        ({"max_minutes": 0.0}, "more than 0 minutes"),
        ({"pack": " "}, "needs a name"),
    ],
)
def test_wrong_wishes_are_told(service: Service, change: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        service.call(api.TrainClassifier(**({"dataset": "d", "pack": "p"} | change)))


def test_data_that_cannot_be_taught_are_refused(service: Service, imported: Import) -> None:
    with pytest.raises(DataUnusable, match="only one label"):
        service.call(api.TrainClassifier(dataset=imported([("a", "x"), ("b", "x ")], "one"), pack="p"))
    few = [("first text", "x"), ("second text", "x"), ("third text", "y")]
    with pytest.raises(DataUnusable, match="at least two different texts"):
        service.call(api.TrainClassifier(dataset=imported(few, "few"), pack="p"))
    with pytest.raises(UnknownName):
        service.call(api.TrainClassifier(dataset="absent", pack="p"))
    with pytest.raises(UnknownName):
        service.call(api.Classify(texts=("a",), pack="p"))


def test_a_name_of_another_task_is_refused_before_the_work(service: Service, imported: Import) -> None:
    from engine.store import packs

    packs.save_version(service.context.store, "shop", "recommend", {}, {}, promote=True)
    with pytest.raises(PackUnusable, match="recommend"):
        service.call(api.TrainClassifier(dataset=imported(messages(30)), pack="shop"))
    with pytest.raises(PackUnusable, match="recommend"):
        service.call(api.Classify(texts=("a",), pack="shop"))
