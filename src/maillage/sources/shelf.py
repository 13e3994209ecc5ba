"""The shelf of public sources: the mirror when there is one, else the cache, else the network."""

from __future__ import annotations

import datetime as dt
import email.utils
from dataclasses import dataclass, field, replace
from functools import partial

from maillage.kernel.errors import SourceUnavailable
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress
from maillage.kernel.provenance import Dataset, LocalFile, Origin
from maillage.sources.asking import Asking
from maillage.sources.cache import Cache, Entry
from maillage.sources.catalogue import Catalogue, Source, VintageRule
from maillage.sources.checksum import published_md5
from maillage.sources.download import Download, Expected, NotThere, download
from maillage.sources.extracts import Extract, load_extracts
from maillage.sources.mirror import Mirror
from maillage.sources.suggestions import Epci, is_siren, read_epcis, unknown_territory

EPCI_LISTS = ("epci-france", "api-geo-epcis")

ABSENT = FindingKind(
    "source-absent",
    Severity.INFO,
    "« {name} » manque : {why}",
    "Le résultat est établi sans cette source. {remedy}",
)
UNCHECKED = FindingKind(
    "source-not-checked",
    Severity.INFO,
    "La somme de contrôle de « {name} » n'a pas pu être lue à côté du fichier : seules sa taille "
    "et sa nature ont été vérifiées.",
    "Rien à faire, sauf si le fichier se lit mal : alors --refresh le télécharge de nouveau.",
)
STALE = FindingKind(
    "source-not-refreshed",
    Severity.WARNING,
    "« {name} » n'a pas été rafraîchie : la copie gardée ({vintage}) sert encore. {why}",
    "Recommencez plus tard avec --refresh.",
)


@dataclass
class Shelf:
    """Where public sources are taken from. Implements ``PublicSources``.

    With a mirror no network is ever tried, nor the cache: what is not in the folder is not there.
    ``offline`` keeps to the cache; ``refresh`` downloads again what the cache holds, and falls
    back on it, with a finding, where that fails. ``retrieved`` dates what is downloaded. The
    optional sources that could not be had, and damaged copies, are told in ``findings``, in the
    order met.
    """

    catalogue: Catalogue
    cache: Cache
    retrieved: dt.date
    progress: Progress
    mirror: Mirror | None = None
    offline: bool = False
    refresh: bool = False
    asking: Asking = field(default_factory=Asking)
    findings: list[Finding] = field(default_factory=list, init=False)

    def feeding(self, room: str, siren: str) -> tuple[str, ...]:
        """Return the ids of the sources that feed a room for one EPCI, in order."""
        return self.catalogue.feeding(room, siren)

    def get(self, source_id: str, key: str) -> LocalFile | None:
        """Return a source ready to read, None where it is optional and not to be had.

        ``key`` is the SIREN of an EPCI, or the name of an extract where the source is cut so.
        Raises UnknownTerritory where no EPCI has that SIREN, KeyError where there is no such
        extract, SourceUnavailable where the source is required and could not be had (the message
        says what was tried, and the remedy).
        """
        source = self.catalogue[source_id]
        if source.by_extract:
            source = _of_extract(source, load_extracts()[key])
        elif source.by_territory and not is_siren(key):
            raise unknown_territory(key, self._epcis(key))
        if not source.concerns(key):
            return None
        if self.mirror is not None:
            return self._from_mirror(self.mirror, source, key)
        kept = self._from_cache(source, key)
        if kept is None:
            return self._from_network(source, key)
        return self._refreshed(source, key, kept) if self.refresh else kept

    def _refreshed(self, source: Source, key: str, kept: LocalFile) -> LocalFile:
        address = source.live_address(key)
        if self.offline or address is None or not source.live_status.is_verified:
            return kept
        try:
            return self._download(source, key, address)
        except SourceUnavailable as error:
            where, vintage = Where(source=source.id), kept.dataset.vintage
            self._tell(STALE.at(where, name=source.name, vintage=vintage, why=error))
            return kept

    def _from_mirror(self, mirror: Mirror, source: Source, key: str) -> LocalFile | None:
        file = mirror.get(source.id, key)
        if file is not None:
            return replace(file, dataset=replace(file.dataset, name=source.name))
        remedy = tr("Sans --mirror, elle serait téléchargée.") if source.live else ""
        remedy = source.by_hand or remedy
        why = tr("elle n'a pas de place dans un dossier miroir.")
        if source.mirror is not None:
            why = tr("le dossier miroir n'a pas de fichier {path}.").format(
                path=source.mirror_path(key)
            )
        if source.names_territory:
            epcis = self._epcis(key)
            known = dict(epcis).get(key)
            if known is None:
                raise unknown_territory(key, epcis)
            why = tr("{name} n'est pas dans le dossier miroir {folder}.").format(
                name=known, folder=mirror.folder
            )
        self._missing(source, why, remedy)
        return None

    def _from_cache(self, source: Source, key: str) -> LocalFile | None:
        entry, doubt = self.cache.get(source, key)
        if doubt is not None:
            self._tell(doubt)
        return None if entry is None else self._kept(source, key, entry, Origin.CACHE)

    def _from_network(self, source: Source, key: str) -> LocalFile | None:
        address = source.live_address(key)
        cause = None
        if address is None or not source.live_status.is_verified:
            why = source.live_status.label + "."
        elif self.offline:
            why = tr("aucune copie gardée, et --offline interdit de la télécharger.")
        else:
            try:
                return self._download(source, key, address)
            except SourceUnavailable as error:
                if source.names_territory and isinstance(error, NotThere):
                    raise unknown_territory(key, self._epcis(key)) from error
                why, cause = str(error), error
        remedy = source.by_hand or tr("Un dossier de données peut être désigné avec --mirror DIR.")
        self._missing(source, why, remedy, cause)
        return None

    def _download(self, source: Source, key: str, address: str) -> LocalFile:
        got = download(
            address,
            self.cache.path_for(source, key),
            expected=Expected(
                source.name, source.format_when_live, partial(self._published, source, key)
            ),
            retrieved=self.retrieved,
            progress=self.progress,
            asking=self.asking,
        )
        entry = Entry(
            source_id=source.id,
            key=source.copy_key(key),
            file=got.path.relative_to(self.cache.folder).as_posix(),
            address=address,
            sha256=got.sha256,
            size=got.size,
            retrieved=got.retrieved,
            vintage=_vintage(source, got),
            etag=got.etag,
            last_modified=got.last_modified,
        )
        self.cache.keep(entry)
        return self._kept(source, key, entry, Origin.LIVE)

    def _published(self, source: Source, key: str) -> str | None:
        """Return the published MD5; a finding says where it should be there but is not."""
        address = source.checksum_address(key)
        md5 = None if address is None else published_md5(address, self.asking)
        if address is not None and md5 is None:
            self._tell(UNCHECKED.at(Where(source=source.id), name=source.name))
        return md5

    def _kept(self, source: Source, key: str, entry: Entry, origin: Origin) -> LocalFile:
        dataset = Dataset(
            source_id=source.id,
            name=source.name,
            publisher=source.publisher,
            licence=source.licence,
            vintage=entry.vintage,
            origin=origin,
            address=entry.address,
            checksum=entry.sha256,
        )
        return LocalFile(self.cache.path_for(source, key), dataset)

    def _missing(
        self, source: Source, why: str, remedy: str, cause: SourceUnavailable | None = None
    ) -> None:
        """Raise where the source is required; else note that the result does without it.

        Nothing is lost with a source that stands for another: that one is read.
        """
        if source.stands_for is not None:
            return
        if source.required:
            message = tr("La source indispensable « {name} » ({id}) manque : {why} {remedy}")
            raise SourceUnavailable(
                message.format(name=source.name, id=source.id, why=why, remedy=remedy).strip()
            ) from cause
        where = Where(source=source.id)
        self._tell(ABSENT.at(where, name=source.name, why=why, remedy=remedy))

    def _tell(self, finding: Finding) -> None:
        if finding not in self.findings:
            self.findings.append(finding)

    def _epcis(self, siren: str) -> tuple[Epci, ...]:
        """Return the first list of EPCI at hand; none where the lists themselves are missing."""
        for source_id in EPCI_LISTS:
            source = self.catalogue[source_id]
            if self.mirror is not None:
                file = self.mirror.get(source_id, siren)
            else:
                file = self._from_cache(source, siren) or self._from_network(source, siren)
            if file is not None:
                return read_epcis(file.path)
        return ()


def _of_extract(source: Source, extract: Extract) -> Source:
    """Return the source as people are told of one of its extracts."""
    name = tr("{name} : {extract}").format(name=source.name, extract=extract.name)
    return replace(source, name=name, about_bytes=extract.about_bytes)


def _vintage(source: Source, got: Download) -> str:
    """Return what a downloaded copy speaks of, by the rule of its source."""
    if source.vintage_rule is VintageRule.DECLARED:
        return source.vintage
    if got.last_modified is not None:
        try:
            day = email.utils.parsedate_to_datetime(got.last_modified).date()
        except ValueError:
            day = None
        if day is not None:
            return tr("publié le {day}").format(day=day.isoformat())
    return tr("consulté le {day}").format(day=got.retrieved.isoformat())
