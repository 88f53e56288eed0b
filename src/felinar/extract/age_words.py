"""The words around ages, folded: what makes a number an age and what a duration. Written for this project."""

from __future__ import annotations

from felinar.extract.words import alternatives, word_set

# After a number: what only an age has.
OLD = alternatives(
    "years old|year old|years-old|year-old|yrs old|yr old|years of age|y/o|yo|y.o.|y.o|yr.old|jahre alt|jahre jung|"
    "jährige|jährig|jähriger|años de edad|anos de idade|ani împliniți|ans révolus|anni compiuti|-летняя|"
    "-летний|летняя|летний|jaar oud|jaar jong|år gammal|år gammel|éves|yaşında|yaşındayım|ετών|χρονών|"
    "साल की|साल का|वर्ष की|वर्ष का|saal ki|saal ka|sal ki|sal ka|jahrige|ani vârstă"
)
# After a number: what a duration has too.
YEARS = alternatives(
    "years|yrs|ani|de ani|años|anos|ans|anni|лет|год|года|годиков|годика|"
    "lat|lata|let|rokov|roků|jaar|år|років|роки|godina|godine|години|"
    "anișori|añitos|aninhos|annetti|साल|वर्ष|saal|sal|jahre|jahren|j.|j"
)
# Before a number: a word for age.
AGE = alternatives(
    "age|aged|ages|my age|age is|vârsta|varsta|vârstă|edad|idade|alter|età|âge|âgée|âgé|возраст|возрасте|возраста|"
    "उम्र|आयु|umar|umr|вік|wiek|leeftijd|věk|yaş|yaşım|ηλικία|ålder|възраст|uzrast"
)
LINKS = alternatives("is|de|von|între|between|from|entre|zwischen|tra|от|of|limit|group|range|ist|est|e|di")
TO = alternatives("-|–|—|to|și|and|y|e|et|und|bis|до|से|a|à|până la|al|la")
# Right before a number: somebody speaks of a person's age.
SAYS = alternatives(
    "i am|i'm|im|i am only|i'm only|she is|she's|he is|he's|who is|am|tengo|tiene|tenho|tem|j'ai|elle a|"
    "il a|ho|lei ha|lui ha|мне|"
    "mam|ik ben|je mi|jsem|мені|jag är|jeg er|olen|imam|имам|είμαι|"
    "ей|ему|ich bin|sie ist|er ist|turned|just turned|cumplo|am împlinit|ea are|bin"
)
# Of these a bare number without a word for years is an age too ("I am 26").
SAYS_ALONE = word_set(
    "ik ben|je mi|мені|jag är|i am|i'm|im|i am only|i'm only|she is|she's|мне|ей|ich bin|sie ist|tengo"
)
# What may follow such a bare number.
GOES_ON = word_set(
    "and|from|y|yo|old|living|looking|but|student|single|now|i|und|aus|и|из|soy|vivo|ani|ans|come|din|caut|busco|"
    "procuro|cherche|suche|ищу|cerco|sunt|sou|suis|bin|sono|e|et|si|și|in"
)
# Right before a number: somebody of whom an age is told; a listed first name does the same.
PERSONS = alternatives(
    "girl|woman|lady|student|man|boy|mature|young|mum|mother|girls|women|ladies|fată|doamnă|doamna|femeie|tânără|"
    "studentă|studenta|băiat|bărbat|chica|mujer|señora|señorita|joven|hombre|chico|estudiante|masajista|девушка|"
    "женщина|студентка|парень|мужчина|девочка|дама|mulher|moça|rapariga|menina|senhora|homem|rapaz|jovem|estudante|"
    "femme|fille|dame|homme|jeune|étudiante|étudiant|jeune femme|jeune fille|les filles|ragazza|donna|"
    "signora|uomo|ragazzo|"
    "studentessa|frau|mädchen|mann|studentin|लड़की|महिला|औरत|लड़का|ladki|mahila|"
    "vrouw|meisje|kobieta|dziewczyna|kvinna|kvinne|kvinde|жінка|дівчина|nainen|žena|gospođa"
)
OF = alternatives("of|de|di|von|van|,|:|-|–|(")
# Right before a number: applicants must have this age.
DEMANDS = alternatives(
    "over|above|minimum|min|min.|at least|least|between|from|under|limit|peste|minim|minimum de|între|mayor de|"
    "mayores de|entre|от|старше|не моложе|с|ab|mindestens|zwischen|plus de|au moins|oltre|almeno|tra|maior de|"
    "maiores de|maggiori di|maggiore di|pelo menos|al menos|mínimo|minimo|no mínimo|à partir de|"
    "a partir de|dai|dagli|ab dem|"
    "younger than|older than|до|más de|mas de|mais de"
)
# Anywhere in the clause before, or soon after: the years are those of a trade, a firm, a contract. Beginnings of words.
SPENT = alternatives(
    "experien|experiên|esperien|expérien|erfahr|berufserfahr|опыт|стаж|अनुभव|anubhav|vechime|tradi|garan|guarant|"
    "warrant|гаранти|contract|kontrakt|contrat|vertrag|business|firm|company|compani|companh|empres|entrepris|aziend|"
    "societ|компан|фирм|"
    "salon|clinic|studio|hotel|shop|building|house|agenc|market|piață|piata|рынк|servic|career|history|"
    "practic|praxis|"
    "practis|trade|profession|beruf|occup|domeniu|founded|establish|since|ago|running|open|offen|geöffnet|ouvert|"
    "abiert|abert|apert|deschis|открыт|работ|занима|lucr|travaill|trabaj|trabalh|lavor|arbeit|work|dedic|ofrez|ofer|"
    "offr|biet|предлага|काम|kaam|visa|lease|loan|mortgage|rent|alquil|together|married|lived|serving|levo|llevo|fac|"
    "leist|massier|clean|существ|चल|सेवा|métier|metier|mestiere|oficio|ramo|sector|settore|branche|industr"
)
# Right before a number: it is a stretch of time.
LASTS = alternatives(
    "for|over|since|within|last|past|with|in|every|up to|after|under|almost|nearly|more than|about|over the last|de|"
    "de peste|timp de|de aproape|desde hace|hace|durante|más de|llevo|con|depuis|pendant|il y a|plus de|seit|über|"
    "mehr als|von|vor|da|da oltre|da più di|per|há|ha|há mais de|levo|faz|mais de|уже|за|более|больше|свыше|около|"
    "peste|în|acum|oltre|più di|un contrat de|पिछले|लगभग|करीब"
)
# Right after the years: what was done in them, or since when.
LASTED = alternatives(
    "of|en|no|na|nesta|nel|nella|dans|in|on|ago|pe|de experiență|de experiencia|con|com|avec|mit|с|"
    "working|doing|with|experience|experiență|"
    "experiencia|experiência|d'expérience|expérience|erfahrung|esperienza|опыта|опыт|стажа|стаж|अनुभव|से|se|que|că|"
    "назад|на рынке|în domeniu|en el|no mercado|sur le|warranty|guarantee|garanție|garantía|garantie|гарантии|fac|"
    "fazendo|haciendo|mich|im|und noch|and still|și încă|y todavía|et j'aime|e mi|contract|history|tradition|service"
)
CHILD = (
    r"child(?:ren)?|kids?|(?:my|our|his|her|one|a) (?:son|daughter|boy|girl)|toddler|copi(?:l|ii|lul|lului|i)|"
    r"nin[oa]s?|hij[oa]s?|ребен\w{1,3}|дет\w{1,3}|criancas?|filh[oa]s?|enfants?|(?:mon|notre|nos|"
    r"mes) (?:fils|filles?)|ma fille|"
    r"kind(?:er|ern)?|sohn|tochter|bambin[oiae]|figli[oa]?|बच\w{1,3}"
)
# One person, or the writer: "girl of 23", "Studentin, 24, …", "ich (24)".
ONE_PERSON = word_set(
    "girl|woman|lady|student|man|boy|fată|doamnă|femeie|tânără|studentă|băiat|bărbat|chica|mujer|señora|señorita|hombre|"
    "chico|estudiante|masajista|девушка|женщина|студентка|парень|мужчина|mulher|moça|rapariga|senhora|homem|rapaz|"
    "estudante|femme|fille|homme|étudiante|étudiant|ragazza|donna|signora|uomo|ragazzo|studentessa|frau|mädchen|mann|"
    "studentin|लड़की|महिला|i|me|eu|yo|я|ich|io|je|moi|sunt|soy|sou|sono|bin"
)
MONTHS = word_set(
    "april|may|june|august|mai|juni|juin|mayo|abril|march|mars|marzo|março|май|augusto|augustin|avril|mei"
)
# Before a range of years: people who are sought. Beginnings of words.
SOUGHT = alternatives(
    "flatmate|roommate|housemate|coloc|coleg|collèg|colleg|compañer|coinquilin|mitbewohner|сосед|people|persons|women|"
    "men|girls|ladies|employees|staff|workers|persoane|femei|fete|bărbați|angajat|personas|mujeres|chicas|hombres|"
    "pessoas|mulheres|homens|persone|donne|ragazz|uomini|personnes|femmes|filles|hommes|frauen|männer|mädchen|"
    "personen|девуш|женщин|мужчин|людей|работни|сотрудни|लड़किय|महिला"
)
THING = alternatives(
    "company|firm|business|brand|building|house|organisation|organization|family business|agency|whisky|car|tradition"
)
# Right before a number, with words of `IS` between: the years are those of a firm, not of a person.
FIRM = alternatives(
    "firm|company|business|shop|store|agency|salon|studio|clinic|restaurant|brand|firma|compania|magazinul|afacerea|"
    "agenția|salonul|clinica|restaurantul|empresa|tienda|negocio|agencia|salón|estudio|clínica|фирма|фирме|компания|"
    "компании|магазин|магазину|салон|салону|предприятие|предприятию|студия|студии|агентство|агентству|loja|negócio|"
    "agência|salão|entreprise|société|boutique|magasin|agence|azienda|ditta|società|negozio|agenzia|impresa|salone|"
    "unternehmen|geschäft|betrieb|laden|agentur|कंपनी|दुकान|फर्म|सैलून"
)
IS = alternatives(
    "is|are|has|was|turns|turned|now|already|just|over|about|este|e|are|are deja|noastră|mea|tiene|cumple|ya|имеет|уже|"
    "исполнилось|tem|já|faz|a|est|déjà|ha|già|compie|hat|ist|schon|bereits|wird|अब"
)
