"""Sessions as Django keeps them in the database, fetched by a statement put into words once."""

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db import OperationalError

from records import clock
from records.prepared import Prepared

_BY_KEY = Prepared(lambda key: Session.objects.filter(pk=key))


class SessionStore(DatabaseStore):
    """Every request asks for one session."""

    def save(self, must_create: bool = False) -> None:
        """Keep what the session holds.

        Rule: R-FAULT-1. A database that is away is told as that; Django would say that the session is gone.
        Raises: OperationalError; UpdateError where somebody ended the session meanwhile.
        """
        try:
            super().save(must_create)
        except UpdateError as failure:
            if isinstance(failure.__context__, OperationalError):
                raise failure.__context__ from None
            raise

    def _get_session_from_db(self) -> Session | None:
        found = _BY_KEY.models(key=self.session_key)
        if found and found[0].expire_date > clock.machine_now():
            return found[0]
        self._session_key = None
        return None
