from records.errors import Refusal


class RenderFailed(Refusal):
    """A PDF could not be made; the message tells the person who asked why and what to change."""
