"""What the form of a job advert shows: how to reach the employer, who it is, how much is said."""

from __future__ import annotations

import numpy as np

from felinar.score.contract import AdvertRule
from felinar.score.counting import Bools, Ints, median
from felinar.score.pile import Pile
from felinar.score.reading import BODY_LENGTH

# Mail providers that anybody can use without naming a firm, by the most users in the lexicon's countries.
_FREE_MAIL = (
    "gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.fr yahoo.es yahoo.it yahoo.de ymail.com hotmail.com "
    "hotmail.co.uk hotmail.fr hotmail.es hotmail.it outlook.com live.com msn.com aol.com icloud.com gmx.de gmx.net "
    "gmx.com web.de t-online.de mail.ru yandex.ru bk.ru list.ru inbox.ru rambler.ru proton.me protonmail.com "
    "tutanota.com mail.com zoho.com libero.it virgilio.it orange.fr laposte.net free.fr sapo.pt uol.com.br "
    "bol.com.br terra.com.br rediffmail.com yahoo.ro"
)
FREE_MAIL = frozenset(_FREE_MAIL.split())
SHORTENERS = ("bit.ly/", "tinyurl.com/", "goo.gl/", "cutt.ly/", "is.gd/", "t.ly/", "rb.gy/", "shorturl.at/")
MESSENGERS = ("wa.me/", "api.whatsapp.com/", "chat.whatsapp.com/", "t.me/", "telegram.me/", "signal.me/", "viber.com/")
SHORT_SHARE_PERCENT = 40  # of the pile's middle job advert: a fixed length would find short languages and old sites
SHORTEST_USUAL = 280  # below this all job adverts of the pile are thin, and thinness says nothing


def free_mail(pile: Pile) -> Bools:
    """Return the adverts whose e-mail is with a free provider, or whose link hides where it leads."""
    mails, urls = pile.mentioned("email"), pile.mentioned("url")
    free = np.array([value.rpartition("@")[2] in FREE_MAIL for value in mails.values], dtype=np.bool_)
    short = np.array([any(s in value for s in SHORTENERS) for value in urls.values], dtype=np.bool_)
    return _marked(pile, mails.advert, mails.code, free) | _marked(pile, urls.advert, urls.code, short)


def chat_only(pile: Pile) -> Bools:
    """Return the adverts that can be reached by a chat application and in no other way."""
    urls = pile.mentioned("url")
    chat = np.array([any(m in value for m in MESSENGERS) for value in urls.values], dtype=np.bool_)
    by_chat = _marked(pile, urls.advert, urls.code, chat) | pile.shows("handle")
    by_site = _marked(pile, urls.advert, urls.code, ~chat)
    return by_chat & ~by_site & ~pile.shows("phone") & ~pile.shows("email") & ~pile.shows("masked")


def short_text(pile: Pile) -> Bools:
    """Return the job adverts far shorter than the middle job advert of the pile."""
    length: Ints = pile.adverts[BODY_LENGTH].to_numpy()
    usual = pile.usual.of("length of job adverts", lambda: {"middle": median(length[pile.is_job])}).get("middle", 0)
    if usual < SHORTEST_USUAL:
        return np.zeros(pile.n, dtype=np.bool_)
    return np.asarray(length * 100 < usual * SHORT_SHARE_PERCENT, dtype=np.bool_)


def vague_employer(pile: Pile) -> Bools:
    """Return the job adverts with no employer's column, no site and no mail at a firm's own domain."""
    mails, urls = pile.mentioned("email"), pile.mentioned("url")
    own = np.array([value.rpartition("@")[2] not in FREE_MAIL for value in mails.values], dtype=np.bool_)
    site = np.array([not any(m in v for m in MESSENGERS + SHORTENERS) for v in urls.values], dtype=np.bool_)
    known = _marked(pile, mails.advert, mails.code, own) | _marked(pile, urls.advert, urls.code, site)
    known |= pile.shows("masked")  # the data owner took the address out: we cannot say that there was none
    known[list(pile.employers)] = True
    return ~known


def _marked(pile: Pile, advert: Ints, code: Ints, value_is: Bools) -> Bools:
    shown = np.zeros(pile.n, dtype=np.bool_)
    if len(value_is):
        shown[advert[value_is[code]]] = True
    return shown


FREE = AdvertRule("JOB_FREE_MAIL_OR_MESSENGER", free_mail)
CHAT = AdvertRule("JOB_CHAT_ONLY", chat_only)
SHORT = AdvertRule("JOB_SHORT_TEXT", short_text)
VAGUE = AdvertRule("JOB_VAGUE_EMPLOYER", vague_employer)
