"""Stage 5: the student once more, with a tuned teacher beside it.

    python packaging/models/generator/distil.py --work DIR --minutes N --shape gpu [--device auto]

Needs work/tune-teacher; where no teacher was trained it says so and leaves things as they are. The result is
work/distil-student; work/tune-student, trained without a teacher, stays beside it as the baseline.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generator import options, shapes, tune
from generator.machine import Machine
from generator.training import Goal, State


def run(work: Path, plan: shapes.Plan, machine: Machine, goal: Goal) -> State | None:
    """Distil; None where there is no teacher."""
    teacher = work / "tune-teacher"
    if plan.teacher is None or not list(teacher.glob("step-*")):
        print("distil: skipped, no teacher was trained", flush=True)
        return None
    return tune.run(work, plan, "student", machine, goal, teacher=teacher, to=work / "distil-student")


def main() -> None:
    chosen = options.stage(__doc__)
    plan = shapes.TABLE[chosen.shape]
    run(chosen.work, plan, options.machine(chosen), options.goal(chosen, plan.tune_rate))


if __name__ == "__main__":
    main()
