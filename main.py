"""Casemate's one entry point: the window without a command, the command line with one, and its child processes.

Nothing heavy is imported here: every child process imports this file first.
"""

from __future__ import annotations

import sys


def main() -> int:
    """Run a command, or open the window."""
    from engine.privacy.network import install_guard

    install_guard()
    from engine.cli.window import workspace_of_window

    workspace = workspace_of_window(sys.argv[1:])
    if workspace is not None:
        import gc

        gc.disable()  # nothing to collect before the first picture; the window turns it on again
        from gui.app import run as run_window

        return run_window(workspace)
    from engine.cli.entry import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()
    sys.exit(main())
