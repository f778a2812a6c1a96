"""Model and form fields that keep text clean: NFC in every column, a clear word beside the field otherwise."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from records import text
from records.secrecy import mark_in

LONGEST_WORD = 40
_LAST_CHARACTER = "\U0010ffff"
FORBIDDEN_CHARACTERS = _("Remove the characters that cannot be displayed, then save again")
MARKED_SECRET = _(
    "The text bears the mark of secrecy “%(mark)s”; it was not kept. What is a State secret may not be written in the "
    "portal: send it by the secret mail of your office. Where a text only speaks of such marks, write them in small "
    "letters."
)


class Line(models.CharField):
    """One line of text, stored in NFC with single spaces."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return " ".join(text.nfc(value).split()) if isinstance(value, str) else value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": LineField, **kwargs})


class Prose(models.TextField):
    """Several lines of text, stored in NFC with plain line ends."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return text.nfc(value).replace("\r\n", "\n") if isinstance(value, str) else value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": ProseField, **kwargs})


class Folded(models.CharField):
    """The folded or sorting form of other columns of the row, refreshed at every save."""

    def __init__(self, *, of: tuple[str, ...] = (), by: str = "fold", **kwargs):
        self.of, self.by = of, by
        kwargs.setdefault("max_length", 2000)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("blank", True)
        super().__init__(**kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of, "by": self.by}

    def pre_save(self, instance, add):
        source = " ".join(str(getattr(instance, name) or "") for name in self.of)
        value = getattr(text, self.by)(source)[: self.max_length]
        setattr(instance, self.attname, value)
        return value


class Word(models.CharField):
    """One folded word of a search index, compared byte by byte on every database.

    Why: a range of such words is a prefix, which the index of either database serves.
    """

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", LONGEST_WORD)
        super().__init__(**kwargs)

    def db_parameters(self, connection):
        bytewise = {"collation": "C"} if connection.vendor == "postgresql" else {}
        return super().db_parameters(connection) | bytewise


def prefix_range(word: str) -> tuple[str, str]:
    """The first word with a prefix and the end, itself outside, of all words with it."""
    return word[:LONGEST_WORD], word[:LONGEST_WORD] + _LAST_CHARACTER


class _CleanText(forms.CharField):
    """Refuses characters that are no text before anything else sees them, and gives back what can be shown.

    Rule: R-FILE-6. A text that bears a mark of State secrecy is refused, whichever form it is typed into.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.validators = [v for v in self.validators if type(v).__name__ != "ProhibitNullCharactersValidator"]

    def clean(self, value):
        if isinstance(value, str) and text.has_forbidden(value):
            raise ValidationError(FORBIDDEN_CHARACTERS, code="forbidden_characters")
        if isinstance(value, str) and (mark := mark_in(value)):
            raise ValidationError(MARKED_SECRET, code="marked_secret", params={"mark": mark})
        return super().clean(value)

    def prepare_value(self, value):
        return text.without_forbidden(value) if isinstance(value, str) else value

    def to_python(self, value):
        return text.nfc(super().to_python(value))


class LineField(_CleanText):
    """A form's one-line text in NFC with single spaces."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class ProseField(_CleanText):
    """A form's text of several lines in NFC."""

    widget = forms.Textarea

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class DayField(forms.DateField):
    """A day typed as day/month/year, with or without leading zeros; never month first."""

    default_error_messages = {"invalid": _("Not a real date. Use day/month/year, for example 15/4/2022")}

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", DayInput())
        super().__init__(**kwargs)

    def to_python(self, value):
        day = super().to_python(text.without_forbidden(value).strip() if isinstance(value, str) else value)
        if isinstance(day, date) and not 1900 <= day.year <= 2200:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class DayInput(forms.DateInput):
    """A plain text box with a number pad on phones: officials type faster than they pick."""

    def __init__(self, attrs=None):
        super().__init__(attrs={"inputmode": "numeric", "autocomplete": "off", **(attrs or {})}, format="%d/%m/%Y")

    def format_value(self, value):
        return text.without_forbidden(value) if isinstance(value, str) else super().format_value(value)


class SeveralField(forms.ModelMultipleChoiceField):
    """Several of the listed rows.

    Why the look-up by text: a number too large for the database would otherwise fail there, not at the field.
    """

    def clean(self, value):
        listed = {str(pk) for pk in self.queryset.values_list("pk", flat=True)}
        if isinstance(value, list | tuple) and any(str(one) not in listed for one in value):
            raise ValidationError(self.error_messages["invalid_pk_value"], code="invalid_pk_value")
        return super().clean(value)


class YearField(forms.IntegerField):
    """A calendar year from 2000 to 2100."""

    default_error_messages = {
        "invalid": _("Enter a year, for example 2022"),
        "min_value": _("The year must be between 2000 and 2100"),
        "max_value": _("The year must be between 2000 and 2100"),
    }

    def __init__(self, **kwargs):
        messages = self.default_error_messages | kwargs.pop("error_messages", {})
        digits = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(min_value=2000, max_value=2100, error_messages=messages, widget=digits, **kwargs)


class QuantityField(forms.Field):
    """A number in Vietnamese writing: 1.450 is one thousand four hundred and fifty, 93,5 has a decimal part."""

    default_error_messages = {
        "invalid": _("Enter a number only, for example 25. The unit goes in the box beside it"),
        "too_big": _("The number is too large"),
    }
    widget = forms.TextInput

    def __init__(self, *, max_digits: int = 15, decimal_places: int = 2, **kwargs):
        self.largest = Decimal(10) ** (max_digits - decimal_places)
        self.smallest_step = Decimal(1).scaleb(-decimal_places)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, int | Decimal):
            return Decimal(value)
        number = _vietnamese_number(text.without_forbidden(str(value)))
        if number is None or number < 0:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if number >= self.largest:
            raise ValidationError(self.error_messages["too_big"], code="too_big")
        return number.quantize(self.smallest_step)

    def prepare_value(self, value):
        if isinstance(value, Decimal):
            plain = f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
            return plain.replace(".", ",")
        return text.without_forbidden(value) if isinstance(value, str) else value


def _vietnamese_number(typed: str) -> Decimal | None:
    """The value of "1.450", "1 450" or "93,5"; None where it is no number."""
    plain = typed.strip().replace("\u00a0", " ").replace(" ", "")
    whole, _comma, fraction = plain.partition(",")
    groups = whole.split(".")
    if len(groups) > 1 and not all(len(group) == 3 for group in groups[1:]):
        return None
    digits = "".join(groups)
    if not (digits.isascii() and digits.isdigit()) or (fraction and not (fraction.isascii() and fraction.isdigit())):
        return None
    if _comma and not fraction:
        return None
    try:
        return Decimal(f"{digits}.{fraction or 0}")
    except InvalidOperation:
        return None
