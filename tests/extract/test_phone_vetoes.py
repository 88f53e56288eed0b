import pytest

from felinar.extract.contract import Context
from felinar.extract.phone import PHONE
from felinar.kernels.fold import fold

LABELS = """
    EAN|GTIN|UPC|barcode|ISBN|IMEI|VAT|SKU|licence no|passport|tracking|AWB|invoice no|order no|
    Sendungsnummer|Steuernummer|Kundennummer|IdNr.|Bestellnummer|SIRET|n° de dossier|code-barres|cod de bare|
    CUI|CNP|comanda nr.|număr de anunț|código de barras|NIF|CIF|DNI|número de pedido|referencia|P.IVA|
    partita IVA|codice|ordine n.|NIPC|contribuinte|CPF|CNPJ|encomenda ref|ИНН|ОГРН|СНИЛС|КПП|заказ №|штрихкод|
    ЄДРПОУ|ІПН|NIP|PESEL|REGON|nr zamówienia|BSN|KvK|TC kimlik no|vergi no|IČO|DIČ|rodné číslo|adószám|ΑΦΜ|
    ЕИК|ЕГН|आधार|ऑर्डर नंबर|GSTIN|Aadhaar|ABN|ACN|SSN|EIN|routing|sort code acct|BLZ Konto|lat|GPS
"""
LABELS = [label.strip() for label in "".join(line.strip() for line in LABELS.splitlines()).split("|")]


def values(text, country="GB"):
    return [f.value for f in PHONE.find(fold(text), Context(country=country))]


@pytest.mark.parametrize("label", LABELS)
def test_digits_named_as_something_else_are_no_number_and_the_same_digits_to_call_are(label):
    assert values(f"{label} 07700900123") == []
    assert values(f"{label}: 07700900123") == []
    assert values(f"{label} 441 872, call 07700900123") == ["+447700900123"]


@pytest.mark.parametrize(
    "text",
    [
        "51.507351, -0.127758", "51.5074° N, 0.1278° W", "44.4268N 26.1025E", "51°30'26\"N 0°07'39\"W",
        "44.426767 26.102538", "lat 44.4267674 lon 26.1025384", "44,426767; 26,102538", "N 44° 25.606 E 26° 06.153",
        "4 006381 333931", "978-3-16-148410-0", "4111 1111 1111 1111", "4111-1111-1111-1111", "3782 822463 10005",
        "**** **** **** 4242", "GB82 WEST 1234 5698 7654 32", "DE89 3704 0044 0532 0130 00",
        "1Z999AA10123456784", "RR123456789RO", "fe80:1234:5678:9abc", "192.168.100.200:8080",
        "2024-01-15 2024-02-20", "15.01.2024 - 20.02.2024", "11-17-2015/11-28-2015", "20240115 20240220",
        "2024/01/15 10:30:00", "15.01.24 16.01.24 17.01.24", "open 10:00-20:00 11:00-21:00", "10h30 - 20h45",
        "1990-2000, 2001-2010", "90-60-90, 170 cm, 55 kg", "1200 x 800 x 600 mm", "120x200x30",
        "25 000 - 35 000 Kč", "35 000 - 75 000", "35.000-75.000 RON", "1 500 000 сум", "Rp 15.000.000",
        "1.234.567,89 €", "12,345,678 INR", "£60 30min £100 1 hour", "100/150/200", "50€/30min 80€/1h 150€/2h",
        "30 мин 2000 час 3000", "1500 лева на месец, 20000 гривень", "5 10 15 20 25 30 35",
        "1. 2. 3. 4. 5. 6. 7. 8. 9.", "1234567890", "https://example.org/ad/07700900123",
        "example.org/item-07700900123.html", "650+253+1234", "score 3:2 4:1 5:0 2:2",
        "from 1986 to 1995 and again", "15000 to 22000, 9 to 7, age 21 to 35", "reservation no 935771204",
        "numer rezerwacji 935771204", "№ заказа 935771204", "version 7.700.900.734", "codice univoco 0302914",
        "Referencia catastral 9872023", "кадастровый номер 77:01:0001001:1234", "numer konta 61 1090 1014 0000 0712",
        "bankgiro 5050-1055", "bankszámla 11773016-11111018", "Sizes 8/10/12/14/16", "grid SJ 83925 98204",
    ],
)  # fmt: skip
@pytest.mark.parametrize("country", ["GB", "US", "RO", "RU", ""])
def test_figures_of_other_kinds_are_no_numbers(text, country):
    assert values(text, country) == []


@pytest.mark.parametrize(
    ("country", "text", "value"),
    [
        ("GB", "07700 900123 14 euro", "+447700900123"),
        ("GB", "call 07700 900 123 60 min", "+447700900123"),
        ("GB", "07700 900123, 90-60-90", "+447700900123"),
        ("GB", "2019-2024 07700 900123", "+447700900123"),
        ("GB", "51.507351, -0.127758 call 07700900123", "+447700900123"),
        ("DE", "0171 39 200 45 14 Euro pro Stunde", "+491713920045"),
        ("FR", "06 39 98 12 34 1500 euros par mois", "+33639981234"),
        ("GB", "your order? ring 07700900123", "+447700900123"),
        ("GB", "post or call 07700900123", "+447700900123"),
        ("GB", "call 07700 900123 let me know", "+447700900123"),
        ("PL", "NIP 123-456-32-18, tel 903518478", "+48903518478"),
        ("NL", "06-71482090 | Vierentwintig uur", "+31671482090"),
        ("DE", "0171 3920067 | zwei Stunden", "+491713920067"),
        ("NL", "06 7148 | twee nul negen nul", "+31671482090"),
    ],
)
def test_a_number_beside_other_figures_is_still_read_whole(country, text, value):
    assert values(text, country) == [value]
