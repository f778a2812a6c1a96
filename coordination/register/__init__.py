"""The register of numbers, the issue of what all have signed, and its amendment."""
