"""What addresses say about jobs: pages above write it, the page of a job and the pages it leads to read it."""

# The page of a job was opened to wait for what comes of it, and leads there by itself.
WAITING_KEY = "cho"
# The page somebody waited for is told which job made it ready.
MADE_BY_KEY = "viec"
