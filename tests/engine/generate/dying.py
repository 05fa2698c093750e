"""A task that ends as native code does when it meets a file made to do harm."""

import os
import signal

from engine.serve.generate.values import LoadSpec
from engine.serve.generate.work import Tried

__all__ = ["LoadSpec", "Tried", "die"]


def die(spec, link):
    os.kill(os.getpid(), signal.SIGSEGV)
