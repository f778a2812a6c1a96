"""docs/performance.md, written from the figures of a run."""
