"""Sessions as Django keeps them in the database, fetched by a statement put into words once."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session

from records import clock
from records.prepared import Prepared

_BY_KEY = Prepared(lambda key: Session.objects.filter(pk=key))


class SessionStore(DatabaseStore):
    """Every request asks for one session."""

    def _get_session_from_db(self) -> Session | None:
        found = _BY_KEY.models(key=self.session_key)
        if found and found[0].expire_date > clock.machine_now():
            return found[0]
        self._session_key = None
        return None
