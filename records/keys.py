"""Rows by keys that are known already, hundreds of them."""

from collections.abc import Collection

from django.db.models import BooleanField, F, Func, Q


def one_of(column: str, keys: Collection[int]) -> Q:
    """Rows whose column holds one of these whole numbers.

    Why written out: a value for each of hundreds of keys is prepared, checked and bound by itself, at every statement.
    """
    if not keys:
        return Q(pk__in=())
    written = ", ".join(str(int(key)) for key in sorted(keys))
    return Q(Func(F(column), template=f"%(expressions)s IN ({written})", output_field=BooleanField()))
