"""The portal's components: each has one template, its own words and icons, and refuses an argument it does not know."""

from django import template

from portal.templatetags.components import blocks, damage, fields, icons, links, states

register = template.Library()
for _part in (blocks, damage, fields, icons, links, states):
    register.tags.update(_part.register.tags)
    register.filters.update(_part.register.filters)
