"""Writing the workbooks that go out."""
