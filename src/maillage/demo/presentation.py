"""What the fictional territory says of itself, in French."""

from __future__ import annotations

from maillage.demo.communes import Commune, by_size, epci_name
from maillage.demo.geography import Country
from maillage.demo.names import RIVER
from maillage.kernel.language import tr


def banner() -> str:
    """Return the sentence that stands at the head of whatever is made of this territory."""
    return tr(
        "Territoire fictif : les communes, les lieux, les chiffres et les coordonnées de ce "
        "document sont inventés. Toute ressemblance serait fortuite."
    )


def presentation(communes: tuple[Commune, ...]) -> str:
    """Return a few sentences that present the agglomeration to somebody who discovers it."""
    large = by_size(communes)
    people = sum(commune.population for commune in large)
    bourgs = sorted(c.name for c in large if c.country is Country.SMALL_TOWN)
    by_country = {country: [c for c in large if c.country is country] for country in Country}
    return tr(
        "La communauté d'agglomération {name} réunit {n} communes et {people} habitants de "
        "part et d'autre de la {river}. {town}, sa ville-centre ({town_people} habitants), "
        "concentre les administrations ; {bourgs} sont ses bourgs-centres. Au nord, les "
        "{n_basin} communes de l'ancien bassin minier sont jeunes et modestes : on y a fermé les "
        "puits et une partie des guichets. Au sud, {n_rural} communes rurales vieillissent loin "
        "des services ; la vallée, entre les deux, se porte mieux. Un service itinérant, "
        "« Passerelles mobiles », fait halte dans dix-huit communes. Rien de tout cela n'existe : "
        "le territoire est dessiné en pleine mer, pour n'être confondu avec aucun lieu réel."
    ).format(
        name=epci_name(large[0].siren_epci).removeprefix("CA "),
        n=len(large),
        people=_thousands(people),
        river=RIVER,
        town=large[0].name,
        town_people=_thousands(large[0].population),
        bourgs=", ".join(bourgs[:-1]) + tr(" et ") + bourgs[-1],
        n_basin=len(by_country[Country.BASIN]),
        n_rural=len(by_country[Country.RURAL]),
    )


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
