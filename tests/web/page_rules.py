"""What every page of the site holds to, read off its HTML: what is wrong with it, in words."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
CONTROLS = {"input", "select", "textarea"}
LOADS = {("script", "src"), ("img", "src"), ("link", "href"), ("iframe", "src"), ("use", "href")}


class _Page(HTMLParser):
    """Everything that the rules ask of a page, gathered in one reading."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.controls: list[dict[str, str]] = []
        self.headings: list[int] = []
        self.lang = ""
        self.title = ""
        self.n_main = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Gather what one tag tells."""
        told = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self.open.append(tag)
        self._tag(tag, told)
        self._attributes(tag, told)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Gather what one tag tells that closes itself."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that is open, or say that another is."""
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        """Keep the title; nothing is written between script or style."""
        if self.open[-1:] == ["title"] and self.open[-2:-1] == ["head"]:
            self.title += data
        if self.open[-1:] and self.open[-1] in {"script", "style"} and data.strip():
            self.wrong.append(f"inline {self.open[-1]}")

    def _tag(self, tag: str, told: dict[str, str]) -> None:
        if tag == "html":
            self.lang = told.get("lang", "")
        elif tag == "main":
            self.n_main += 1
        elif tag == "label":
            self.labelled.add(told.get("for", ""))
        elif tag in CONTROLS and told.get("type") not in {"hidden", "submit"}:
            self.controls.append({**told, "inside": "label" if "label" in self.open else ""})
        elif tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append(int(tag[1]))
        elif tag == "img" and "alt" not in told:
            self.wrong.append("img without alt")

    def _attributes(self, tag: str, told: dict[str, str]) -> None:
        if "id" in told:
            self.ids.append(told["id"])
        for name, value in told.items():
            if name == "style" or name.startswith("on"):
                self.wrong.append(f"inline {name} on {tag}")
            if (tag, name) in LOADS and not value.startswith(("/", "#")):
                self.wrong.append(f"{tag} loads {value}")
            if name in {"href", "action"} and value.strip().lower().startswith("javascript"):
                self.wrong.append(f"{tag} runs {value}")


def wrong_with(html: str) -> list[str]:
    """Return what is wrong with a page, nothing where it holds to every rule."""
    page = _Page()
    page.feed(html)
    page.close()
    wrong = list(page.wrong)
    wrong += [] if html.lstrip().lower().startswith("<!doctype html>") else ["no doctype"]
    wrong += [] if page.lang == "fr" else [f"lang {page.lang}"]
    wrong += [] if page.title.strip() else ["no title"]
    wrong += [] if page.n_main == 1 else [f"{page.n_main} main"]
    wrong += [] if page.headings.count(1) == 1 else [f"{page.headings.count(1)} h1"]
    steps = zip([0, *page.headings], page.headings, strict=False)
    wrong += [f"h{level} after h{last}" for last, level in steps if level > last + 1]
    wrong += [f"left open: {page.open}"] if page.open else []
    wrong += [f"id twice: {one}" for one in sorted(set(page.ids)) if page.ids.count(one) > 1]
    wrong += [f"no label: {one}" for one in page.controls if not _is_labelled(one, page)]
    return wrong


def _is_labelled(control: dict[str, str], page: _Page) -> bool:
    by_id = control.get("id", "") in page.labelled and bool(control.get("id"))
    return by_id or bool(control["inside"] or control.get("aria-label"))
