"""The one door for front ends: what may be asked of the engine and what comes back.

A front end builds a request (a frozen struct of this module), hands it to an engine (`engine.host.service.Service`
in the same process, `engine.host.client.HostClient` across a pipe) and gets the struct that `RESULTS` names, or an
`EngineError`. The field names of results are the JSON keys of docs/cli.md. Nothing heavy is imported here.

Offsets count characters. Scores are probabilities in 0..1 unless a docstring says otherwise. Times are seconds;
moments are UTC in ISO 8601.
"""

from __future__ import annotations

from engine.api.activity import *
from engine.api.base import *
from engine.api.chat import *
from engine.api.data import *
from engine.api.desk import *
from engine.api.entities import *
from engine.api.generate import *
from engine.api.grounded import *
from engine.api.handoff import *
from engine.api.library import *
from engine.api.machine import *
from engine.api.models import *
from engine.api.read import *
from engine.api.recommend import *
from engine.api.recommend_feedback import *
from engine.api.recommend_rules import *
from engine.api.results import RESULTS as RESULTS
from engine.api.retrieval import *
from engine.api.teach import *
from engine.api.teach_generator import *
from engine.api.workspace import *
