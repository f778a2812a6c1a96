"""Every rule a finished paper is judged by, in the order of reading."""

from reports.checking.rules import annexes, feet, files, heads, pages, texts

RULES = (*pages.RULES, *heads.RULES, *texts.RULES, *feet.RULES, *annexes.RULES, *files.RULES)
