"""Which requests change what, so that the pages know when to look again."""

from __future__ import annotations

from engine import api

DATASETS, MODELS, COLLECTIONS, CONVERSATIONS, JOBS, WORKSPACE, SETTINGS = (
    "datasets",
    "models",
    "collections",
    "conversations",
    "jobs",
    "workspace",
    "settings",
)

_ALL = (DATASETS, MODELS, COLLECTIONS, CONVERSATIONS, JOBS)

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
    api.ImportModel: (MODELS,),
    api.RemoveModel: (MODELS,),
    api.RollBackModel: (MODELS,),
    api.AddDocuments: (COLLECTIONS,),
    api.RemoveDocuments: (COLLECTIONS,),
    api.AskQuestion: (CONVERSATIONS,),
    api.DeleteConversation: (CONVERSATIONS,),
    api.RenameConversation: (CONVERSATIONS,),
    api.RateMessage: (CONVERSATIONS,),
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
