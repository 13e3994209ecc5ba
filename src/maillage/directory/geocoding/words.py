"""The words of French addresses: ways and their short forms, titles, what is no part of a street.

Short forms are those of the Base Adresse Nationale and of the postal norm (NF Z10-011), with those
met in the hubs' files.
"""

from __future__ import annotations

# A short form that is read as a way wherever it stands.
WAYS_SHORT = {
    "all": "allee",
    "av": "avenue",
    "ave": "avenue",
    "aven": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "bvd": "boulevard",
    "blvd": "boulevard",
    "boul": "boulevard",
    "car": "carrefour",
    "carr": "carrefour",
    "che": "chemin",
    "chem": "chemin",
    "crs": "cours",
    "espl": "esplanade",
    "fbg": "faubourg",
    "fg": "faubourg",
    "gde": "grande",
    "gd": "grand",
    "ham": "hameau",
    "imp": "impasse",
    "lot": "lotissement",
    "pass": "passage",
    "pl": "place",
    "plc": "place",
    "prom": "promenade",
    "qrt": "quartier",
    "quart": "quartier",
    "res": "residence",
    "resid": "residence",
    "rle": "ruelle",
    "rpt": "rond point",
    "rte": "route",
    "sq": "square",
    "zi": "zone industrielle",
    "za": "zone artisanale",
    "pte": "petite",
}
# Short forms that are ways only where a street begins; "ch" is a hospital where no number is told.
WAYS_SHORT_FIRST = {
    "r": "rue",
    "ch": "chemin",
    "chs": "chaussee",
    "esp": "esplanade",
    "gr": "grande rue",
    "mte": "montee",
    "prv": "parvis",
    "qu": "quai",
    "sen": "sente",
    "tra": "traverse",
    "vla": "villa",
}
TITLES = {
    "st": "saint",
    "ste": "sainte",
    "sts": "saints",
    "gal": "general",
    "gen": "general",
    "gl": "general",
    "mal": "marechal",
    "mar": "marechal",
    "pdt": "president",
    "pres": "president",
    "cdt": "commandant",
    "col": "colonel",
    "cne": "capitaine",
    "lt": "lieutenant",
    "sgt": "sergent",
    "dr": "docteur",
    "pr": "professeur",
    "prof": "professeur",
    "mgr": "monseigneur",
    "nd": "notre dame",
    "jb": "jean baptiste",
    "jj": "jean jacques",
}
WAYS = frozenset(
    {
        "allee", "allees", "avenue", "boulevard", "carrefour", "cite", "chaussee", "chemin", "clos",
        "cour", "cours", "domaine", "esplanade", "faubourg", "galerie", "hameau", "impasse",
        "lotissement", "mail", "montee", "parc", "parvis", "passage", "place", "placette",
        "promenade", "quai", "quartier", "residence", "rocade", "route", "rue", "ruelle",
        "sente", "sentier", "square", "traverse", "venelle", "villa", "voie", "zone",
    }
)  # fmt: skip
SMALL = frozenset(
    {"d", "de", "des", "du", "l", "la", "le", "les", "a", "au", "aux", "et", "en", "sur", "sous"}
)
MONTHS = frozenset(
    {
        "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
        "octobre", "novembre", "decembre",
    }
)  # fmt: skip
# Days that name streets, and ordinals: one number, however it is written.
ORDINALS = {
    "premier": "1",
    "premiere": "1",
    "deuxieme": "2",
    "seconde": "2",
    "troisieme": "3",
    "quatrieme": "4",
    "cinquieme": "5",
    "sixieme": "6",
    "septieme": "7",
    "huitieme": "8",
    "neuvieme": "9",
    "dixieme": "10",
}
DAYS = {
    "quatre": "4",
    "cinq": "5",
    "six": "6",
    "sept": "7",
    "huit": "8",
    "neuf": "9",
    "dix": "10",
    "onze": "11",
    "quatorze": "14",
    "dix neuf": "19",
    "vingt": "20",
    "vingt deux": "22",
    "vingt cinq": "25",
}
REPETITIONS = {"b": "bis", "t": "ter", "q": "quater"}
# Words after which a last number is part of the street's name, not a house (« rue de la Fosse 7 »).
NAME_NUMBERS = frozenset(
    {
        "cite", "communal", "communale", "d", "departementale", "fosse", "ilot", "km", "lot", "n",
        "nationale", "parcelle", "porte", "rural", "vicinal", "zone",
    }
)  # fmt: skip
