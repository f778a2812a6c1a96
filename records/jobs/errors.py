class TryAgain(Exception):
    """A job met something that passes by itself, such as a process that was ended; it is tried again later."""


class LeaseLost(Exception):
    """Another process has taken the job over, because nothing was heard of this one; it stops without a word."""


class QueueAway(Exception):
    """The server that keeps the queue does not answer; the message carries its words. Jobs stand in their rows."""
