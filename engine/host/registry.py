"""Which function answers which request. A handler's module is imported at its first request: the host starts fast."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, TypeVar

from engine import api
from engine.host.context import Context

Handler = Callable[[Context, Any, api.Control], Any]
F = TypeVar("F", bound=Callable[..., Any])

_HANDLERS: dict[type[api.Request], Handler] = {}
_MODULES: dict[str, tuple[type[api.Request], ...]] = {
    "vault": (
        api.GetWorkspace, api.Unlock, api.UnlockFromKeychain, api.RememberPassphrase, api.ForgetPassphrase, api.Lock,
        api.ChangePassphrase, api.GetVaultInfo,
        api.Backup, api.Restore, api.VerifyWorkspace, api.VerifyAudit, api.ExportAudit, api.ListAudit,
    ),
    "activity": (api.ListJobs, api.CancelJob, api.ClearJobs, api.GetSettings, api.ChangeSettings),
    "samples": (api.LoadSamples,),
    "machine": (api.Diagnose,),
    "data": (
        api.PreviewFile, api.ImportData, api.ListDatasets, api.ShowDataset, api.LintDataset, api.ExportDataset,
        api.DeleteDataset,
    ),
    "read": (api.TrainClassifier, api.Classify, api.ClassifyFile, api.Evaluate),
    "entities": (api.TrainEntities, api.ExtractEntities, api.ExtractFile, api.EvaluateEntities),
    "explain": (api.Explain,),
    "reports": (api.ExportReport,),
    "versions": (api.ListVersions, api.UseVersion, api.CompareVersions),
    "adapters": (api.ExportAdapter,),
    "teach": (api.ForecastTraining, api.PauseJob, api.ListUnfinished, api.ResumeTraining, api.DropTraining),
    "queue": (api.FillQueue, api.GetQueue, api.AnswerQueued, api.UndoAnswer, api.AddCorrection, api.TeachQueue),
    "chat": (
        api.AddDocuments, api.ListCollections, api.RemoveDocuments, api.ExportCollection,
        api.GetPage, api.AskQuestion, api.ListConversations, api.GetConversation, api.DeleteConversation,
        api.RenameConversation, api.RateMessage,
    ),
    "retrieval": (api.SearchPassages, api.MeterRetrieval, api.GetRetrievalMeter, api.ChooseRetrieval),
    "library": (
        api.WatchFolder, api.UnwatchFolder, api.ListWatched, api.RefreshCollection, api.ListRefused, api.GetPageImage,
    ),
    "desk": (
        api.ListProfiles, api.GetProfile, api.SaveProfile, api.LoadProfile, api.DeleteProfile,
        api.RunConversationTests,
    ),
    "handoff": (
        api.ListHandoffs, api.GetHandoff, api.AnswerHandoff, api.DismissHandoff, api.HandOver, api.ListAnswers,
        api.SaveAnswer, api.DeleteAnswer, api.GetChatFigures, api.FeedbackToDataset, api.BranchConversation,
        api.CopyConversation, api.ExportConversation,
    ),
    "recommend": (
        api.FitRecommender, api.RecommendTop, api.RecommendFile, api.SimilarItems, api.ListPeople, api.ForgetUser,
        api.EvaluateRecommender, api.TogetherItems,
    ),
    "recommend_rules": (api.ListRules, api.AddRule, api.RemoveRule, api.AddItems, api.MapItems),
    "recommend_feedback": (
        api.RecordFeedback, api.ImportFeedback, api.UndoDismissal, api.FeedbackToEvents, api.GetFeedbackFigures,
        api.ReplayVersions,
    ),
    "generate": (api.Generate, api.ListGenerators, api.GetGenerator, api.UnloadGenerator),
    "teach_generator": (api.TrainGenerator, api.MergeGenerator),
    "phrasing": (api.Summarise, api.Rewrite, api.DraftReply, api.Translate),
    "models": (
        api.ListModels, api.GetModelCard, api.VerifyModels, api.ExportModel, api.ImportModel, api.RemoveModel,
        api.RollBackModel,
    ),
}  # fmt: skip
_HOME = {request: module for module, requests in _MODULES.items() for request in requests}


def handles(request: type[api.Request]) -> Callable[[F], F]:
    """Mark a function as the answer to a request class."""

    def mark(function: F) -> F:
        _HANDLERS[request] = function
        return function

    return mark


def handler_of(request: type[api.Request]) -> Handler:
    if request not in _HANDLERS:
        importlib.import_module(f"engine.host.handlers.{_HOME[request]}")
    return _HANDLERS[request]


def module_names() -> tuple[str, ...]:
    """For the packager, which cannot see imports by name."""
    return tuple(f"engine.host.handlers.{module}" for module in _MODULES)
