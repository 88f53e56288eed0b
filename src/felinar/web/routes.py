"""All pages and actions of the desk in one table: read this first. Tests walk it, role by role."""

from __future__ import annotations

from felinar.access.roles import May
from felinar.web import acts
from felinar.web.page import Act, Page
from felinar.web.pages import accounts, advert, key, lead, leads, log, overview, path, search, watches

# path, action in the log, what the role must allow, function, template; `own_purpose`: only with a purpose of one's own
PAGES = (
    Page("/leads", "leads", May.READ, leads.tell, "leads.html", own_purpose=False),
    Page("/leads/{operation_id:int}", "show", May.READ, lead.tell, "lead.html"),
    Page("/adverts/{advert_id:int}", "show", May.READ, advert.tell, "advert.html"),
    Page("/adverts/{advert_id:int}/original", "original", May.READ, advert.tell_original, "original.html"),
    Page("/keys/{key_id:int}", "show", May.READ, key.tell, "key.html"),
    Page("/hubs", "hubs", May.READ, key.tell_hubs, "hubs.html", own_purpose=False),
    Page("/search", "search", May.SEARCH, search.tell, "search.html"),
    Page("/path", "show", May.SEARCH, path.tell, "path.html"),
    Page("/lists", "list", May.LISTS, search.tell_list, "lists.html"),
    Page("/watches", "watches", May.WATCH, watches.tell, "watches.html"),
    Page("/patterns", "patterns", May.COUNTS, overview.tell_patterns, "patterns.html", own_purpose=False),
    Page("/runs", "runs", May.COUNTS, overview.tell_runs, "runs.html", own_purpose=False),
    Page("/log", "audit", May.AUDIT, log.tell, "log.html", own_purpose=False),
    Page("/accounts", "access", May.ACCOUNTS, accounts.tell, "accounts.html", own_purpose=False),
)

ACTS = (
    Act("/judge", May.JUDGE, acts.judge),
    Act("/merge", May.JUDGE, acts.merge),
    Act("/status", May.JUDGE, acts.decide),
    Act("/note", May.JUDGE, acts.note),
    Act("/undo", May.JUDGE, acts.undo),
    Act("/watch", May.WATCH, watches.add),
    Act("/watch/change", May.WATCH, watches.change),
    Act("/suppress", May.SUPPRESS, watches.stop_surfacing),
)

# A list of values is too long for an address, and would stand in the browser's history.
ALSO_POSTED = ("/lists",)
