"""Teach: forecasts, pauses, and trainings that were interrupted."""

from __future__ import annotations

from engine import api
from engine.host.context import Context
from engine.host.registry import handles
from engine.host.teach import unfinished


@handles(api.ForecastTraining)
def forecast_training(ctx: Context, request: api.ForecastTraining, ctl: api.Control) -> api.TrainingForecast:
    from engine.host.teach.forecast import forecast

    return forecast(ctx, request.dataset, request.task, request.device, request.options, ctl)


@handles(api.PauseJob)
def pause_job(ctx: Context, request: api.PauseJob, ctl: api.Control) -> api.Done:
    control = ctx.running.get(request.id)
    if control is None:
        return api.Done(ok=False)
    if request.resume:
        control.resume()
    else:
        control.pause()
    return api.Done(ok=control.paused is not request.resume)


@handles(api.ListUnfinished)
def list_unfinished(ctx: Context, request: api.ListUnfinished, ctl: api.Control) -> api.UnfinishedTrainings:
    return api.UnfinishedTrainings(trainings=unfinished.unfinished(ctx))


@handles(api.ResumeTraining)
def resume_training(ctx: Context, request: api.ResumeTraining, ctl: api.Control) -> api.TrainingResumed:
    return unfinished.go_on(ctx, request.id, ctl)


@handles(api.DropTraining)
def drop_training(ctx: Context, request: api.DropTraining, ctl: api.Control) -> api.Done:
    unfinished.forget(ctx, request.id)
    return api.Done()
