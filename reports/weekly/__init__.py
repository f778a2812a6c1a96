"""The figures of the week on one page, sent by mail to leaders who asked for them."""
