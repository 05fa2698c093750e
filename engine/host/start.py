"""Where the host process begins. Apart from the host itself, so that the window which starts it does not load it."""

from __future__ import annotations

from multiprocessing.connection import Connection


def main(pipe: Connection, workspace: str) -> None:
    """Entry point of the host process.

    Args:
        pipe: the host's end.
        workspace: folder of the workspace.
    """
    from engine.host.process import main as run

    run(pipe, workspace)
