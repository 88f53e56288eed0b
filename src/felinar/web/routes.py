"""All pages and actions of the desk in one table: read this first. Tests walk it, role by role."""

from __future__ import annotations

from felinar.access.roles import May
from felinar.web import acts
from felinar.web.imports import inbox
from felinar.web.page import Act, Page
from felinar.web.pages import (
    accounts,
    advert,
    cases,
    compare,
    dossier,
    filters,
    import_file,
    imports,
    key,
    lead,
    leads,
    log,
    overview,
    path,
    search,
    split,
    watches,
)

# path, action in the log, what the role must allow, function, template; `own_purpose`: only with a purpose of one's own
PAGES = (
    Page("/leads", "leads", May.READ, leads.tell, "leads.html", own_purpose=False),
    Page("/leads/{operation_id:int}", "show", May.READ, lead.tell, "lead.html"),
    Page("/leads/{operation_id:int}/split", "show", May.READ, split.tell, "split.html"),
    Page("/compare", "show", May.READ, compare.tell, "compare.html"),
    Page("/adverts/{advert_id:int}", "show", May.READ, advert.tell, "advert.html"),
    Page("/adverts/{advert_id:int}/original", "original", May.READ, advert.tell_original, "original.html"),
    Page("/keys/{key_id:int}", "show", May.READ, key.tell, "key.html"),
    Page("/hubs", "hubs", May.READ, key.tell_hubs, "hubs.html", own_purpose=False),
    Page("/search", "search", May.SEARCH, search.tell, "search.html"),
    Page("/path", "show", May.SEARCH, path.tell, "path.html"),
    Page("/lists", "list", May.LISTS, search.tell_list, "lists.html"),
    Page("/watches", "watches", May.WATCH, watches.tell, "watches.html"),
    Page("/cases", "cases", May.JUDGE, cases.tell, "cases.html"),
    Page("/cases/{case_id:int}", "cases", May.JUDGE, cases.tell_one, "case.html"),
    Page("/cases/{case_id:int}/dossier", "dossier", May.EXPORT, dossier.tell_case, "dossier.html"),
    Page("/leads/{operation_id:int}/dossier", "dossier", May.EXPORT, dossier.tell_lead, "dossier.html"),
    Page("/dossiers", "dossiers", May.EXPORT, dossier.tell_requests, "dossiers.html"),
    Page("/patterns", "patterns", May.COUNTS, overview.tell_patterns, "patterns.html", own_purpose=False),
    Page("/imports", "imports", May.IMPORT, imports.tell, "imports.html", published=False),
    Page("/imports/file", "preview", May.IMPORT, import_file.tell, "import_file.html", published=False),
    Page("/imports/{import_id:int}", "imports", May.IMPORT, imports.tell_import, "import.html", published=False),
    Page(
        "/imports/{import_id:int}/rejects", "preview", May.IMPORT, imports.tell_rejects, "rejects.html", published=False
    ),
    Page("/runs", "runs", May.COUNTS, overview.tell_runs, "runs.html", own_purpose=False),
    Page("/log", "audit", May.AUDIT, log.tell, "log.html", own_purpose=False, published=False),
    Page("/accounts", "access", May.ACCOUNTS, accounts.tell, "accounts.html", own_purpose=False, published=False),
)

ACTS = (
    Act("/judge", May.JUDGE, acts.judge),
    Act("/split", May.JUDGE, acts.split),
    Act("/status", May.JUDGE, acts.decide),
    Act("/note", May.JUDGE, acts.note),
    Act("/undo", May.JUDGE, acts.undo),
    Act("/watch", May.WATCH, watches.add),
    Act("/watch/change", May.WATCH, watches.change),
    Act("/suppress", May.SUPPRESS, watches.stop_surfacing),
    Act("/cases/open", May.JUDGE, cases.open_one),
    Act("/cases/add", May.JUDGE, cases.add),
    Act("/cases/remove", May.JUDGE, cases.remove),
    Act("/cases/change", May.JUDGE, cases.change),
    Act("/dossiers/answer", May.APPROVE, dossier.answer),
    Act("/filters/save", May.READ, filters.save),
    Act("/filters/withdraw", May.READ, filters.withdraw),
    Act("/imports/upload", May.IMPORT, imports.upload, published=False, upload=inbox.LARGEST_UPLOAD + (1 << 20)),
    Act("/imports/begin", May.IMPORT, import_file.begin, published=False),
    Act("/imports/remove", May.IMPORT, imports.take_out, published=False),
)

# A list of values or a picture is too long for an address, and would stand in the browser's history.
ALSO_POSTED = ("/lists", "/search", "/leads/{operation_id:int}/dossier", "/cases/{case_id:int}/dossier")
