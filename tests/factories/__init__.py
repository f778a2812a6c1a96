"""Plain functions that make rows in business states by walking the real services."""
