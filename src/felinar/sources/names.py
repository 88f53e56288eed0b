"""Column names that we know, in the languages of the lexicon; compared without case, blanks, marks and underscores.

A label (an outcome that somebody else decided) is never read: what is measured on labels must not have seen them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Field -> names, the first one that a file has wins where a field takes one column. Compared by `plain`.
KNOWN: dict[str, str] = {
    "source_id": "source_id id job_id ad_id advert_id post_id listing_id posting_id anzeigen_id identifier.value"
    " identifier",
    "url": "url link href source_url permalink adresse_web enlace lien ссылка",
    "site": "site source_site website domain host sitio sito сайт",
    "account": "account account_id user_id user username poster_id poster seller_id seller author_id author"
    " utilizator usuario utilisateur benutzer utente пользователь автор",
    "posted_at": "posted_at date_posted posted posting_date post_date published_at published publish_date date"
    " created_at created timestamp datetime data_publicarii fecha_publicacion fecha date_publication datum"
    " data дата",
    "captured_at": "captured_at captured scraped_at scrape_date crawled_at crawl_date retrieved_at collected_at",
    "title": "title job_title heading headline subject ad_title titlu titulo titre titel überschrift titolo"
    " заголовок название",
    "body": "text body ad_text description job_description content message post_text company_profile"
    " hiring_organization.description requirements benefits job_benefits responsibilities qualifications"
    " skills texto texte testo corp mensaje descriere descripcion description_annonce beschreibung"
    " descrizione descricao anzeigentext mesaj messaggio mensagem текст описание объявление",
    "place_text": "location city place region town address state province joblocation joblocation.name"
    " joblocation.address joblocation.address.streetaddress joblocation.address.addresslocality"
    " joblocation.address.addressregion localitate oras ciudad ville lieu stadt ort città luogo cidade"
    " lugar ubicacion localizacao город место",
    "country_hint": "country country_code joblocation.address.addresscountry"
    " joblocation.address.addresscountry.name tara pais pays land paese país страна",
    "contact_text": "phone phone_number phones contact contacts contact_info telephone email e_mail whatsapp mobile"
    " telefon telefono telefone numar_telefon telephone_number handy телефон контакт контакты почта",
    "images": "images image photos photo pictures picture image_urls image_url photo_urls image.url imagini"
    " imagenes bilder immagini imagens fotos фото",
    "language": "language lang limba idioma langue sprache lingua язык",
    "price_text": "price salary salary_range rate rates pay wage basesalary basesalary.value basesalary.currency"
    " basesalary.value.value basesalary.value.minvalue basesalary.value.maxvalue basesalary.value.unittext"
    " pret precio prix preis prezzo preco salariu salario salaire gehalt lohn stipendio цена зарплата",
    "latitude": "latitude lat geo.latitude joblocation.geo.latitude",
    "longitude": "longitude lon lng long geo.longitude joblocation.geo.longitude",
    "category": "category type kind @type categorie categoria kategorie catégorie категория",
}
SEVERAL = frozenset({"body", "place_text", "contact_text", "price_text", "images"})  # fields that take several columns
_LABELS = (
    "fraudulent fraud is_fraud label labels is_trafficking trafficking operation_id truth ground_truth class"
    " target coerced outcome verdict is_scam is_spam cluster_id true_cluster gold risk_label human_label"
)
_JOB_COLUMNS = (
    "job_id job_title job_description employment_type salary_range company_profile required_experience"
    " required_education hiring_organization.name hiring_organization basesalary.value joblocation"
    " job_location vacancy"
)
_JOB_WORDS = (
    "job jobs jobposting job_posting employment vacancy vacancies work hiring full_time part_time contract"
    " temporary internship angajare loc_de_munca trabajo empleo emploi travail stelle stellenangebot lavoro"
    " emprego trabalho работа вакансия"
)
_SERVICE_WORDS = (
    "service services massage massages companionship escort escorts personals adult wellness spa beauty"
    " cleaning servicii servicios masaj masaje masajes dienstleistung dienstleistungen massagen servizi"
    " massaggi servicos massagem услуги массаж"
)


@lru_cache(maxsize=65_536)
def plain(name: str) -> str:
    """Return a column name in the form in which names are compared: `Date posted` and `datePosted` are one."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    return re.sub(r"[^\w.@]|_", "", "".join(c for c in folded if not unicodedata.combining(c)))


def _plains(names: str) -> frozenset[str]:
    return frozenset(plain(n) for n in names.split())


FIELD_OF = {plain(name): (field, place) for field, names in KNOWN.items() for place, name in enumerate(names.split())}
LABELS, JOB_COLUMNS = _plains(_LABELS), _plains(_JOB_COLUMNS)
JOB_WORDS, SERVICE_WORDS = _plains(_JOB_WORDS), _plains(_SERVICE_WORDS)


def is_label(column: str) -> bool:
    """Return whether a column, or the object that it stands in, is called like a label or an outcome."""
    return any(part in LABELS for part in plain(column).split(".")) or plain(column) in LABELS


@lru_cache(maxsize=4_096)
def category_of(words: str) -> str:
    """Return job or service for what a source calls its category, empty for a word that we do not know."""
    parts = {plain(words), *(plain(p) for p in re.split(r"[\s/&,>_-]+", words))}
    job, service = bool(parts & JOB_WORDS), bool(parts & SERVICE_WORDS)
    return "" if job == service else "job" if job else "service"
