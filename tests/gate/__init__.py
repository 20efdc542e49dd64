"""The quality gate: measured quality against pinned floors, and the statements whose verdict changed."""
