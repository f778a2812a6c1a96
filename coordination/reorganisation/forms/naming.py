"""The fields in which an agency is described: its names first, how it prints and ranks behind a fold."""

from crispy_forms.layout import HTML, Row
from django import forms
from django.utils.translation import gettext as _

from agencies.directory.enums import AgencyKind, Family, SigningAuthority
from agencies.reorganisation.plans import AgencyDraft, AgencyNaming
from records.fields import LineField, ProseField

_FIRST = ("name", "short_name")
_LAST = ("letterhead_lines", "superior_lines", "authority", "authority_lines", "head_title")


def naming_fields(prefix: str, naming: AgencyNaming | None) -> dict[str, forms.Field]:
    """The fields of how an agency is called, ranked and printed, filled with a proposal."""
    given = vars(naming) if naming else {}
    lines = {"widget": forms.Textarea(attrs={"rows": 2}), "max_length": 400}
    fields = {
        "name": LineField(label=_("Official name"), max_length=200),
        "short_name": LineField(label=_("Short name"), max_length=80),
        "abbreviation": LineField(label=_("Abbreviation"), max_length=20),
        "document_symbol": LineField(label=_("Symbol in document numbers"), max_length=40),
        "family": forms.ChoiceField(label=_("Family"), choices=Family.choices),
        "protocol_order": forms.IntegerField(
            label=_("Protocol order"),
            min_value=0,
            max_value=32_000,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages=dict.fromkeys(
                ("invalid", "min_value", "max_value"), _("Enter a whole number; the smallest stands first")
            ),
        ),
        "letterhead_lines": ProseField(label=_("Letterhead: this body"), **lines),
        "superior_lines": ProseField(label=_("Letterhead: superior body"), required=False, **lines),
        "authority": forms.ChoiceField(label=_("Signing authority"), choices=SigningAuthority.choices, required=False),
        "authority_lines": ProseField(label=_("Body signed for"), required=False, **lines),
        "head_title": LineField(label=_("Title of the head as printed"), max_length=60, required=False),
    }
    for name, field in fields.items():
        field.initial = given.get(name)
    return {f"{prefix}{name}": field for name, field in fields.items()}


def draft_fields(prefix: str, draft: AgencyDraft) -> dict[str, forms.Field]:
    """The fields of an agency that is founded: what it is, its code, how it is called."""
    return {
        f"{prefix}kind": forms.ChoiceField(label=_("Kind"), choices=AgencyKind.choices, initial=draft.kind),
        f"{prefix}kind_label": LineField(
            label=_("Name of the kind"),
            max_length=100,
            required=False,
            initial=draft.kind_label,
            help_text=_("Only for another kind."),
        ),
        f"{prefix}code": LineField(
            label=_("Code"), max_length=30, initial=draft.code, help_text=_("Small letters, digits and hyphens.")
        ),
        **naming_fields(prefix, draft.naming),
    }


def naming_laid_out(prefix: str, *, summary: str) -> list:
    """Names first, the rest behind a fold that stands open when something in it is wrong."""
    names = [f"{prefix}{name}" for name in (*_FIRST, "abbreviation", "document_symbol", "family", "protocol_order")]
    rest = [f"{prefix}{name}" for name in _LAST]
    folded = [Row(*names[2:4]), Row(*names[4:6]), *rest]
    return [names[0], names[1], *fold(summary, folded, names[2:] + rest)]


def draft_laid_out(prefix: str) -> list:
    """An agency that is founded: names and code first."""
    naming = naming_laid_out(prefix, summary=_("Letterhead, symbol, signing and order"))
    return [*naming[:2], Row(f"{prefix}code", f"{prefix}kind"), f"{prefix}kind_label", *naming[2:]]


def fold(summary: str, content: list, names: list[str]) -> list:
    """Content behind a summary; open when one of its fields has an error."""
    wrong = " or ".join(f"form.{name}.errors" for name in names)
    is_open = f"{{% if {wrong} %}} open{{% endif %}}" if names else ""
    return [HTML(f'<details class="pf-fold"{is_open}><summary>{summary}</summary>'), *content, HTML("</details>")]


def naming_of(cleaned: dict, prefix: str) -> AgencyNaming:
    """The naming typed; what has a fault is left empty and told at its field."""
    words = (*_FIRST, "abbreviation", "document_symbol", "letterhead_lines", "superior_lines", "authority_lines")
    return AgencyNaming(
        **{name: cleaned.get(f"{prefix}{name}") or "" for name in words},
        head_title=cleaned.get(f"{prefix}head_title") or "",
        family=Family(cleaned.get(f"{prefix}family") or Family.OTHER),
        protocol_order=cleaned.get(f"{prefix}protocol_order") or 0,
        authority=SigningAuthority(cleaned.get(f"{prefix}authority") or ""),
    )


def draft_of(cleaned: dict, prefix: str, *, key: str, unit: int | str) -> AgencyDraft:
    """The agency described."""
    return AgencyDraft(
        key=key,
        unit=unit,
        code=cleaned.get(f"{prefix}code") or "",
        kind=AgencyKind(cleaned.get(f"{prefix}kind") or AgencyKind.OTHER),
        kind_label=cleaned.get(f"{prefix}kind_label") or "",
        naming=naming_of(cleaned, prefix),
    )
