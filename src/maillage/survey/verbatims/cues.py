"""What comes before a name, what goes on in it, and what shows that it is none."""

from __future__ import annotations

import re

from maillage.survey.verbatims.sight import words_in

TITLES = words_in(
    """
    m mr mme mlle mmes mm monsieur madame mademoiselle dr docteur me maitre pr
    professeur veuve
    """
)
SHORT_TITLES = words_in(
    """
    mr mme mlle mmes dr
    """
)
KIN = words_in(
    """
    voisin voisine fils fille mari femme epoux epouse frere soeur pere mere maman papa
    cousin cousine oncle tante neveu niece copain copine ami amie amis collegue
    collegues compagnon compagne conjoint belle-fille beau-fils belle-mere beau-pere
    gendre bru tata tonton tatie mamie mamy papi papy meme pepe mami nounou petit-fils
    petite-fille garcon gamin gamine gosse bebe belle-soeur beau-frere stagiaire
    benevole animateur animatrice conseiller conseillere secretaire maire adjoint
    adjointe directeur directrice facteur factrice infirmier infirmiere medecin avocat
    avocate notaire pharmacien pharmacienne instituteur institutrice maitresse prof
    formateur formatrice educateur educatrice referent referente assistant assistante
    agent agente tuteur tutrice curateur curatrice president presidente tresorier
    tresoriere patron patronne chef proprietaire locataire gardien gardienne usager
    usagere beneficiaire habituee habitue
    """
) | frozenset(
    {
        "belle fille",
        "beau fils",
        "belle mere",
        "beau pere",
        "petit fils",
        "petite fille",
        "belle soeur",
        "beau frere",
    }
)
CUES = re.compile(
    r"(?:\b[smt]['’]\s?appel\w+|\bnom(?:me|m[ée])e?s?|\bse nomme(?:nt)?|"
    r"\bpr[ée]nomm[ée]+s?|\bsurnomm[ée]+s?|\bdu nom de|\bmon nom (?:est|c['’]est)|"
    r"\bnom(?: de famille)?\s?:|\bpr[ée]nom\s?:|\bsign[ée]\s?:?|"
    r"\bmon pr[ée]nom (?:est|c['’]est)|\bmoi c['’]est|\bmoi,? je suis|"
    r"\bon m['’]appelle|"
    r"\bson nom (?:est|c['’]est)|\bson pr[ée]nom (?:est|c['’]est)|\b(?:un|"
    r"une) certaine?|\bl['’]appelle(?:nt)?|\bappel[ée]e?)\s{0,2}[:«\"“]?\s{0,2}\Z",
    re.IGNORECASE,
)
PUBLIC = words_in(
    """
    ecole lecole college lycee mediatheque bibliotheque salle stade espace ehpad cite
    clinique hopital gymnase piscine centre maison residence foyer theatre cinema musee
    universite campus square parc fondation
    """
)
WAYS = words_in(
    """
    rue avenue boulevard bd place allee quai route chemin impasse
    """
)
LOW_PARTICLES = words_in(
    """
    de du des d la le les l et
    """
)
PARTICLES = words_in(
    """
    de du d la le van von der den ben el al da dos do di della bin abd ait ould mc mac
    saint st o l
    """
)
STREETS_END = re.compile(
    r".{2,}(?:court|ville|mont|bois|lande|becq|mesnil|fontaine|vaux|brouck|rieux|"
    r"moutier|velle|hem|ghem|gny|ignies|"
    r"sart|selve|heim|bourg|willer|acq|oeuil)$"
)
PLACE_CUES = words_in(
    """
    a vers sur pres commune ville village quartier depuis jusqu gare arret canton
    """
)
DETERMINERS = words_in(
    """
    un une ce cette le la des certain certaine cet chaque quelque les aucun vieux jeune
    petit petite pauvre autre
    """
)
SUBJECT_OF = words_in(
    """
    a est m s n ne me se nous lui etait avait y
    """
)
DOUBLE = words_in(
    """
    petit grand blanc brun roux noir gay jeune joly bon robin morin boulanger boucher
    charpentier marchand fontaine moulin roche riviere barre berger chevalier roy rey
    mallet poulain cousin germain baron breton bourgeois legrand leger fleury prevost
    barbier fournier mercier carre charles pierre paris costa fall tall sow kaya page
    huet perrot julien noel adam picard meunier pichon
    """
)
