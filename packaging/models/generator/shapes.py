"""The sizes a model can have, and how a run shares its time and its text between the stages.

`cpu` is what two cores can train in two hours, `gpu` what one card can in half an hour (with its larger `teacher`),
`tiny` is for tests. A head is 64 numbers wide and every width a multiple of 32, so that each matrix fits Q8_0's blocks.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Shape:
    """Sizes of a Llama: `hidden` is the width inside the feed-forward part, `context` the longest text in tokens."""

    vocabulary: int
    width: int
    layers: int
    heads: int
    kv_heads: int
    hidden: int
    context: int
    rope_base: float = 10000.0
    norm_epsilon: float = 1e-5

    @property
    def head(self) -> int:
        return self.width // self.heads

    @property
    def parameters(self) -> int:
        attention = 2 * self.width * self.width + 2 * self.width * self.kv_heads * self.head
        layer = attention + 3 * self.width * self.hidden + 2 * self.width
        return self.vocabulary * self.width + self.layers * layer + self.width

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Plan:
    """A student, perhaps a teacher, and how they are trained.

    `rows` x `length` tokens are one micro-batch in pre-training, `gather` of them one step; in tuning a micro-batch
    holds at most the same number of tokens. Rates are Muon's (see optimiser.py), shares parts of the whole time.
    """

    student: Shape
    teacher: Shape | None
    length: int
    rows: int
    gather: int
    rate: float
    tune_rate: float
    pretrain_share: float
    tune_share: float
    teacher_share: float = 0.0
    baseline_share: float = 0.0
    questions: int = 200


TABLE: dict[str, Plan] = {
    "cpu": Plan(
        student=Shape(8192, 256, 8, 4, 2, 704, 1024),
        teacher=None,
        length=512,
        rows=8,
        gather=1,
        rate=4e-3,
        tune_rate=1.5e-3,
        pretrain_share=0.50,
        tune_share=0.45,
        questions=150,
    ),
    "cpu-wide": Plan(
        student=Shape(8192, 384, 8, 6, 2, 1024, 1024),
        teacher=None,
        length=512,
        rows=12,
        gather=1,
        rate=4e-3,
        tune_rate=1.5e-3,
        pretrain_share=0.50,
        tune_share=0.45,
        questions=150,
    ),
    "gpu": Plan(
        student=Shape(16384, 640, 14, 10, 2, 1728, 2048),
        teacher=Shape(16384, 1024, 16, 16, 4, 2816, 2048),
        length=1024,
        rows=64,
        gather=2,
        rate=4e-3,
        tune_rate=1e-3,
        pretrain_share=0.30,
        tune_share=0.10,
        teacher_share=0.35,
        baseline_share=0.12,
        questions=400,
    ),
    "tiny": Plan(
        student=Shape(512, 64, 2, 2, 1, 96, 1024),
        teacher=None,
        length=64,
        rows=4,
        gather=1,
        rate=4e-3,
        tune_rate=2e-3,
        pretrain_share=0.5,
        tune_share=0.3,
        questions=4,
    ),
}
