"""`queue …` and `models versions | use | compare`"""

from __future__ import annotations

from typing import Any

from engine import api
from engine.cli.commands.base import add, group, simple


def register(commands: Any) -> None:
    queue = group(commands, "queue", "texts worth labelling, and the labels given")

    parser = add(
        queue, "fill", "choose the texts of a data set from which a model would learn most",
        simple(lambda a: api.FillQueue(dataset=a.dataset, pack=a.pack, count=a.count)),
    )  # fmt: skip
    parser.add_argument("--dataset", required=True, help="of kind texts")
    parser.add_argument("--pack", required=True, help="the model that learns; it need not exist yet")
    parser.add_argument("--count", type=int, default=50)

    parser = add(
        queue, "list", "what waits, most useful first",
        simple(lambda a: api.GetQueue(pack=a.pack, limit=a.limit)),
    )  # fmt: skip
    parser.add_argument("--pack")
    parser.add_argument("--limit", type=int, default=40)

    parser = add(
        queue, "label", "say what a waiting text is", simple(lambda a: api.AnswerQueued(id=a.id, label=a.label))
    )
    parser.add_argument("id", type=int, help="as `queue list` shows it")
    parser.add_argument("label")
    parser = add(
        queue, "skip", "leave a waiting text without a label",
        simple(lambda a: api.AnswerQueued(id=a.id, label=None)),
    )  # fmt: skip
    parser.add_argument("id", type=int)
    parser = add(queue, "undo", "take the last label or skip back", simple(lambda a: api.UndoAnswer(pack=a.pack)))
    parser.add_argument("--pack", required=True)

    parser = add(
        queue, "correct", "say what the label of any text should have been",
        simple(lambda a: api.AddCorrection(pack=a.pack, text=a.text, label=a.label)),
    )  # fmt: skip
    parser.add_argument("--pack", required=True)
    parser.add_argument("text")
    parser.add_argument("label")

    parser = add(
        queue, "teach", "train the model again with what was labelled",
        simple(lambda a: api.TeachQueue(pack=a.pack, method=a.method)),
    )  # fmt: skip
    parser.add_argument("--pack", required=True)
    parser.add_argument("--method", default="auto", choices=("auto", "head", "lora", "adalora", "prefix", "full"))


def register_in_models(models: Any) -> None:
    """The commands about versions, beside `models rollback`."""
    parser = add(
        models, "versions", "the versions of a model, newest first",
        simple(lambda a: api.ListVersions(pack=a.name)),
    )  # fmt: skip
    parser.add_argument("name")
    parser = add(
        models, "use", "put a version to use", simple(lambda a: api.UseVersion(pack=a.name, version=a.version))
    )
    parser.add_argument("name")
    parser.add_argument("version", type=int)
    parser = add(
        models, "compare", "ask two versions the same texts",
        simple(lambda a: api.CompareVersions(pack=a.name, first=a.first, second=a.second, dataset=a.dataset)),
    )  # fmt: skip
    parser.add_argument("name")
    parser.add_argument("first", type=int)
    parser.add_argument("second", type=int)
    parser.add_argument("--dataset", help="labelled texts; left out: what both versions held out")
