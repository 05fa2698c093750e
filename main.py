"""Casemate's one entry point: the window without a command, the command line with one, and its child processes.

Nothing heavy is imported here: every child process imports this file first.
"""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Run a command, or open the window."""
    from engine.privacy.network import install_guard

    install_guard()
    from engine.cli.entry import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
