"""The workbooks the portal hands out: the template to fill in, and a table sent in with what is to be mended."""
