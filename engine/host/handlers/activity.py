"""The list of jobs, and the workspace's settings."""

from __future__ import annotations

import msgspec

from engine import api
from engine.host.context import Context
from engine.host.registry import handles
from engine.jobs.control import JobControl
from engine.settings.options import checked
from engine.store import audit, jobs, settings
from engine.values import JobState


@handles(api.ListJobs)
def list_jobs(ctx: Context, request: api.ListJobs, ctl: api.Control) -> api.Jobs:
    with ctx.store.read() as connection:
        listed = jobs.newest(connection, request.limit)
    running = dict(ctx.running)
    return api.Jobs(jobs=tuple(_as_it_is(job, running.get(job.id)) for job in listed))


def _as_it_is(job: api.JobInfo, control: JobControl | None) -> api.JobInfo:
    """The job with what only its control knows: progress, pause, and a wait for memory."""
    if control is None:
        return job
    state: JobState = "paused" if control.paused else "queued" if control.waiting else job.state
    return msgspec.structs.replace(job, state=state, progress=control.latest)


@handles(api.CancelJob)
def cancel_job(ctx: Context, request: api.CancelJob, ctl: api.Control) -> api.Done:
    control = ctx.running.get(request.id)
    if control is not None:
        control.cancel()
    return api.Done(ok=control is not None)


@handles(api.ClearJobs)
def clear_jobs(ctx: Context, request: api.ClearJobs, ctl: api.Control) -> api.Done:
    with ctx.store.write() as connection:
        jobs.clear(connection)
    return api.Done()


@handles(api.GetSettings)
def get_settings(ctx: Context, request: api.GetSettings, ctl: api.Control) -> api.SettingsValues:
    return api.SettingsValues(values=dict(ctx.settings))


@handles(api.ChangeSettings)
def change_settings(ctx: Context, request: api.ChangeSettings, ctl: api.Control) -> api.SettingsValues:
    values = {name: checked(name, value) for name, value in request.values.items()}
    with ctx.store.write() as connection:
        settings.save(connection, values)
        audit.record(connection, "settings changed", ", ".join(sorted(values)))
    ctx.use_settings(values)
    return api.SettingsValues(values=dict(ctx.settings))
