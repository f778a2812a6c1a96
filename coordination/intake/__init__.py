"""Taking a table of tasks from Excel or Word into a program: tested first, written second, all or nothing."""
