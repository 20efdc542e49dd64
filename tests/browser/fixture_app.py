"""The dashboard in front of made-up reports, for the browser test: `streamlit run tests/browser/fixture_app.py`."""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    root = str(Path(__file__).parents[2])
    if root not in sys.path:
        sys.path.insert(0, root)

    import app
    from pipeline.dashboard import jobs
    from tests.desks import InstantDesk

    jobs.desk = InstantDesk
    app.main()
