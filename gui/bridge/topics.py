"""Which requests change what, so that the pages know when to look again."""

from __future__ import annotations

from engine import api

DATASETS, MODELS, COLLECTIONS, CONVERSATIONS, HANDOFFS, PROFILES, JOBS, WORKSPACE, SETTINGS = (
    "datasets",
    "models",
    "collections",
    "conversations",
    "handoffs",
    "profiles",
    "jobs",
    "workspace",
    "settings",
)

_ALL = (DATASETS, MODELS, COLLECTIONS, CONVERSATIONS, HANDOFFS, PROFILES, JOBS)

CHANGES: dict[type[api.Request], tuple[str, ...]] = {
    api.ImportData: (DATASETS,),
    api.DeleteDataset: (DATASETS,),
    api.TrainClassifier: (MODELS,),
    api.TrainEntities: (MODELS,),
    api.ResumeTraining: (MODELS,),
    api.TeachQueue: (MODELS, DATASETS),
    api.UseVersion: (MODELS,),
    api.FitRecommender: (MODELS,),
    api.ForgetUser: (MODELS, DATASETS),
    api.AddItems: (MODELS, DATASETS),
    api.FeedbackToEvents: (DATASETS,),
    api.ImportModel: (MODELS,),
    api.RemoveModel: (MODELS,),
    api.RollBackModel: (MODELS,),
    api.AddDocuments: (COLLECTIONS,),
    api.RemoveDocuments: (COLLECTIONS,),
    api.WatchFolder: (COLLECTIONS,),
    api.UnwatchFolder: (COLLECTIONS,),
    api.RefreshCollection: (COLLECTIONS,),
    api.AskQuestion: (CONVERSATIONS, HANDOFFS),
    api.DeleteConversation: (CONVERSATIONS, HANDOFFS),
    api.RenameConversation: (CONVERSATIONS,),
    api.BranchConversation: (CONVERSATIONS,),
    api.RateMessage: (CONVERSATIONS, HANDOFFS),
    api.HandOver: (HANDOFFS,),
    api.AnswerHandoff: (HANDOFFS, CONVERSATIONS, COLLECTIONS),
    api.DismissHandoff: (HANDOFFS,),
    api.SaveAnswer: (HANDOFFS, COLLECTIONS),
    api.DeleteAnswer: (HANDOFFS, COLLECTIONS),
    api.FeedbackToDataset: (DATASETS,),
    api.SaveProfile: (PROFILES, COLLECTIONS),
    api.LoadProfile: (PROFILES, COLLECTIONS),
    api.DeleteProfile: (PROFILES,),
    api.ClearJobs: (JOBS,),
    api.CancelJob: (JOBS,),
    api.LoadSamples: _ALL,
    api.Unlock: (WORKSPACE, *_ALL),
    api.UnlockFromKeychain: (WORKSPACE, *_ALL),
    api.Restore: (WORKSPACE,),
    api.Lock: (WORKSPACE,),
    api.ChangeSettings: (SETTINGS,),
    api.ChangePassphrase: (SETTINGS,),
    api.Backup: (SETTINGS,),
}


def changed_by(request: api.Request) -> tuple[str, ...]:
    """The topics whose pages should look again after a request was done."""
    topics = CHANGES.get(type(request), ())
    return (*topics, JOBS) if type(request).LONG and JOBS not in topics else topics
