"""What the portal does by itself, at its time, without a system cron.

A room says in its `AppConfig.ready` what is done and when (`declared.declare`); `manage.py work` sees to it.
"""
