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
    reach line messages mensajes messaggi mensagens mesaje
    texts callback reachable joindre joignable appeler telefonisch telefonare telefonar telefonic rufnummer
    recapito erreichbar melden anrufen bereikbaar appen bellen mobiel pisac telefonicznie писать звонить ligar marcar
    directe diretta gasiti marque फोन संदेश नंबर
    simi simanumer hringdu hringja soita puhelin puh helista zvaniet zvanit skambinkite skambinti volejte zavolejte
    volajte zavolajte zovi zovite nazovite klicite poklicite pozovite javite дзвоніть телефонуйте тэлефануйце обадете
    обадите καλεστε τηλ τηλεφωνο κιν hivjon hivj telefonszam arayin arayiniz hubungi telpon tumawag tawagan piga simu
    skakel ffoniwch rufft truqueu chamar deitu ringen anropa
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
    rcs 订单 订单号 编号 账号 身份证号 快递单号 注文番号 주문번호
    catastral catastrais cadastral cadastrale cadastrala cadastru cadastre catastale catastali catasto catastrale
    kataster кадастровый кадастрового кадастровому кадастровии кадастровым кадастровим katastru katastralni parcelle
    particella grid org orgnr organisationsnummer bankgiro plusgiro bankgironummer bankszamla bankszamlaszam szamlaszam
    cegjegyzekszam konta rachunku wieczysta hrsz krs
    version versione versiune versiunea версия версии protocollo protocolo protokoll protokol protokoll протокол
"""
_WEAK_WORDS = """
    order booking case item article account auftrag bestellung commande pedido comanda bar ad advert anuncio ordine
    annuncio anunt objava listing post ticket anzeige artikel rechnung paket parcel colis codigo kod kode объявление
    обьявление оголошення договор чек счет лицензия замовлення zamowienie objednavka rendeles siparis παραγγελια поръчка
    part model lot parts models
    company registration customer member membership client policy contract permit receipt reservation file claim
    reservierung vertrag kunde kunden mitglied police quittung antrag genehmigung vorgang akte
    reservation facture billet contrat recu demande permis membre reserva factura boleto contrato cliente recibo
    solicitud permiso poliza socio expediente bilhete fatura apolice protocolo prenotazione fattura biglietto contratto
    ricevuta polizza pratica permesso rezervare rezervarii factura facturii bilet biletul biletului contractul
    contractului chitanta polita dosar dosarul dosarului cerere comenzii clientului coletului rezerwacja rezerwacji
    faktura faktury bilet biletu umowa umowy klienta sprawa sprawy paragon paragonu paczka paczki wniosek wniosku polisa
    polisy zgloszenie zezwolenie rezervace objednavky smlouva smlouvy zakaznika uctenka foglalas szamla szerzodes
    ugyfel jegy reservering bestelling factuur klant bokning bestallning avtal kund arende kvitto bestilling tilaus
    varaus lasku sopimus asiakas rezervasyon fatura sozlesme musteri kargo basvuru rezervacija racun ugovor
    бронь брони бронирование бронирования заказа договора счета билет билета чека полис полиса заявка заявки дело дела
    накладная квитанция бронювання договору рахунок рахунку квиток заявка посилка κρατηση κρατησης τιμολογιο
    παραγγελιας εισιτηριο συμβολαιο αποδειξη поръчка фактура
"""
_LABELS, _WEAK = frozenset(_LABEL_WORDS.split()), frozenset(_WEAK_WORDS.split())
# What stands between a label and its figures: `codice univoco 0302914`.
_FURTHER = frozenset(("unico", "univoco", "unique", "unic", "fiscal", "fiscale", "interno", "interne", "intern"))
_ORDER_WORDS = """
    order orders auftrag bestellung commande pedido comanda ordine заказ bestelling bestilling bestallning tilaus
    zamowienie objednavka rendeles siparis παραγγελια замовлення поръчка encomenda encomienda spedizione sendung vorgang
    paczka expediere envio livraison lieferung consegna
"""
_ORDERS = frozenset(_ORDER_WORDS.split())
# Points against a number behind such a word, and against one that begins with a trunk zero.
ORDERED, ORDERED_ZERO = 60, 30
_NUMBER_WORDS = """
    no nr id n number numbers code num ref numar numarul numero nummer номер नंबर cislo numer αριθμος szam номером
"""
_NUMBER = frozenset((*_NUMBER_WORDS.split(), *fold(_NUMBER_WORDS).text.split()))
_OWN = _LABELS | _NUMBER
_SIGNS = " .:#°º№"
# Signs that stand for a telephone, and words behind figures that make an amount of them.
CALL_SIGNS = "☎☏✆📞📱📲"
_UNIT_WORDS = """
    eur euro euros usd gbp pln zl zł zlotych chf czk kc huf ft ron lei leu sek nok dkk kr try tl rub руб рублей uah грн
    гривен rs inr rupees रुपये m km cm mm kg g mb gb mah w kw h hr hrs hours min mins minutes minut godzin stunden heures
    horas ore ora часов лет years yrs ans anni anos ani jahre jaar lat x
"""
_GAP, _LINK, _SHORT, _ABBREVIATED, _NEAREST = 4, 3, 5, 2, 3
_GAP_SIGNS, _UNITS = frozenset(CALL_SIGNS), frozenset(fold(_UNIT_WORDS).text.split())
_AMOUNT = re.compile(rf" {{0,2}}(?:[€$£₹₽%:]|({LETTERS}+))")
_FIGURES = re.compile(r"[a-z]{0,4}\d(?:[\d -]|[./:](?=\d))*")


class Around:
    """The words before a run and after it; `cue`: one of the four before or the next one invites to call or write."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._before = _WORD.findall(text, max(0, start - _REACH), start)
        self._text, self._start = text, start
        cues = _all_cues()
        self.cue = not cues.isdisjoint(self._before[-4:]) or not cues.isdisjoint(
            _WORD.findall(text, end, end + _AFTER)[:1]
        )
        self.ordered = self._points_against()

    def _points_against(self) -> int:
        """Return how much speaks against a number because of the word `order` or an ellipsis before it."""
        zero = self._text[self._start] == "0"
        if not _ORDERS.isdisjoint(self._before[-1:]):
            return ORDERED_ZERO if zero else ORDERED
        # What follows an ellipsis may be the end of a number that the title begins.
        open_end = self._text[max(0, self._start - 4) : self._start].rstrip().endswith("..")
        return ORDERED if open_end and not zero else 0

    def labelled(self, numero: bool) -> int:
        """Return where the figures end that begin at the start and are named as something else; the start if none."""
        text, start = self._text, self._start
        name = text[max(0, start - 12) : start].rstrip(_SIGNS)
        signs = text[max(0, start - 12) + len(name) : start]
        words = self._before[-3:]
        if not words or len(signs) > 4 or not name or not name[-1].isalpha():
            return _end(text, start) if numero else start
        own = words[-1] in _OWN or words[-1] in _all_cues()  # `nip 123…, tel 0…`
        if len(words) > 1 and len(words[-1]) <= 3 and (not signs or words[-2] in _LABELS) and not own:
            words.pop()  # iban xx00 …, vat gb 00 …
        elif len(words) > 1 and words[-1] in _FURTHER and words[-2] in _LABELS:
            words.pop()
        last, other = words[-1], words[-2] if len(words) > 1 else ""
        named = last in _LABELS or numero or (last in _NUMBER and (other in _LABELS or other in _WEAK))
        named = named or (last in _WEAK and not _NUMBER.isdisjoint(words[:-1]))  # `número de pedido`, `nr anunț`
        return _end(text, start) if named or ("#" in signs and last in _WEAK) else start


def is_invited(text: str, start: int) -> bool:
    """Say whether the last word before these figures, or one before short ones, invites to call or write."""
    if not _GAP_SIGNS.isdisjoint(text[max(0, start - _GAP) : start]):
        return True
    after = start
    for word in [*_WORD.finditer(text, max(0, start - _REACH), start)][: -_NEAREST - 1 : -1]:
        if after - word.end() > (_GAP if after == start else _LINK):
            return False
        if _invites(word[0]):
            return True
        if len(word[0]) > _SHORT:
            return False
        after = word.start()
    return False


def _invites(word: str) -> bool:
    """Say whether a word invites to call; `no` and `nr` alone may number anything."""
    return word in _all_cues() and not (len(word) <= _ABBREVIATED and word in _NUMBER)


def is_amount(text: str, end: int) -> bool:
    """Say whether figures that end here are followed by a currency, a unit or a colon."""
    rest = _AMOUNT.match(text, end)
    return rest is not None and (rest[1] is None or rest[1] in _UNITS)


def _end(text: str, start: int) -> int:
    match = _FIGURES.match(text, start)
    return match.end() if match else start


@lru_cache(maxsize=1)
def _all_cues() -> frozenset[str]:
    phrases = [p for row in load().concepts["call_cue"].phrases.values() for p in row]
    words = {w for p in phrases for w in _WORD.findall(fold(p).text) if len(w) > 1}
    return frozenset(words | set(_CUES.split()) | set(fold(_CUES).text.split()))
