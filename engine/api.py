"""The one door for front ends: what may be asked of the engine and what comes back.

A front end builds a request (a frozen struct of this module), hands it to an engine (`engine.host.service.Service`
in the same process, `engine.host.client.HostClient` across a pipe) and gets the struct that `RESULTS` names, or an
`EngineError`. The field names of results are the JSON keys of docs/cli.md. Nothing heavy is imported here.

Offsets count characters. Scores are probabilities in 0..1 unless a docstring says otherwise. Times are seconds;
moments are UTC in ISO 8601.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Protocol

from msgspec import Struct, field

from engine.values import (
    AnswerMode,
    Citation,
    DatasetKind,
    FileStatus,
    JobState,
    LabelScore,
    Progress,
    Rejection,
    SearchMode,
    Sentence,
)

PROTOCOL_VERSION = 1


class Request(Struct, frozen=True, tag=True):
    """Base of every request.

    Class attributes:
        LONG: runs as a job: queued, listed under Activity, reports progress, can be cancelled.
        OPEN: needs no unlocked workspace.
        TITLE: what the Activity page calls the job; filled from the request's fields.
    """

    LONG: ClassVar[bool] = False
    OPEN: ClassVar[bool] = False
    TITLE: ClassVar[str] = ""


class Result(Struct, frozen=True):
    """Base of every result."""


class Done(Result, frozen=True):
    """An act that has nothing to tell beyond having been done."""

    ok: bool = True


# --- workspace ------------------------------------------------------------------------------------------------


class GetWorkspace(Request, frozen=True):
    """State of the workspace; may be asked at any time."""

    OPEN: ClassVar[bool] = True


class WorkspaceState(Result, frozen=True):
    path: str
    exists: bool
    unlocked: bool
    auto_lock_s: int = 0
    in_keychain: bool = False


class Unlock(Request, frozen=True):
    """Open the workspace; `create` makes a new one where none exists (otherwise that is an error)."""

    OPEN: ClassVar[bool] = True
    passphrase: str
    create: bool = False
    remember: bool = False


class UnlockFromKeychain(Request, frozen=True):
    OPEN: ClassVar[bool] = True


class RememberPassphrase(Request, frozen=True):
    """Put the passphrase into the system's keychain, after checking that it is the right one."""

    passphrase: str


class ForgetPassphrase(Request, frozen=True):
    """Take the passphrase out of the system's keychain."""

    OPEN: ClassVar[bool] = True


class Lock(Request, frozen=True):
    """Close the store and forget the key, the loaded skills and the cached vectors."""

    OPEN: ClassVar[bool] = True


class ChangePassphrase(Request, frozen=True):
    old: str
    new: str


class GetVaultInfo(Request, frozen=True):
    pass


class VaultInfo(Result, frozen=True):
    path: str
    size_bytes: int
    format_version: int
    cipher: str
    kdf: str
    created: str
    documents: int
    datasets: int
    packs: int
    conversations: int
    audit_entries: int
    last_backup: str | None


class Backup(Request, frozen=True):
    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Back up to {path}"
    path: str


class BackupDone(Result, frozen=True):
    path: str
    size_bytes: int
    verified: bool


class Restore(Request, frozen=True):
    """Replace the workspace by a backup; the present file is kept beside it under a dated name."""

    OPEN: ClassVar[bool] = True
    path: str
    passphrase: str


class Restored(Result, frozen=True):
    path: str
    kept_as: str | None


class VerifyWorkspace(Request, frozen=True):
    """Check every page, the structure and the audit chain."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Check the workspace"


class WorkspaceVerified(Result, frozen=True):
    ok: bool
    problems: tuple[str, ...]
    audit_ok: bool


class VerifyAudit(Request, frozen=True):
    pass


class AuditVerified(Result, frozen=True):
    entries: int
    ok: bool
    broken_at: int | None


class ExportAudit(Request, frozen=True):
    path: str


class AuditExported(Result, frozen=True):
    path: str
    entries: int
    ok: bool
    broken_at: int | None


# --- machine --------------------------------------------------------------------------------------------------


class Diagnose(Request, frozen=True):
    OPEN: ClassVar[bool] = True


class Diagnosis(Result, frozen=True):
    """`hardware`: cores, threads, memory_mb, free_mb, cpu, instruction sets, os; `network`: attempts, refused, ways."""

    hardware: dict[str, Any]
    models: list[dict[str, Any]]
    network: dict[str, Any]
    workspace: dict[str, Any]
    versions: dict[str, str]
    ok: bool


# --- data -----------------------------------------------------------------------------------------------------


class PreviewFile(Request, frozen=True):
    """Look at a table without storing anything."""

    path: str
    rows: int = 30


class FilePreview(Result, frozen=True):
    path: str
    format: str
    encoding: str | None
    delimiter: str | None
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: DatasetKind
    mappings: dict[str, dict[str, str]]
    """Suggested mapping (field -> column) for every kind that the columns could serve."""
    warnings: tuple[str, ...]


class ImportData(Request, frozen=True):
    """`mapping` is field -> column; fields that it leaves out are guessed from the column names."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Import {name}"
    path: str
    name: str
    kind: DatasetKind
    mapping: dict[str, str] = {}
    replace: bool = False


class DataImported(Result, frozen=True):
    dataset: str
    kind: DatasetKind
    rows: int
    accepted: int
    rejected_count: int
    rejected: tuple[Rejection, ...]
    encoding: str | None
    delimiter: str | None
    mapping: dict[str, str]
    warnings: tuple[str, ...]
    seconds: float


class ListDatasets(Request, frozen=True):
    pass


class DatasetInfo(Struct, frozen=True):
    name: str
    kind: DatasetKind
    rows: int
    version: int
    created: str
    source: str
    labels: int = 0


class Datasets(Result, frozen=True):
    datasets: tuple[DatasetInfo, ...]


class ShowDataset(Request, frozen=True):
    name: str
    offset: int = 0
    limit: int = 100


class DatasetPage(Result, frozen=True):
    dataset: DatasetInfo
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    offset: int
    labels: dict[str, int] = {}
    """Count per label, for labelled data."""


class LintDataset(Request, frozen=True):
    name: str


class LintFinding(Struct, frozen=True):
    """`severity` is "error" (training would refuse), "warning" or "note"; `examples` are at most five rows."""

    code: str
    severity: str
    message: str
    count: int
    examples: tuple[str, ...] = ()


class DatasetLint(Result, frozen=True):
    dataset: str
    rows: int
    ok: bool
    findings: tuple[LintFinding, ...]


class ExportDataset(Request, frozen=True):
    name: str
    path: str


class Exported(Result, frozen=True):
    path: str
    rows: int


class DeleteDataset(Request, frozen=True):
    name: str


# --- read -----------------------------------------------------------------------------------------------------


class TrainClassifier(Request, frozen=True):
    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Train {pack}"
    dataset: str
    pack: str
    method: str = "auto"
    valid_dataset: str | None = None
    max_minutes: float | None = None
    seed: int = 0
    device: str = "auto"


class LabelReport(Struct, frozen=True):
    label: str
    precision: float
    recall: float
    f1: float
    support: int


class RiskPoint(Struct, frozen=True):
    """Answering only texts whose score is at least `threshold` covers `coverage` of them at `precision`."""

    threshold: float
    coverage: float
    precision: float


class ClassifierTrained(Result, frozen=True):
    """`metrics`: accuracy, accuracy_low, accuracy_high (95 %), macro_f1, ece, ece_before, n_valid, n_train."""

    pack: str
    version: int
    method: str
    seconds: float
    epochs: int
    metrics: dict[str, float]
    promoted: bool
    peak_mb: float
    adapter_bytes: int
    per_label: tuple[LabelReport, ...]
    labels: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]
    """Rows are true labels, columns are answers, in the order of `labels`."""
    risk_coverage: tuple[RiskPoint, ...]
    mistakes: tuple[dict[str, Any], ...]
    """Most confident mistakes on held-out data: text, label, predicted, score."""
    lint: tuple[LintFinding, ...] = ()


class Classify(Request, frozen=True):
    """Give `pack`, or `labels` for zero-shot. `precision`: abstain below the score that reached it on held-out data."""

    texts: tuple[str, ...]
    pack: str | None = None
    labels: tuple[str, ...] = ()
    precision: float | None = None


class TextLabel(Struct, frozen=True):
    text: str
    label: str
    score: float
    abstain: bool
    top: tuple[LabelScore, ...]


class Classified(Result, frozen=True):
    """`notice`: what to know about the asked-for precision, for example that it cannot be promised."""

    results: tuple[TextLabel, ...]
    threshold: float
    seconds: float
    notice: str = ""


class ClassifyFile(Request, frozen=True):
    """Label a table into a new table (csv, tsv, xlsx, jsonl by the ending of `output`)."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Label {input}"
    input: str
    output: str
    text_column: str
    pack: str | None = None
    labels: tuple[str, ...] = ()
    precision: float | None = None


class FileClassified(Result, frozen=True):
    output: str
    rows: int
    labelled: int
    abstained: int
    rejected_count: int
    rejected: tuple[Rejection, ...]
    counts: dict[str, int]
    seconds: float
    notice: str = ""


class Evaluate(Request, frozen=True):
    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Evaluate {pack} on {dataset}"
    pack: str
    dataset: str


class Evaluated(Result, frozen=True):
    n: int
    accuracy: float
    macro_f1: float
    per_label: tuple[LabelReport, ...]
    labels: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]
    ece: float
    risk_coverage: tuple[RiskPoint, ...]
    unknown_labels: tuple[str, ...] = ()


# --- chat -----------------------------------------------------------------------------------------------------


class AddDocuments(Request, frozen=True):
    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Index documents into {collection}"
    collection: str
    paths: tuple[str, ...]


class DocumentReport(Struct, frozen=True):
    path: str
    status: FileStatus
    reason: str | None
    passages: int
    pages: int


class DocumentsAdded(Result, frozen=True):
    collection: str
    passages: int
    files: tuple[DocumentReport, ...]
    seconds: float


class ListCollections(Request, frozen=True):
    pass


class DocumentInfo(Struct, frozen=True):
    id: int
    path: str
    title: str
    pages: int
    passages: int
    bytes: int
    added: str


class CollectionInfo(Struct, frozen=True):
    name: str
    documents: int
    passages: int
    answers: int
    files: tuple[DocumentInfo, ...] = ()


class Collections(Result, frozen=True):
    collections: tuple[CollectionInfo, ...]


class RemoveDocuments(Request, frozen=True):
    """Remove one document (`path`), or the whole collection."""

    collection: str
    path: str | None = None


class Removed(Result, frozen=True):
    removed: int


class ExportCollection(Request, frozen=True):
    collection: str
    path: str


class SearchPassages(Request, frozen=True):
    collection: str
    query: str
    k: int = 10
    mode: SearchMode = "auto"


class PassageHit(Struct, frozen=True):
    """`score` orders hits within one mode; it is no probability."""

    doc: str
    page: int | None
    start: int
    end: int
    score: float
    text: str
    document_id: int = 0
    title: str = ""


class PassageHits(Result, frozen=True):
    hits: tuple[PassageHit, ...]
    mode: SearchMode
    seconds: float


class GetPage(Request, frozen=True):
    """The text of one page of a document, for the source panel."""

    document_id: int
    page: int


class DocumentPage(Result, frozen=True):
    doc: str
    title: str
    page: int
    pages: int
    text: str


class AskQuestion(Request, frozen=True):
    """`conversation` None starts a new one; the answer carries its id.

    Pieces of the answer arrive as progress notes.
    """

    collection: str
    question: str
    conversation: int | None = None
    keep: bool = True


class Answer(Result, frozen=True):
    answer: str
    mode: AnswerMode
    confidence: float
    citations: tuple[Citation, ...]
    sentences: tuple[Sentence, ...]
    seconds: float
    conversation: int | None = None
    message: int | None = None


class ListConversations(Request, frozen=True):
    query: str = ""


class ConversationInfo(Struct, frozen=True):
    id: int
    title: str
    collection: str
    updated: str
    messages: int


class Conversations(Result, frozen=True):
    conversations: tuple[ConversationInfo, ...]


class GetConversation(Request, frozen=True):
    id: int


class ChatMessage(Struct, frozen=True):
    """`role` is "user" or "assistant"; `rating` is 1, -1 or 0."""

    id: int
    role: str
    text: str
    created: str
    answer: Answer | None = None
    rating: int = 0


class Conversation(Result, frozen=True):
    info: ConversationInfo
    messages: tuple[ChatMessage, ...]


class DeleteConversation(Request, frozen=True):
    id: int


class RenameConversation(Request, frozen=True):
    id: int
    title: str


class RateMessage(Request, frozen=True):
    message: int
    rating: int


# --- recommend ------------------------------------------------------------------------------------------------


class FitRecommender(Request, frozen=True):
    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Learn recommendations {pack}"
    items: str
    events: str
    pack: str
    max_minutes: float | None = None
    seed: int = 0


class RankingMetrics(Struct, frozen=True):
    """Full ranking over all items that the person has no training event with."""

    ndcg_10: float = field(name="ndcg@10")
    recall_10: float = field(name="recall@10")
    coverage: float
    """Share of items that appear in at least one list."""


class RecommenderFitted(Result, frozen=True):
    """`metrics`: of the model and of every baseline, on a held-out part of each person's events."""

    pack: str
    version: int
    users: int
    items: int
    events: int
    seconds: float
    peak_mb: float
    metrics: dict[str, RankingMetrics]
    warnings: tuple[str, ...] = ()


class RecommendTop(Request, frozen=True):
    """Give `user` (known to the pack) or `history` (item ids of somebody unknown to it)."""

    pack: str
    user: str | None = None
    history: tuple[str, ...] = ()
    k: int = 10


class RankedItem(Struct, frozen=True):
    """`why` names the ground of `reason`: "behaviour", "text", "popular"; `because` the items that led here."""

    item: str
    title: str
    score: float
    reason: str
    why: str = ""
    because: tuple[str, ...] = ()


class RankedItems(Result, frozen=True):
    items: tuple[RankedItem, ...]
    unknown: tuple[str, ...] = ()
    """Ids in `history` that the pack does not know."""


class RecommendFile(Request, frozen=True):
    """Lists for every user of a table (column user, or the only column) into jsonl lines `user`, `items`."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Recommend for {input}"
    pack: str
    input: str
    output: str
    k: int = 10


class FileRecommended(Result, frozen=True):
    output: str
    users: int
    rejected_count: int
    rejected: tuple[Rejection, ...]
    seconds: float


class SimilarItems(Request, frozen=True):
    pack: str
    item: str
    k: int = 10


class ListPeople(Request, frozen=True):
    """People or items known to a recommender, for pickers: ids (and titles) that contain `query`."""

    pack: str
    query: str = ""
    what: str = "users"
    limit: int = 50


class People(Result, frozen=True):
    entries: tuple[tuple[str, str], ...]
    """(id, title or number of events)."""


class ForgetUser(Request, frozen=True):
    """Remove a person from the pack and from every event data set it was fitted on, and refit what they touched."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Forget a person in {pack}"
    pack: str
    user: str


class UserForgotten(Result, frozen=True):
    user: str
    events_removed: int
    version: int


class EvaluateRecommender(Request, frozen=True):
    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Evaluate {pack}"
    pack: str
    holdout: str
    baselines: bool = False


class RecommenderEvaluated(Result, frozen=True):
    users: int
    ndcg_10: float = field(name="ndcg@10")
    recall_10: float = field(name="recall@10")
    coverage: float
    baselines: dict[str, RankingMetrics]
    skipped_users: int = 0
    skipped_items: int = 0


# --- models ---------------------------------------------------------------------------------------------------


class ListModels(Request, frozen=True):
    pass


class ModelInfo(Struct, frozen=True):
    """`task` is "encoder", "classify" or "recommend"; `current` tells the version in use."""

    name: str
    task: str
    version: int
    bytes: int
    signed: bool
    ok: bool
    current: bool = True
    created: str = ""
    labels: tuple[str, ...] = ()
    metrics: dict[str, float] = {}
    bundled: bool = False
    languages: tuple[str, ...] = ()


class Models(Result, frozen=True):
    models: tuple[ModelInfo, ...]


class GetModelCard(Request, frozen=True):
    name: str


class ModelCard(Result, frozen=True):
    """`report` is the training report of a skill (`ClassifierTrained` or `RecommenderFitted` as plain data)."""

    info: ModelInfo
    card: str
    report: dict[str, Any] = {}


class VerifyModels(Request, frozen=True):
    name: str | None = None


class ExportModel(Request, frozen=True):
    """Write a pack as one .casepack file."""

    name: str
    path: str


class ImportModel(Request, frozen=True):
    path: str


class RemoveModel(Request, frozen=True):
    name: str


class RollBackModel(Request, frozen=True):
    """Make the version before the present one current again."""

    name: str


# --- activity and settings ------------------------------------------------------------------------------------


class ListJobs(Request, frozen=True):
    limit: int = 100


class JobInfo(Struct, frozen=True):
    id: int
    title: str
    kind: str
    state: JobState
    created: str
    finished: str | None = None
    seconds: float | None = None
    progress: Progress | None = None
    message: str | None = None


class Jobs(Result, frozen=True):
    jobs: tuple[JobInfo, ...]


class CancelJob(Request, frozen=True):
    id: int


class ClearJobs(Request, frozen=True):
    """Take finished jobs off the list."""


class ListAudit(Request, frozen=True):
    limit: int = 200


class AuditEntry(Struct, frozen=True):
    """`subject` is shown to the owner of the workspace alone; the chain holds its digest."""

    seq: int
    time: str
    action: str
    subject: str
    digest: str


class AuditEntries(Result, frozen=True):
    entries: tuple[AuditEntry, ...]


class GetSettings(Request, frozen=True):
    """Settings that belong to the workspace (the look of the window is kept by the window)."""


class SettingsValues(Result, frozen=True):
    values: dict[str, Any]


class ChangeSettings(Request, frozen=True):
    values: dict[str, Any]


class LoadSamples(Request, frozen=True):
    """Fill the workspace with the bundled samples (`language` "en" or "zh")."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Load the samples"
    language: str = "en"


class SamplesLoaded(Result, frozen=True):
    datasets: tuple[str, ...]
    collections: tuple[str, ...]
    packs: tuple[str, ...]
    seconds: float


RESULTS: dict[type[Request], type[Result]] = {
    GetWorkspace: WorkspaceState,
    Unlock: WorkspaceState,
    UnlockFromKeychain: WorkspaceState,
    RememberPassphrase: WorkspaceState,
    ForgetPassphrase: WorkspaceState,
    Lock: WorkspaceState,
    ChangePassphrase: Done,
    GetVaultInfo: VaultInfo,
    Backup: BackupDone,
    Restore: Restored,
    VerifyWorkspace: WorkspaceVerified,
    VerifyAudit: AuditVerified,
    ExportAudit: AuditExported,
    Diagnose: Diagnosis,
    PreviewFile: FilePreview,
    ImportData: DataImported,
    ListDatasets: Datasets,
    ShowDataset: DatasetPage,
    LintDataset: DatasetLint,
    ExportDataset: Exported,
    DeleteDataset: Done,
    TrainClassifier: ClassifierTrained,
    Classify: Classified,
    ClassifyFile: FileClassified,
    Evaluate: Evaluated,
    AddDocuments: DocumentsAdded,
    ListCollections: Collections,
    RemoveDocuments: Removed,
    ExportCollection: Exported,
    SearchPassages: PassageHits,
    GetPage: DocumentPage,
    AskQuestion: Answer,
    ListConversations: Conversations,
    GetConversation: Conversation,
    DeleteConversation: Done,
    RenameConversation: Done,
    RateMessage: Done,
    FitRecommender: RecommenderFitted,
    RecommendTop: RankedItems,
    RecommendFile: FileRecommended,
    SimilarItems: RankedItems,
    ListPeople: People,
    ForgetUser: UserForgotten,
    EvaluateRecommender: RecommenderEvaluated,
    ListModels: Models,
    GetModelCard: ModelCard,
    VerifyModels: Models,
    ExportModel: Exported,
    ImportModel: Models,
    RemoveModel: Done,
    RollBackModel: Models,
    ListJobs: Jobs,
    CancelJob: Done,
    ClearJobs: Done,
    ListAudit: AuditEntries,
    GetSettings: SettingsValues,
    ChangeSettings: SettingsValues,
    LoadSamples: SamplesLoaded,
}


class Control(Protocol):
    """What a running act may use: tell how far it is, and learn that it should stop."""

    def report(self, done: int, total: int | None, stage: str, note: str = "") -> None:
        """Publish progress (at most ten times a second) and raise `Cancelled` if asked to stop."""

    def check(self) -> None:
        """Raise `Cancelled` if asked to stop."""


class Engine(Protocol):
    """Anything that answers requests."""

    def call(self, request: Request, on_progress: Callable[[Progress], None] | None = None) -> Any:
        """Do what the request asks.

        Returns:
            The struct that `RESULTS` names for the request's class.
        Raises:
            EngineError: with a code and a sentence for people.
        """
