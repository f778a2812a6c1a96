"""Geometry, typography and conventions of papers: each value with its unit and source clause, by family and day."""

from reports.documents.layout_profiles.choosing import PROFILES, conventions_of, profile_for, profile_on
from reports.documents.layout_profiles.measures import Conventions, LayoutProfile, Measure
from reports.documents.layout_profiles.nd30 import ND30
from reports.documents.layout_profiles.organisations import NEUTRAL, YOUTH
from reports.documents.layout_profiles.party import PARTY_05, PARTY_36

__all__ = [
    "ND30",
    "NEUTRAL",
    "PARTY_05",
    "PARTY_36",
    "PROFILES",
    "YOUTH",
    "Conventions",
    "LayoutProfile",
    "Measure",
    "conventions_of",
    "profile_for",
    "profile_on",
]
