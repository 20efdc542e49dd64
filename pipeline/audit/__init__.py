"""Hand reviewed pages over: as a report to read, as tables, as ClaimReview, as labelled passages."""

from __future__ import annotations

from pipeline.audit.pages import Audited, Page, audited, read_pages
from pipeline.audit.write import FORMS, write

__all__ = ["FORMS", "Audited", "Page", "audited", "read_pages", "write"]
