"""Makes `slow_training` importable here and, through the inherited path, in the children."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
