"""Work that does not fit into a request: asked for once, done by a process of its own, seen while it goes on.

A room says in its `AppConfig.ready` what its jobs do (`kinds.register`), and asks for one with
`services.enqueue(name, actor=…, key=…, title=…, **plain_values)`. The same key asked for twice is the same job.
"""
