"""Country names as adverts give them -> ISO 3166 codes."""

from __future__ import annotations

import re
from functools import lru_cache

from felinar.sources.names import plain

_CODES = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO
    FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
    JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
    MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW
    PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
    TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK
"""
CODES = frozenset(_CODES.split())
_NAMES = """
AE: united arab emirates, emirates, uae, الإمارات
AL: albania, shqipëria
AR: argentina
AT: austria, österreich, autriche
AU: australia
BA: bosnia and herzegovina, bosnia, bosna i hercegovina
BD: bangladesh
BE: belgium, belgique, belgië, belgien
BG: bulgaria, българия, болгария
BR: brazil, brasil, brésil
BY: belarus, беларусь, белоруссия
CA: canada
CH: switzerland, schweiz, suisse, svizzera
CL: chile
CN: china, 中国
CO: colombia
CY: cyprus, κύπρος
CZ: czech republic, czechia, česko, česká republika
DE: germany, deutschland, allemagne, alemania, germania, германия
DK: denmark, danmark
DO: dominican republic, república dominicana
EE: estonia, eesti
EG: egypt, مصر
ES: spain, españa, espagne, spanien, spagna, spania, испания
FI: finland, suomi
FR: france, frankreich, francia, franţa, франция
GB: united kingdom, uk, u.k., great britain, britain, england, scotland, wales, northern ireland, regatul unit
GE: georgia, საქართველო, грузия
GH: ghana
GR: greece, ελλάδα, griechenland
HK: hong kong, 香港
HR: croatia, hrvatska
HU: hungary, magyarország, ungarn, ungaria
ID: indonesia
IE: ireland, éire, republic of ireland
IL: israel, ישראל
IN: india, भारत
IS: iceland, ísland
IT: italy, italia, italie, italien, италия
JP: japan, 日本
KE: kenya
KR: south korea, korea, 대한민국, 한국
KZ: kazakhstan, қазақстан, казахстан
LT: lithuania, lietuva
LU: luxembourg, luxemburg
LV: latvia, latvija
MA: morocco, maroc, المغرب
MD: moldova, republica moldova, молдова
ME: montenegro, crna gora
MK: north macedonia, macedonia, северна македонија
MT: malta
MX: mexico, méxico
MY: malaysia
NG: nigeria
NL: netherlands, the netherlands, holland, nederland, niederlande, pays-bas
NO: norway, norge
NZ: new zealand
PE: peru, perú
PH: philippines, pilipinas
PK: pakistan
PL: poland, polska, polen, pologne
PT: portugal
RO: romania, românia, roumanie, rumänien, rumania, румыния
RS: serbia, србија, srbija
RU: russia, russian federation, россия, rusia, russland
SE: sweden, sverige, schweden
SG: singapore
SI: slovenia, slovenija
SK: slovakia, slovensko
TH: thailand, ประเทศไทย
TR: turkey, türkiye
TW: taiwan, 台灣
UA: ukraine, україна, украина
US: united states, united states of america, usa, u.s.a., u.s., america, estados unidos, états-unis
VE: venezuela
VN: vietnam, viet nam, việt nam
XK: kosovo, kosova
ZA: south africa
"""
_BY_NAME = {plain(name): line[:2] for line in _NAMES.strip().splitlines() for name in line[4:].split(", ")}
_BEGINS = re.compile(r"\s*([A-Z]{2})\s*,")


@lru_cache(maxsize=4_096)
def country_code(text: str) -> str:
    """Return the ISO code of a country given by code or name, empty if we do not know it; `UK` is GB."""
    code = text.strip().upper()
    return code if code in CODES else _BY_NAME.get(plain(text), "")


@lru_cache(maxsize=65_536)
def country_of_place(place: str) -> str:
    """Return the code that a place begins with, as in `US, IL, Chicago`, else empty."""
    found = _BEGINS.match(place)
    return country_code(found[1]) if found else ""
