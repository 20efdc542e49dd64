"""Hand reviewed pages over: as a report to read, as tables, as ClaimReview, as labelled passages."""

from __future__ import annotations

from pipeline.reporting.pages import Audited, Page, audited, read_pages
from pipeline.reporting.write import FORMS, write

__all__ = ["FORMS", "Audited", "Page", "audited", "read_pages", "write"]
