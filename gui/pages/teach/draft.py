"""What is being set up: the examples, their check, the forecast, the method and its options, the name."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.api import (
    DatasetInfo,
    DatasetLint,
    ForecastTraining,
    MethodForecast,
    TrainClassifier,
    TrainEntities,
    TrainingForecast,
    TrainOptions,
)


@dataclass(frozen=True)
class Extras:
    """What is asked for beside `TrainOptions`: who examines, how long it may take, where it runs."""

    valid_dataset: str | None = None
    max_minutes: float | None = None
    seed: int = 0
    device: str = "auto"


@dataclass
class Draft:
    """A training before it starts. `lint` and `forecast` belong to `info` and go when it changes."""

    info: DatasetInfo | None = None
    name: str = ""
    lint: DatasetLint | None = None
    forecast: TrainingForecast | None = None
    method: str = "auto"
    options: TrainOptions = field(default_factory=TrainOptions)
    extras: Extras = field(default_factory=Extras)

    @property
    def task(self) -> str:
        return "entities" if self.info is not None and self.info.kind == "entities" else "classify"

    @property
    def checked(self) -> bool:
        """The check is there and found nothing that training would refuse."""
        return self.lint is not None and self.lint.ok

    @property
    def ready(self) -> bool:
        """Everything that a training needs is there."""
        return self.info is not None and bool(self.name.strip()) and self.checked and self._possible()

    def forecast_of(self, method: str) -> MethodForecast | None:
        """What the probe says of a method; for "auto" of the one that it would take."""
        if self.forecast is None:
            return None
        wanted = self.forecast.chosen if method == "auto" else method
        return next((one for one in self.forecast.methods if one.method == wanted), None)

    def _possible(self) -> bool:
        told = self.forecast_of(self.method)
        return told is None or told.possible

    def probe(self) -> ForecastTraining:
        """Ask for the forecast."""
        assert self.info is not None
        task = "entities" if self.task == "entities" else "classify"
        return ForecastTraining(self.info.name, task, self.extras.device, self.options)  # type: ignore[arg-type]

    def request(self) -> TrainClassifier | TrainEntities:
        """The training as it is set up now."""
        assert self.info is not None
        kind = TrainEntities if self.task == "entities" else TrainClassifier
        return kind(
            dataset=self.info.name,
            pack=self.name.strip(),
            method=self.method,
            valid_dataset=self.extras.valid_dataset,
            max_minutes=self.extras.max_minutes,
            seed=self.extras.seed,
            device=self.extras.device,
            options=self.options,
        )
