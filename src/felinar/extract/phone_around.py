"""The words before and after a run: do they invite to call, or do they name the digits as something else?"""

from __future__ import annotations

import re
from functools import lru_cache

from felinar.extract.lexicon import load
from felinar.extract.phone_prefilter import LETTERS
from felinar.kernels.fold import fold

_WORD = re.compile(rf"{LETTERS}+")
_REACH, _AFTER = 32, 12
_CUES = """
    tlf phone cel ring wa wap zap telefone no nr tfn mob cell call me dial sms text sun sunati llamar numer zadzwon
    ara bel tel telefon telefono telephone mobile movil handy portable viber whatsapp watsap signal telegram numar
    numarul chiamata llamada chamada appel звонок сообщение mensaje messaggio message mensagem mesaj apel
    appuntamenti appuntamento termin numero number nummer связь звоните пишите номер телефон тел запись write
    contact kontakt contacto contato contatto book booking bookings बुकिंग citas reserva rezervari
"""
# These name what follows; the weaker ones only with a number sign: `for booking 0770…` is a number to call.
_LABEL_WORDS = """
    gtin upc штрихкод barres barras bare barre strichcode awb sendungsnummer imo gps lat lon lng latitude
    longitude coord coordinates coordonate coordenadas coordinate koordinaten координаты referencia
    referinta riferimento referentie кпп огрнип снилс егрн егн еик едрпоу єдрпоу рнокпп ипн іпн uid cnp
    pesel regon ico dic afm αφμ αμκα bsn ust idnr steuernummer steuer hrb hrg umsatzsteuer iva piva fiscale
    nif nipc contribuinte cpf cnpj dni nie rfc curp cuit cuil rut ruc abn acn ein ssn itin aadhaar aadhar
    आधार gstin gst pan kimlik vergi adoszam taj rodne rodni oib jmbg emso codice codul dossier routing
    sortcode bestellnummer kundennummer rechnungsnummer vertragsnummer aktenzeichen artikelnummer ऑर्डर
    आर्डर ऑरडर आरडर рс swift bic ustidnr wallet chassis vin ref reference referenz refer invoice iban ean
    isbn barcode sku license licence licenta cui nip siret siren vat zip plz kvk inn инн огрн bsb acct konto
    nhs reg passport pasaport serial imei tracking cif nipc заказ zamowienie zamowienia id код арт артикул
"""
_WEAK_WORDS = """
    order booking case item article account auftrag bestellung commande pedido comanda bar ad advert anuncio ordine
    annuncio anunt objava listing post ticket anzeige artikel rechnung paket parcel colis codigo kod kode объявление
    обьявление оголошення договор чек счет лицензия замовлення zamowienie objednavka rendeles siparis παραγγελια поръчка
    company registration customer member membership client policy contract
"""
_LABELS, _WEAK = frozenset(_LABEL_WORDS.split()), frozenset(_WEAK_WORDS.split())
_ORDERS = frozenset(("order", "orders", "auftrag", "bestellung", "commande", "pedido", "comanda", "ordine", "заказ"))
_NUMBER_WORDS = """
    no nr id n number code num ref numar numarul numero nummer номер नंबर cislo numer αριθμος szam номером
"""
_NUMBER = frozenset(_NUMBER_WORDS.split())
_OWN = _LABELS | _NUMBER
_SIGNS = " .:#°º№"
_FIGURES = re.compile(r"[a-z]{0,4}\d(?:[\d -]|[./](?=\d))*")


class Around:
    """The words before a run and after it; `cue`: one of the four before or the next one invites to call or write."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._before = _WORD.findall(text, max(0, start - _REACH), start)
        self._text, self._start = text, start
        cues = _all_cues()
        self.cue = not cues.isdisjoint(self._before[-4:]) or not cues.isdisjoint(
            _WORD.findall(text, end, end + _AFTER)[:1]
        )
        # What follows an ellipsis may be the end of a number that the title begins.
        self.ordered = text[start] != "0" and (
            not _ORDERS.isdisjoint(self._before[-1:]) or text[max(0, start - 4) : start].rstrip().endswith("..")
        )

    def labelled(self, numero: bool) -> int:
        """Return where the figures end that begin at the start and are named as something else; the start if none."""
        text, start = self._text, self._start
        name = text[max(0, start - 12) : start].rstrip(_SIGNS)
        signs = text[max(0, start - 12) + len(name) : start]
        words = self._before[-3:]
        if not words or len(signs) > 4 or not name or not name[-1].isalpha():
            return _end(text, start) if numero else start
        if len(words) > 1 and len(words[-1]) <= 3 and (not signs or words[-2] in _LABELS) and words[-1] not in _OWN:
            words.pop()  # iban xx00 …, vat gb 00 …
        last, other = words[-1], words[-2] if len(words) > 1 else ""
        named = last in _LABELS or numero or (last in _NUMBER and (other in _LABELS or other in _WEAK))
        named = named or (last in _WEAK and not _NUMBER.isdisjoint(words[:-1]))  # `número de pedido`, `nr anunț`
        return _end(text, start) if named or ("#" in signs and last in _WEAK) else start


def _end(text: str, start: int) -> int:
    match = _FIGURES.match(text, start)
    return match.end() if match else start


@lru_cache(maxsize=1)
def _all_cues() -> frozenset[str]:
    phrases = [p for row in load().concepts["call_cue"].phrases.values() for p in row]
    words = {w for p in phrases for w in _WORD.findall(fold(p).text) if len(w) > 1}
    return frozenset(words | set(_CUES.split()))
