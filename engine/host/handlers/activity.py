"""The list of jobs, and the workspace's settings."""

from __future__ import annotations

import msgspec

from engine import api
from engine.host.context import Context
from engine.host.registry import handles
from engine.settings.options import checked
from engine.store import audit, jobs, settings


@handles(api.ListJobs)
def list_jobs(ctx: Context, request: api.ListJobs, ctl: api.Control) -> api.Jobs:
    with ctx.store.read() as connection:
        listed = jobs.newest(connection, request.limit)
    running = dict(ctx.running)
    return api.Jobs(
        jobs=tuple(
            msgspec.structs.replace(job, progress=running[job.id].latest) if job.id in running else job
            for job in listed
        )
    )


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
