import json

import pytest

from felinar.extract.age import find
from felinar.extract.contract import Context
from felinar.kernels.fold import fold

STATED = [
    ("Anna, 26 years old, from Leeds", ["26"]),
    ("Ana, 26 ani. Luisa 26 años. Анна 26 лет", ["26", "26", "26"]),
    ("26 साल की, umar 27", ["26", "27"]),
    ("26 Jahre alt; 31 ans; 28 anni; 29 anos de idade", ["26", "31", "28", "29"]),
    ("candidates aged 18-30, vârsta între 20 și 45 ani", ["18", "30", "20", "45"]),
    ("Poster's age 26 Location city post id 1234567 ; other text 25 years old", ["26", "25"]),
    ("age 17", ["17"]),
    ("I am 26", ["26"]),
    ("I am 17 and new here", ["17"]),
    ("i'm 17, student", ["17"]),
    ("17 y.o. from Leeds", ["17"]),
    ("17 years old", ["17"]),
    ("17 ani", ["17"]),
    ("Ana, 17 ani, din Cluj", ["17"]),
    ("girls aged 16-20 wanted", ["16", "20"]),
    ("tengo 26 años", ["26"]),
    ("tengo 17 años y vivo en Murcia", ["17"]),
    ("мне 26 лет", ["26"]),
    ("Мне 17", ["17"]),
    ("j'ai 26 ans", ["26"]),
    ("Lea, 26 J., Berlin", ["26"]),
    ("Ich bin 19 und neu hier", ["19"]),
    ("ho 22 anni", ["22"]),
    ("tenho 23 anos", ["23"]),
    ("am 24 de ani", ["24"]),
    ("am 17 ani", ["17"]),
    ("मेरी उम्र 26 साल है", ["26"]),
    ("मैं 26 साल की हूँ", ["26"]),
    ("chica de 26 años", ["26"]),
    ("femme de 35 ans", ["35"]),
    ("mulher de 30 anos", ["30"]),
    ("девушка 19 лет", ["19"]),
    ("ragazza di 21 anni", ["21"]),
    ("от 18 до 45 лет", ["18", "45"]),
    ("18-45 ani", ["18", "45"]),
    ("mayores de 18 años", ["18"]),
    ("ab 18 Jahren", ["18"]),
    ("at least 18 years", ["18"]),
    ("you must be over 18 years", ["18"]),
    ("edad: 26", ["26"]),
    ("Возраст - 26", ["26"]),
    ("Alter: 24", ["24"]),
    ("età 30", ["30"]),
    ("âge 29", ["29"]),
    ("idade 31", ["31"]),
    ("jeune fille de 17 ans", ["17"]),
    ("My kids are 10 and 12 years old", ["10", "12"]),
    ("Maria (26 ani)", ["26"]),
    ("She is 22, friendly", ["22"]),
    ("Mia 19yo", ["19"]),
    ("Minimum age 17", ["17"]),
    ("25-jährige Studentin", ["25"]),
    ("17 y/o looking for work", ["17"]),
    ("16 ans, cherche du travail", ["16"]),
    ("Катя, 17 лет", ["17"]),
    ("सीमा, 19 साल", ["19"]),
    ("Kind, 12 Jahre", ["12"]),
]
DURATIONS = [
    "Занимаюсь этим 13 лет и всё ещё люблю",
    "Llevo 14 años con masajes",
    "Levo 10 anos com limpeza",
    "मैं 14 साल से मालिश करती हूँ",
    "lavoro da 12 anni",
    "seit 15 Jahren für Sie da",
    "depuis 12 ans à Lyon",
    "Fac masaj de 14 ani și încă îmi place",
    "I have been doing massage for 16 years and still enjoy it",
    "30 years of experience, de peste 20 de ani, 15 ans d'expérience, open 10-18, room of 20 m2",
    "seit 25 Jahren für Sie da; более 20 лет опыта",
    "For almost 30 years; minimum 10 years related experience; a 33 year-old company",
    "Da 16 anni mi dedico a pedicure e mi piace ancora",
    "Mache Massage seit 14 Jahren und mag es noch",
    "Je fais des massages depuis 14 ans et j'aime toujours",
    "Alto Pack работает 14 лет",
    "Linden House 18 साल से Patna में है",
    "Our firm, 15 years in Leeds",
    "10 years guarantee",
    "garantie 10 ans",
    "garantía de 10 años",
    "гарантия 10 лет",
    "contract for 12 years",
    "open 14 years",
    "company of 17 years",
    "tengo 14 años de experiencia",
    "am 12 ani experiență",
    "ho 12 anni di esperienza",
    "j'ai 12 ans de métier",
    "tenho 10 anos no ramo",
    "I am 10 minutes away",
    "I am 20 km from town",
    "am 15 lei",
    "at 10-18 daily",
    "room 26, floor 17",
    "20 Jahre Qualität",
    "mehr als 16 Jahren Erfahrung",
    "hace 17 años que trabajo aquí",
    "há 17 anos no mercado",
    "There are 15 years between us and the founding",
    "we are 16 years in business",
    "nel settore da 17 anni",
    "у нас 14 лет опыта",
    "15 साल का अनुभव",
    "Mit 15 Jahren Erfahrung",
    "over the last 15 years",
    "livraison, 15 j",
    "Ofrezco masajes desde hace 16 años",
    "de 17 ani pe piață",
    "salon open since 16 years",
    "Working here for 17 years.",
    "Salut, 15 ani fac masaj",
    "Профессионал, 15 лет стажа",
    "10-15 years",
    "15-20 years of work",
    "26.05, 17:30, 18%",
]


def ages(text):
    return [(f.value, json.loads(f.evidence)["role"]) for f in find(fold(text), Context())]


@pytest.mark.parametrize(("text", "values"), STATED, ids=lambda v: str(v)[:40])
def test_a_stated_age_is_found(text, values):
    assert [value for value, _ in ages(text)] == values


@pytest.mark.parametrize("text", DURATIONS, ids=lambda v: v[:40])
def test_the_years_of_a_trade_or_a_guarantee_are_no_age(text):
    assert ages(text) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("I am 17", "person"),
        ("17 ani", "person"),
        ("jeune fille de 17 ans", "person"),
        ("I have a kid, I am 17", "person"),
        ("Girl from Leeds 17 years old", "person"),
        ("girls aged 16-20 wanted", "demand"),
        ("от 18 до 45 лет", "demand"),
        ("our children, 10 years old", "child"),
    ],
)
def test_the_role_says_whose_age_it_is(text, role):
    assert {found for _, found in ages(text)} == {role}
