"""Teach: forecast, train, explain, compare, learn from corrections.

The training requests themselves are `TrainClassifier` (engine/api/read.py) and `TrainEntities`
(engine/api/entities.py); both carry the `TrainOptions` of this module.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from msgspec import Struct

from engine.api.base import Request, Result

Method = Literal["auto", "zero", "head", "lora", "adalora", "prefix", "full"]
QueueSource = Literal["uncertain", "read", "chat", "pseudo"]


class TrainOptions(Struct, frozen=True):
    """What a person may set beyond the method; the defaults are measured choices.

    Attributes:
        rank: of the LoRA matrices; None lets the data's size decide.
        layers: how many of the encoder's upper layers are adapted, 1 to 6; None is the measured default.
        epochs: at most; early stopping may end before.
        learning_rate: None takes that of the method.
        balance: weigh the labels so that small ones count as much as large ones.
        label_smoothing: share of the target spread over all labels, 0 to 0.5.
        augment: add changed copies (words dropped, swapped, typed wrongly) of texts of small labels.
        adversarial: radius of the change to the input vectors (FGM, Miyato et al. 2017); 0 leaves it to
            the program, which takes 0.03 for up to 2,000 texts and none for more.
        teacher: name of a larger classifier pack whose probabilities are learned as well (distillation).
        search_minutes: time for a search over learning rate, rank, epochs and smoothing (optuna); 0 is off.
        unlabelled: name of a data set of texts; those that the trained skill is sure of are learned too.
        continual: keep what the version in use knows: its replayed examples are learned along.
    """

    rank: int | None = None
    layers: int | None = None
    epochs: int | None = None
    learning_rate: float | None = None
    balance: bool = False
    label_smoothing: float = 0.0
    augment: bool = False
    adversarial: float = 0.0
    teacher: str | None = None
    search_minutes: float = 0.0
    unlabelled: str | None = None
    continual: bool = False


class CurvePoint(Struct, frozen=True):
    """One look at a running training. `loss` is in nats; `valid_score` is accuracy or F1 on held-out texts, None where
    none was measured at this point."""

    step: int
    epoch: float
    loss: float
    valid_score: float | None = None


class ForecastTraining(Request, frozen=True):
    """What each method would take and reach on a data set; found by a probe of at most 30 seconds."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Forecast for {dataset}"
    dataset: str
    task: Literal["classify", "entities"] = "classify"
    device: str = "auto"
    options: TrainOptions = TrainOptions()


class MethodForecast(Struct, frozen=True):
    """`score` is the expected accuracy (F1 for entities) with its 90 % interval; None where it cannot be told.
    `possible` is False where memory or data do not suffice, and `reason` says so with both numbers."""

    method: str
    seconds: float
    peak_mb: float
    score: float | None
    score_low: float | None
    score_high: float | None
    possible: bool
    reason: str = ""


class TrainingForecast(Result, frozen=True):
    """`chosen` is what `auto` would take; `why` says so in a sentence."""

    dataset: str
    methods: tuple[MethodForecast, ...]
    chosen: str
    why: str
    free_mb: float
    device: str
    seconds: float


class PauseJob(Request, frozen=True):
    """Hold a running training at its next step; `resume` lets it go on."""

    id: int
    resume: bool = False


class ListUnfinished(Request, frozen=True):
    """Trainings that were interrupted and can go on from their last checkpoint."""


class Unfinished(Struct, frozen=True):
    """`request` is the training request as plain data, with its tag."""

    id: int
    pack: str
    task: str
    method: str
    epoch: float
    saved: str
    request: dict[str, Any] = {}


class UnfinishedTrainings(Result, frozen=True):
    trainings: tuple[Unfinished, ...]


class ResumeTraining(Request, frozen=True):
    """Go on with an interrupted training; answers with the id of its checkpoint, after the training has ended."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Go on with training {id}"
    id: int


class TrainingResumed(Result, frozen=True):
    """`trained` is the training's own result (`ClassifierTrained` or `EntitiesTrained`) as plain data."""

    pack: str
    version: int
    trained: dict[str, Any]


class DropTraining(Request, frozen=True):
    """Forget an interrupted training and its checkpoint."""

    id: int


# --- explanations ---------------------------------------------------------------------------------------------


class Explain(Request, frozen=True):
    """Which words of a text speak for its label (or for `label`), by taking them away one by one."""

    pack: str
    text: str
    label: str | None = None


class TokenWeight(Struct, frozen=True):
    """A word and what it adds to the label's probability; offsets count characters."""

    text: str
    start: int
    end: int
    weight: float


class Faithfulness(Struct, frozen=True):
    """How much the label's probability falls without the words named as important (`comprehensiveness`, high is good)
    and with them alone (`sufficiency`, low is good), beside the same for words taken at random.
    Source: DeYoung et al. 2020, "ERASER"."""

    comprehensiveness: float
    sufficiency: float
    random_comprehensiveness: float
    random_sufficiency: float
    share: float


class Explanation(Result, frozen=True):
    label: str
    score: float
    tokens: tuple[TokenWeight, ...]
    faithfulness: Faithfulness
    seconds: float
    note: str = ""


# --- reports and versions -------------------------------------------------------------------------------------


class ExportReport(Request, frozen=True):
    """Write the report of a version (None: the one in use) as one HTML or PDF file, by the ending of `path`."""

    pack: str
    path: str
    version: int | None = None
    language: str = "en"


class ListVersions(Request, frozen=True):
    pack: str


class VersionInfo(Struct, frozen=True):
    version: int
    created: str
    current: bool
    method: str
    dataset: str
    bytes: int
    metrics: dict[str, float] = {}
    comparison: dict[str, Any] = {}


class Versions(Result, frozen=True):
    pack: str
    task: str
    versions: tuple[VersionInfo, ...]


class UseVersion(Request, frozen=True):
    """Put a version to use."""

    pack: str
    version: int


class CompareVersions(Request, frozen=True):
    """Ask two versions the same labelled texts: `dataset`, or where None what both held out."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Compare versions of {pack}"
    pack: str
    first: int
    second: int
    dataset: str | None = None


class VersionsCompared(Result, frozen=True):
    """Paired comparison: how many texts each had right, how many only one had right, and the chance of such a
    difference by luck (two-sided exact McNemar). `per_label` maps a label to (F1 of first, F1 of second).

    Of readers of entities (`task` entities) a text is right where exactly its entities were found; beside that stand
    the F1 of both over all entities, exact match, and the chance of such a difference of F1 by luck (approximate
    randomisation, two-sided). `examples`: text, label, first, second; of readers a sentence and the entities in it."""

    pack: str
    first: int
    second: int
    texts: int
    first_right: int
    second_right: int
    only_first: int
    only_second: int
    chance: float
    per_label: dict[str, tuple[float, float]] = {}
    examples: tuple[dict[str, Any], ...] = ()
    task: Literal["classify", "entities"] = "classify"
    first_f1: float | None = None
    second_f1: float | None = None
    f1_chance: float | None = None


class ExportAdapter(Request, frozen=True):
    """Write a trained adapter for other programs: `peft` makes a folder that stock peft loads over
    all-MiniLM-L6-v2, `onnx` a folder with the merged int8 graph that stock onnxruntime runs."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Export {pack} as {format}"
    pack: str
    path: str
    format: Literal["peft", "onnx"]
    version: int | None = None


class AdapterExported(Result, frozen=True):
    path: str
    files: tuple[str, ...]
    bytes: int
    note: str = ""


# --- the labelling queue --------------------------------------------------------------------------------------


class FillQueue(Request, frozen=True):
    """Choose the texts of a data set from which a skill would learn most, and put them into the queue.

    Attributes:
        dataset: of kind texts (or labelled, whose labels are then not looked at).
        pack: the skill that learns; one without versions chooses texts that differ from each other.
        count: how many to add.
    """

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Choose texts of {dataset} to label"
    dataset: str
    pack: str
    count: int = 50


class GetQueue(Request, frozen=True):
    """The waiting texts of one skill (or of all), most useful first."""

    pack: str | None = None
    limit: int = 100


class QueuedText(Struct, frozen=True):
    """`suggested` are the skill's own guesses, best first."""

    id: int
    pack: str
    text: str
    source: QueueSource
    suggested: tuple[tuple[str, float], ...] = ()
    priority: float = 0.0


class LabellingQueue(Result, frozen=True):
    """`labels` are those of the skill; `labelled` counts the answers given so far and not yet taught."""

    texts: tuple[QueuedText, ...]
    waiting: int
    labelled: int
    labels: tuple[str, ...] = ()


class AnswerQueued(Request, frozen=True):
    """Label a waiting text; `label` None skips it."""

    id: int
    label: str | None


class UndoAnswer(Request, frozen=True):
    """Take back the last answer or skip for a skill; the text waits again."""

    pack: str


class AddCorrection(Request, frozen=True):
    """A person says what a text's label should have been (`source` read), or that an answer of the chat was of no use
    (`source` chat; `label` may be None, the text then waits in the queue)."""

    pack: str
    text: str
    label: str | None
    source: QueueSource = "read"


class TeachQueue(Request, frozen=True):
    """Make the answers given so far part of a data set and train the skill again with them (continual)."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Teach {pack} what was labelled"
    pack: str
    method: str = "auto"


class QueueTaught(Result, frozen=True):
    dataset: str
    added: int
    pack: str
    version: int
    promoted: bool
    metrics: dict[str, float] = {}
