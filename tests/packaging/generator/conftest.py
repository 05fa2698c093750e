"""The pipeline of the bundled generator is run by path, so its folder's parent has to be found."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "packaging" / "models"))
