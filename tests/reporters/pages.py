"""Reading an HTML report back, as strictly as the standard library can."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"br", "meta", "input", "wbr", "link", "img", "hr"}
TAGS = set(
    """html head meta title style body a header main footer section article h1 h2 h3 h4 h5 p span b ul ol li div
    figure figcaption details summary table caption thead tbody tr th td code wbr script
    svg g path line rect circle text br""".split()
)
ATTRIBUTES = set(
    """lang charset http-equiv content name href class id role aria-label aria-labelledby aria-hidden tabindex scope
    open width height viewbox preserveaspectratio d x y x1 x2 y1 y2 cx cy r dx text-anchor
    data-x data-y data-log data-whole data-axis data-box data-name""".split()
)


class Page(HTMLParser):
    """Fails on a tag or attribute that the report never writes, and on tags that do not nest."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.seen, self.words, self.ids, self.links = [], [], [], [], []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        assert tag in TAGS, tag
        names = [name for name, _ in attributes]
        assert len(names) == len(set(names)) and set(names) <= ATTRIBUTES, names
        given = dict(attributes)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        self.seen.append((tag, given))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "script"):
            self.words.append(data)

    def unknown_decl(self, data):
        raise AssertionError(data)

    def handle_comment(self, data):
        raise AssertionError(data)

    @property
    def text(self):
        return "".join(self.words)

    def count(self, tag, **attributes):
        return sum(t == tag and attributes.items() <= given.items() for t, given in self.seen)
