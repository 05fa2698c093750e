"""Bad input to training, through the command line: one plain sentence that says what and where, the exit code of
docs/cli.md, and the version that was in use before left as it was."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from engine.cli.entry import run

Run = Callable[..., tuple[int, dict[str, Any]]]
Rows = Sequence[tuple[str, str]]

ASKED = ("please send my money back", "when does the parcel arrive")
PASSPHRASE = "a passphrase for bad training"


def good_rows() -> Rows:
    money = ["give my money back", "refund this order", "I want a refund for it", "pay me back what I paid",
             "my refund is missing", "money back please", "the refund did not come", "return and refund"]  # fmt: skip
    parcel = ["where is my parcel", "the parcel is late", "when will it arrive", "track my delivery",
              "delivery has not come", "which day does it arrive", "my parcel is lost", "no courier came"]  # fmt: skip
    return [(text, "refund") for text in money] + [(text, "delivery") for text in parcel]


def write(path: Path, rows: Rows, columns: tuple[str, ...] = ("text", "label")) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
    return path


@pytest.fixture(scope="module")
def casemate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """A command on one workspace, in which the skill “desk” was taught good texts: (exit code, JSON)."""
    folder = tmp_path_factory.mktemp("bad-training")

    def call(*words: object) -> tuple[int, dict[str, Any]]:
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            code = run(["--workspace", str(folder / "workspace"), "--json", *map(str, words)])
        return code, json.loads(out.getvalue())

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEMATE_PASSPHRASE", PASSPHRASE)
        assert (
            call("data", "import", write(folder / "good.csv", good_rows()), "--name", "good", "--kind", "labelled")[0]
            == 0
        )
        code, result = call("train", "classify", "--dataset", "good", "--pack", "desk", "--method", "head")
        assert code == 0, result
        yield call


@pytest.fixture
def unharmed(casemate: Run) -> Iterator[None]:
    """Whatever a test asks for, the skill “desk” and its answers stay what they were, and nothing is added to it."""
    before = _state(casemate)
    yield
    assert _state(casemate) == before


def _state(casemate: Run) -> tuple[Any, Any]:
    models = casemate("models", "list")[1]["models"]
    desk = [(model["name"], model["version"], model["bytes"]) for model in models if model["name"] == "desk"]
    assert len(desk) == 1
    answers = casemate("classify", "--pack", "desk", *ASKED)[1]["results"]
    return desk, answers


def bring(casemate: Run, folder: Path, name: str, rows: Rows, *, code: int = 0) -> dict[str, Any]:
    """Import rows as the data set `name`."""
    path = write(folder / f"{name}.csv", rows)
    got, result = casemate("data", "import", path, "--name", name, "--kind", "labelled", "--replace")
    assert got == code, result
    return result


def train(casemate: Run, dataset: str, *options: object, pack: str = "desk") -> tuple[int, dict[str, Any]]:
    return casemate("train", "classify", "--dataset", dataset, "--pack", pack, *options)


def refused(answer: tuple[int, dict[str, Any]], code: int = 4) -> str:
    """The sentence of an error."""
    got, result = answer
    assert got == code, result
    error = result["error"]
    message = str(error["message"])
    assert message.strip().endswith("."), message
    assert "\n" not in message
    assert "Traceback" not in message
    assert "Error:" not in message
    assert error["help"]
    return message


def codes(found: dict[str, Any], key: str = "lint") -> dict[str, str]:
    return {finding["code"]: finding["severity"] for finding in found[key]}


# --- data from which nothing can be learned ---------------------------------------------------------------------


@pytest.mark.usefixtures("unharmed")
def test_one_label(casemate: Run, tmp_path: Path) -> None:
    bring(casemate, tmp_path, "one", [(f"text number {n}", "only") for n in range(20)])
    message = refused(train(casemate, "one"))
    assert "one" in message
    assert "only one label" in message
    code, lint = casemate("data", "lint", "one")
    assert (code, lint["ok"]) == (0, False)
    assert codes(lint, "findings") == {"one_label": "error"}


@pytest.mark.usefixtures("unharmed")
def test_one_text_per_label(casemate: Run, tmp_path: Path) -> None:
    subjects = ["refunds", "parcels", "prices", "opening hours", "complaints", "passwords", "invoices", "jobs"]
    bring(casemate, tmp_path, "each", [(f"questions about {name}", name) for name in subjects])
    message = refused(train(casemate, "each", "--method", "head"))
    assert "each" in message
    assert "two different texts" in message
    code, result = train(casemate, "each", "--method", "auto", pack="described")
    assert (code, result["method"]) == (0, "zero")
    assert codes(result)["one_each"] == "warning"


@pytest.mark.usefixtures("unharmed")
def test_a_column_that_is_no_label(casemate: Run, tmp_path: Path) -> None:
    bring(casemate, tmp_path, "column", [(f"text {n} of a person", f"case {n}") for n in range(300)])
    message = refused(train(casemate, "column"))
    assert "300 labels in 300 rows" in message


@pytest.mark.usefixtures("unharmed")
def test_all_duplicates(casemate: Run, tmp_path: Path) -> None:
    copies = [("give my money back", "refund")] * 30 + [("where is my parcel", "delivery")] * 30
    bring(casemate, tmp_path, "copies", copies)
    for method in ("auto", "head"):
        message = refused(train(casemate, "copies", "--method", method))
        assert "copies" in message
        assert "60 rows hold only 2 different texts" in message


@pytest.mark.usefixtures("unharmed")
def test_empty_texts(casemate: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "empty.csv", [("", "a"), ("   ", "b")])
    message = refused(casemate("data", "import", path, "--name", "empty", "--kind", "labelled"))
    assert "empty.csv" in message
    result = bring(casemate, tmp_path, "gaps", [*good_rows()[:3], ("", "refund"), *good_rows()[8:11]], code=5)
    assert [one["line"] for one in result["rejected"]] == [5]
    assert refused(train(casemate, "empty")) == "There is no data set named empty."


@pytest.mark.usefixtures("unharmed")
def test_two_thousand_labels(casemate: Run, tmp_path: Path) -> None:
    chance = random.Random(0)
    words = ["".join(chance.choices("abcdefghijklmnop", k=6)) for _ in range(3_000)]
    rows = [(f"{words[label]} {' '.join(chance.sample(words, 4))}", f"label {label}") for label in range(2_000)
            for _ in range(2)]  # fmt: skip
    bring(casemate, tmp_path, "many", rows)
    for method in ("auto", "head"):
        message = refused(train(casemate, "many", "--method", method))
        assert "many" in message
        assert "2,000 labels in 4,000 rows" in message
        assert "at most 1,000" in message


# --- odd data from which something can be learned ---------------------------------------------------------------


@pytest.mark.usefixtures("unharmed")
def test_texts_of_a_hundred_thousand_characters(casemate: Run, tmp_path: Path) -> None:
    rows = [(f"{text}. " * (100_000 // (len(text) + 2)), label) for text, label in good_rows()]
    bring(casemate, tmp_path, "long", rows)
    code, result = train(casemate, "long", "--method", "head", pack="long")
    assert code == 0, result
    assert codes(result)["long_text"] == "note"
    code, result = casemate("classify", "--pack", "long", rows[0][0])
    assert (code, len(result["results"])) == (0, 1)


@pytest.mark.usefixtures("unharmed")
def test_labels_that_differ_by_case(casemate: Run, tmp_path: Path) -> None:
    rows = [(text, label.upper() if n % 2 else label) for n, (text, label) in enumerate(good_rows())]
    bring(casemate, tmp_path, "case", rows)
    code, result = train(casemate, "case", "--method", "head", pack="case")
    assert code == 0, result
    finding = next(one for one in result["lint"] if one["code"] == "similar_labels")
    assert finding["severity"] == "warning"
    assert "“refund” / “REFUND”" in finding["examples"]


@pytest.mark.usefixtures("unharmed")
def test_valid_set_with_labels_that_are_not_taught(casemate: Run, tmp_path: Path) -> None:
    bring(casemate, tmp_path, "valid", [("refund me today", "refund"), ("is it raining", "weather"),
                                        ("GIVE my money back", "refund")])  # fmt: skip
    code, result = train(casemate, "good", "--valid-dataset", "valid", "--method", "head", pack="checked")
    assert code == 0, result
    found = {finding["code"]: finding for finding in result["lint"]}
    assert found["unknown_labels"]["examples"] == ["weather"]
    assert found["leakage"]["count"] == 1
    assert result["metrics"]["n_valid"] == 2
    assert result["metrics"]["accuracy"] <= 0.5, "a label that is not taught counts as wrong"
    code, lint = casemate("data", "lint", "good", "--valid-dataset", "valid")
    assert (code, codes(lint, "findings")["leakage"]) == (0, "warning")


@pytest.mark.usefixtures("unharmed")
def test_valid_sets_that_cannot_serve(casemate: Run, tmp_path: Path) -> None:
    bring(casemate, tmp_path, "taught", good_rows()[:4])
    message = refused(train(casemate, "good", "--valid-dataset", "taught"))
    assert "taught" in message
    assert "also taught" in message
    assert "nowhere" in refused(train(casemate, "good", "--valid-dataset", "nowhere"))


# --- wrong words ------------------------------------------------------------------------------------------------

WRONG: dict[str, tuple[tuple[str, ...], int, str]] = {
    "no minutes": (("--max-minutes", "0"), 2, "more than 0 minutes"),
    "less than no minutes": (("--max-minutes=-3",), 2, "more than 0 minutes"),
    "minutes that are no number": (("--max-minutes", "nan"), 2, "more than 0 minutes"),
    "minutes in words": (("--max-minutes", "ten"), 2, "ten"),
    "minutes without end": (("--max-minutes", "inf"), 2, "more than 0 minutes"),
    "no layers": (("--layers", "0"), 2, "number of layers must lie between 1 and 6"),
    "too many layers": (("--layers", "7"), 2, "number of layers"),
    "no rank": (("--rank", "0"), 2, "rank"),
    "no epochs": (("--epochs", "0"), 2, "number of epochs"),
    "learning backwards": (("--learning-rate=-0.1",), 2, "learning rate"),
    "too smooth": (("--label-smoothing", "0.9"), 2, "label smoothing"),
    "radius below nothing": (("--adversarial=-1",), 2, "adversarial"),
    "search without end": (("--search-minutes", "nan"), 2, "search"),
    "seed below nothing": (("--seed=-1",), 2, "seed"),
    "unknown teacher": (("--teacher", "nobody"), 4, "nobody"),
    "unknown texts": (("--unlabelled", "nowhere"), 4, "nowhere"),
    "unknown method": (("--method", "magic"), 2, "magic"),
    "unknown device": (("--device", "abacus"), 2, "abacus"),
    "no seed": (("--seed", "x"), 2, "--seed"),
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.usefixtures("unharmed")
def test_wrong_options(name: str, casemate: Run) -> None:
    options, code, told = WRONG[name]
    assert told in refused(train(casemate, "good", *options), code)


@pytest.mark.parametrize("method", ["head", "lora"])
@pytest.mark.usefixtures("unharmed")
def test_cuda_where_there_is_none(method: str, casemate: Run, tmp_path: Path) -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("this machine has CUDA")
    message = refused(train(casemate, "good", "--method", method, "--device", "cuda"), 2)
    assert message.startswith("The device cuda cannot be used: ")
    if method == "lora":
        bring_marked(casemate, tmp_path, "spots", marked_rows())
        assert refused(find_in(casemate, "spots", "--device", "cuda", pack="nobody"), 2) == message


@pytest.mark.usefixtures("unharmed")
def test_data_sets_that_are_not_there_or_of_another_kind(casemate: Run, tmp_path: Path) -> None:
    assert refused(train(casemate, "nothing")) == "There is no data set named nothing."
    assert train(casemate, "nothing")[1]["error"]["help"].startswith("Known: ")
    path = write(tmp_path / "texts.csv", [("some text", "1"), ("other text", "2")])
    assert casemate("data", "import", path, "--name", "plain", "--kind", "texts")[0] == 0
    message = refused(train(casemate, "plain"))
    assert "plain" in message
    assert "it holds texts" in message
    assert "labelled is needed" in message
    assert refused(casemate("train", "classify", "--dataset", "good", "--pack", " "), 2)


# --- marked texts -----------------------------------------------------------------------------------------------


def bring_marked(
    casemate: Run, folder: Path, name: str, rows: list[dict[str, Any]], *, code: int = 0
) -> dict[str, Any]:
    path = folder / f"{name}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    got, result = casemate("data", "import", path, "--name", name, "--kind", "entities", "--replace")
    assert got == code, result
    return result


def find_in(casemate: Run, dataset: str, *options: object, pack: str = "finder") -> tuple[int, dict[str, Any]]:
    return casemate("train", "entities", "--dataset", dataset, "--pack", pack, *options)


def mark(text: str, *marks: tuple[str, str]) -> dict[str, Any]:
    spans = [{"start": text.index(words), "end": text.index(words) + len(words), "label": label}
             for words, label in marks]  # fmt: skip
    return {"text": text, "spans": spans}


def marked_rows(label: str = "place") -> list[dict[str, Any]]:
    places = ["Paris", "Rome", "New York", "Berlin", "Tokyo", "Oslo", "Lima", "Cairo", "Delhi", "Boston"]
    return [mark(f"{before} {place} {after}", (place, label)) for place in places
            for before, after in (("We flew to", "last week"), ("The office in", "is closed"))]  # fmt: skip


@pytest.mark.usefixtures("unharmed")
def test_spans_outside_the_text(casemate: Run, tmp_path: Path) -> None:
    beyond = {"text": "short", "spans": [{"start": 2, "end": 99, "label": "place"}]}
    backwards = {"text": "short", "spans": [{"start": 3, "end": 1, "label": "place"}]}
    result = bring_marked(casemate, tmp_path, "beyond", [*marked_rows(), beyond, backwards], code=5)
    assert [one["line"] for one in result["rejected"]] == [21, 22]
    assert "2 to 99 does not lie in the text of 5 characters" in result["rejected"][0]["reason"]
    assert "beyond.jsonl" not in [one["name"] for one in casemate("data", "list")[1]["datasets"]]


@pytest.mark.usefixtures("unharmed")
def test_overlapping_spans_are_refused_with_their_line(casemate: Run, tmp_path: Path) -> None:
    inner = mark("The campus of New York University", ("New York", "place"), ("New York University", "school"))
    result = bring_marked(casemate, tmp_path, "overlaps", [*marked_rows(), inner], code=5)
    assert [one["line"] for one in result["rejected"]] == [21]
    assert "(place) and 14 to 33 (school) overlap" in result["rejected"][0]["reason"]


@pytest.mark.usefixtures("unharmed")
def test_marked_labels_by_case_are_told(casemate: Run, tmp_path: Path) -> None:
    bring_marked(casemate, tmp_path, "cases", [*marked_rows(), mark("She left Madrid early", ("Madrid", "Place"))])
    code, lint = casemate("data", "lint", "cases")
    assert (code, codes(lint, "findings")["similar_labels"]) == (0, "warning")
    code, result = find_in(casemate, "cases", "--method", "head")
    assert code == 0, result
    assert codes(result)["similar_labels"] == "warning"
    text = "We flew to Paris"
    found = casemate("entities", "--pack", "finder", text)[1]["results"][0]["entities"]
    assert all(text[one["start"] : one["end"]].strip() for one in found)


@pytest.mark.usefixtures("unharmed")
def test_texts_without_any_entity(casemate: Run, tmp_path: Path) -> None:
    bring_marked(casemate, tmp_path, "bare", [{"text": f"nothing is marked here {n}", "spans": []} for n in range(20)])
    message = refused(find_in(casemate, "bare", pack="nobody"))
    assert "bare" in message
    assert "marked entity" in message


@pytest.mark.usefixtures("unharmed")
def test_entities_from_the_wrong_data(casemate: Run, tmp_path: Path) -> None:
    bring_marked(casemate, tmp_path, "places", marked_rows())
    assert "it holds labelled" in refused(find_in(casemate, "good", pack="nobody"))
    assert "it holds entities" in refused(train(casemate, "places"))
    assert "nothing" in refused(find_in(casemate, "nothing", pack="nobody"))
    assert "more than 0 minutes" in refused(find_in(casemate, "places", "--max-minutes", "0", pack="nobody"), 2)
    assert "desk" in refused(find_in(casemate, "places", pack="desk"))
    assert refused(find_in(casemate, "places", "--method", "magic", pack="nobody"), 2)
