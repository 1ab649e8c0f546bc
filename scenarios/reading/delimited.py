"""Delimited text, parsed by pyarrow: one parser for all of it.

Where blanks separate, runs of them are made one beforehand, as a CSV reader knows one sign only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from ...sim.errors import InputError
from .asked import Asked
from .complaints import FORMATS, NEED, brief, foreign, refusal
from .dialect import LINE, Dialect, dialect, is_number, split
from .says import konect_of, says_directed
from .sheet import Layout, Sheet, layout, pick, ties_of
from .ties import Ties, texts
from .vocabulary import PEOPLE, TO_PEOPLE, arrow_of, naming, perhaps_ends, plain

_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_BLOCK: Final = 2**26
_SAMPLE: Final = 2**16  # so long a text the parser of a line takes
# So many columns may be a tie with its weight, or a matrix of three people.
_SMALL: Final = 3
_NAMES: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "blank"}


def read_text(title: str, data: bytes, asked: Asked) -> Ties:
    """The ties of a delimited text.

    Raises
    ------
    InputError
        Naming the line, its text, what is wrong and a remedy.
    """
    _refuse_binary(title, data)
    form = dialect(title, data, asked)
    if asked.source is None:
        refuse_matrix(title, form)
    directed, said = says_directed(title, form.comments)
    sized = None if asked.source is not None else _sized(title, form)
    if sized is not None:
        form = sized.form
    where = layout_of(title, form, asked)
    body = Body(title, ready(form), form)
    columns = body.parse(where.wanted())
    heads = heads_in(title, form, columns, where)
    first = 1 if heads else 0
    if heads and form.heads is None:
        where = layout(title, form.first, asked)
    named = form.names if (heads or form.heads is False) else None
    name = f"{_NAMES[form.separator]}-separated text"
    sheet = Sheet(
        title,
        name,
        named,
        len(form.first),
        lambda k: columns[k].slice(first),
        lambda row, fault, remedy: body.complain(row + first, fault, remedy),
    )
    ties = ties_of(sheet, where, asked)
    notes = [("Columns", unnamed(where, konect_of(form.comments)))] if named is None else []
    notes += [note for note in ties.notes if named is not None or note[0] != "Columns"]
    people = None if sized is None else sized.people(ties)
    if people is not None:
        notes.append(("Size line", f"{len(people):,} people and {len(ties.source):,} ties"))
    told = (ties.directed, ties.said) if ties.directed is not None else (directed, said)
    return Ties(
        **{**vars(ties), "directed": told[0], "said": told[1], "notes": notes, "people": people}
    )


@dataclass
class Body:
    """The text that is parsed, and where in it a row stands."""

    title: str
    text: bytes
    form: Dialect
    skipped: set[str] = field(default_factory=set)

    def parse(self, wanted: list[int]) -> dict[int, pa.Array]:
        """The columns that are wanted, as texts without blanks around them."""
        width = max(len(self.form.names or ()), len(self.form.first))
        names = [str(k) for k in range(width)]
        bad: list[Any] = []

        def uneven(row: Any) -> str:
            if self.form.heads and row.text.lstrip()[:1] in ("#", "%"):
                self.skipped.add(row.text.strip())
                return "skip"
            head = row.actual_columns == len(self.form.first) != width and not bad
            if (
                head
                and split(row.text[:_SAMPLE], self.form.separator, self.form.quote)
                == self.form.first
            ):
                return "skip"
            bad.append(row)
            return "error"

        self._refuse_other_alphabets()
        text = self._headless(width)
        quote = self.form.quote or ('"' if b'"' in text else "")
        try:
            table = pyarrow.csv.read_csv(
                pa.BufferReader(text),
                read_options=pyarrow.csv.ReadOptions(
                    column_names=names,
                    use_threads=False,
                    block_size=max(min(len(text) + 1, _BLOCK), 1024),
                ),
                parse_options=pyarrow.csv.ParseOptions(
                    delimiter=self.form.separator,
                    quote_char=quote or False,
                    newlines_in_values=bool(quote) and quote.encode() in text,
                    invalid_row_handler=uneven,
                ),
                convert_options=pyarrow.csv.ConvertOptions(
                    column_types={name: pa.large_string() for name in names},
                    include_columns=[str(k) for k in wanted],
                    strings_can_be_null=False,
                    quoted_strings_can_be_null=False,
                ),
            )
        except pa.ArrowInvalid as problem:
            if bad:
                raise self._uneven(bad[0]) from problem
            reason = brief(str(problem).removeprefix("CSV parse error: "))
            raise InputError(
                f"{self.title}: this is no table ({reason}); look for a quote that is left open"
            ) from problem
        blanks = self.form.separator != " " and (b" " in text or b"\t" in text or b"\r" in text)
        columns = {k: table[str(k)].combine_chunks() for k in wanted}
        if quote and quote.encode() in text:
            self._refuse_swallowed(columns)
        trim = pc.utf8_trim_whitespace
        return {k: trim(each) if blanks or quote else each for k, each in columns.items()}

    def _refuse_swallowed(self, columns: dict[int, pa.Array]) -> None:
        r"""Refuse a field with lines of ties in it: a quote was opened there and left open.

        A line in it that ends with the separator is none: "Smith,\nJohn".
        """
        sign = re.escape(self.form.separator)
        for column in columns.values():
            lines = pc.match_substring(column, "\n")
            inside = pc.match_substring_regex(column, rf"[^\s{sign}][ ]*{sign}[ ]*[^\s{sign}]")
            swallowed = pc.and_(lines, inside)
            if self.form.separator != " " and pc.any(swallowed).as_py():
                row = swallowed.to_numpy(zero_copy_only=False).argmax()
                raise self.complain(
                    int(row), "opens a quote that is left open", "close it, or leave it out"
                )

    def _headless(self, width: int) -> bytes:
        """The text; R's line of names, which is one short, has one more field put before it."""
        if len(self.form.first) == width:
            return self.text
        at = re.search(rb"[^\s]", self.text)
        begin = 0 if at is None else at.start()
        separator = self.form.separator.encode()
        return self.text[:begin] + b'""' + separator + self.text[begin:]

    def complain(self, row: int, fault: str, remedy: str) -> InputError:
        """The complaint about a row by its number, which is found by going through the text."""
        line, text = self._row(row)
        return refusal(self.title, line, text, fault, remedy)

    def _row(self, wanted: int) -> tuple[int, str]:
        row, inside, begun = -1, False, 0
        quote = self.form.quote.encode()
        for number, line in enumerate(self._lines, 1):
            if not inside:
                stripped = line.strip()
                if not stripped or stripped.decode("utf-8", "replace") in self.skipped:
                    continue
                row, begun = row + 1, number
            if quote and line.count(quote) % 2:
                inside = not inside
            if row == wanted:
                return begun, self._lines[begun - 1].decode("utf-8", "replace").strip()
        return 0, ""

    @cached_property
    def _lines(self) -> list[bytes]:
        return self.text.replace(b"\r\n", b"\n").split(b"\n")

    def _uneven(self, row: Any) -> InputError:
        """The complaint about a row with another number of columns than the others."""
        text, count = row.text.strip(), row.actual_columns
        wanted = row.text.strip().split("\n")[0].encode()
        line = next((k for k, each in enumerate(self._lines, 1) if each.strip() == wanted), None)
        fault = f"has {count} column{'s' * (count != 1)}"
        if count < 2 and not (self.form.names and self.form.heads):
            return refusal(self.title, line, text, fault, LINE)
        if self.form.names and self.form.heads:
            remedy = f"line {self.form.line} names {len(self.form.names)}; give every line as many"
            return refusal(self.title, line, text, fault, remedy)
        remedy = f"the lines before have {len(self.form.first)}; give all as many"
        return refusal(self.title, line, text, fault, remedy)

    def _refuse_other_alphabets(self) -> None:
        """Refuse a line that is not UTF-8."""
        if self.text.isascii():
            return
        try:
            self.text.decode("utf-8")
        except UnicodeDecodeError as problem:
            number = self.text.count(b"\n", 0, problem.start) + 1
            text = self._lines[number - 1].decode("latin-1").strip()
            raise refusal(
                self.title,
                number,
                text,
                "is not UTF-8",
                "save the file as UTF-8 (in Excel: CSV UTF-8)",
            ) from problem


def _refuse_binary(title: str, data: bytes) -> None:
    found = _CONTROL.search(data[: 2**16])
    at = data.find(b"\0") if found is None else found.start()
    if at < 0:
        return
    line = data.count(b"\n", 0, at) + 1
    text = data[data.rfind(b"\n", 0, at) + 1 :].split(b"\n", 1)[0].strip().decode("latin-1")
    raise refusal(title, line, text, "is not text", FORMATS)


def refuse_matrix(title: str, form: Dialect) -> None:
    """Refuse a row and a column for each person, with names or without, of which none is a tie."""
    first, rows = form.first, form.rows
    every = [first, *rows]
    widths, names = {len(row) for row in rows}, [row[0] for row in rows]
    inside = all(is_number(each) for row in rows for each in row[1:])
    above = first[1:] if widths == {len(first)} else first  # R writes none above the names
    words = not all(map(is_number, first))
    named = words and names == above and widths == {len(names) + 1} and inside and len(rows) > 1
    square = widths == {len(first)} == {len(every)}
    numbers = square and inside and all(map(is_number, [*first, *names]))
    ties = {each for row in every for each in row} != {"0", "1"} or any(
        row[k] != "0" for k, row in enumerate(every) if square
    )
    if named or (numbers and (len(first) > _SMALL or (len(first) == _SMALL and not ties))):
        raise foreign(
            title,
            f"a matrix with a column for each of {len(rows) + numbers:,} people",
            "write its ties one a line, 'u v', or the matrix as Matrix Market",
        )


def ready(form: Dialect) -> bytes:
    """The text as a CSV reader takes it: one separator between fields, no blanks around it."""
    text, apart = form.text, form.separator.encode()
    if form.separator != " " and b" " + apart not in text and apart + b" " not in text:
        return text
    if b'"' in text or form.quote:
        quote = re.escape((form.quote or '"').encode())
        sign = (
            rb"[ \t]+"
            if form.separator == " "
            else b"[ ]*" + re.escape(form.separator.encode()) + b"[ ]*"
        )
        kept = b"(" + quote + b"(?:[^" + quote + b"]|" + quote * 2 + b")*" + quote + b")|" + sign
        separator = form.separator.encode()
        text = re.sub(kept, lambda found: found[1] or separator, text)
    elif form.separator == " ":
        if b"\r" in text:
            text = re.sub(rb"\r+\n|\r", b"\n", text)
        text = text.translate(bytes.maketrans(b"\t", b" "))
        while b"  " in text:
            text = text.replace(b"  ", b" ")
    if form.separator == " ":
        if b" \n" in text:
            text = text.replace(b" \n", b"\n")
        if b"\n " in text:
            text = text.replace(b"\n ", b"\n")
        text = text.strip(b" ")
    return text


def layout_of(title: str, form: Dialect, asked: Asked) -> Layout:
    """Which columns hold what."""
    lines = [form.first, *form.rows]
    used = [k for row in lines for k, each in enumerate(row) if each]
    count = min(
        max(used, default=0) + 1, len(form.first)
    )  # columns of nothing but empty cells are none
    if form.names is not None and form.heads is not None:
        return layout(title, form.names, asked)
    konect = konect_of(form.comments)
    if asked.columns():
        numbers = [""] * len(form.first)
        picked = {w: pick(title, numbers, w, p) for w, p in asked.columns().items()}
        ends = picked.get("source", 0), picked.get("target", 1)
        taken = {*ends, *picked.values()}
        spare = 2 if count == 3 and 2 not in taken else None
        return Layout(*ends, picked.get("weight", spare), picked.get("time"))
    if konect and 3 <= count <= 4:
        weight = None if konect == "unweighted" else 2
        meaning = "count" if konect == "positive" else None
        return Layout(0, 1, weight, 3 if count == 4 else None, meaning=meaning)
    if not 2 <= count <= 3:
        raise uncounted(title, form, count)
    return Layout(0, 1, 2 if count == 3 else None)


def uncounted(title: str, form: Dialect, count: int) -> InputError:
    """The complaint about lines with one column, or more than can be told apart."""
    remedy = (
        "name them in a first line such as 'source,target,weight', where others are skipped, or "
        "say which are the ends: --source 1 --target 2"
    )
    if count < 2:
        remedy = LINE
    elif plain(form.first[0]) in PEOPLE:
        remedy += f"; {TO_PEOPLE}"
    text = form.separator.join(form.first)
    return refusal(title, form.line, text, f"has {count} column{'s' * (count != 1)}", remedy)


def heads_in(title: str, form: Dialect, columns: dict[int, pa.Array], where: Layout) -> bool:
    """Whether the first row names the columns; where its words do not say so, the file does.

    Words that occur nowhere else, above ties that do hang together, are hardly a tie.
    """
    if form.heads is not None:
        return bool(form.heads)
    one, other = form.first[0], form.first[1]
    rest = pa.chunked_array(
        [columns[where.source].slice(1), columns[where.target].slice(1)], pa.large_string()
    )
    if pc.any(pc.is_in(rest, value_set=texts([one, other]))).as_py():
        return False
    shapes = {re.sub(r"\d+", "0", each) for each in (one, other) if re.search(r"\d", each)}
    if shapes:
        like = pc.replace_substring_regex(rest, r"\d+", "0")
        if pc.any(pc.is_in(like, value_set=texts(sorted(shapes)))).as_py():
            return False
    if perhaps_ends(one, other):
        return True
    if len(pc.unique(rest)) == len(rest):
        return False
    people = plain(one) in PEOPLE and arrow_of(one, other) is None
    raise refusal(
        title,
        form.line,
        form.separator.join(form.first),
        "may be a tie or the names of the columns",
        "say which: --source 1 --target 2 if it is a tie, "
        f"{naming(one, other)} if it is not"
        + ("" if arrow_of(one, other) else " (and --directed, if the second hears the first)")
        + (f"; {TO_PEOPLE}" if people else ""),
    )


def unnamed(where: Layout, konect: str) -> str:
    """What is told of columns without names."""
    told = [f"column {where.source + 1} is source", f"column {where.target + 1} is target"]
    told += [] if where.weight is None else [f"column {where.weight + 1} is weight"]
    told += [] if where.time is None else [f"column {where.time + 1} is time"]
    return "; ".join(told) + (f" (KONECT, {konect})" if konect else "")


@dataclass(frozen=True)
class _Sized:
    """A text whose first line says how many people and how many ties follow."""

    form: Dialect
    count: int

    def people(self, ties: Ties) -> pa.Array | None:
        """All whom the first line counts, where they are numbered from 0 or from 1."""
        low, high = _range([ties.source, ties.target])
        if self.count > 10 * len(ties.source) + 1_000_000:
            raise InputError(
                f"{ties.title}, line {self.form.line}: {self.count:,} people are far more than "
                f"{len(ties.source):,} ties can join; {NEED} alone"
            )
        base = min(low, 1)
        if high >= base + self.count:
            return None
        return texts([str(k) for k in range(base, base + self.count)])


def _range(ends: list[pa.Array]) -> tuple[int, int]:
    """The least and the greatest of ids; both below 0 where not all are numbers."""
    try:
        found = [pc.min_max(pc.cast(each, pa.int64())).as_py() for each in ends]
    except pa.ArrowInvalid:
        return -1, -1
    return min(each["min"] for each in found), max(each["max"] for each in found)


def _sized(title: str, form: Dialect) -> _Sized | None:
    """The text without its first line, where that is `people ties` as in benchmarks of spread.

    Such a line and a tie are both two numbers. It is no tie where the others have a weight, where
    people are numbered from 0 and it counts them, or where they are numbered from 1 to the first
    number and the second goes by far beyond.

    Raises
    ------
    InputError
        If it may be either.
    """
    first = form.first
    if form.heads or form.names or len(first) != 2 or not form.rows:
        return None
    if not all(re.fullmatch(r"[1-9][0-9]{0,17}", each) for each in first):
        return None
    width, (people, ties) = len(form.rows[0]), map(int, first)
    begin = re.search(rb"[^\s]", form.text)
    end = form.text.find(b"\n", begin.start() if begin else 0)
    rest = form.text[end:] if end >= 0 else b""
    if width not in (2, 3) or rest.count(b"\n") < ties:
        return None
    if sum(1 for line in rest.split(b"\n") if line.strip()) != ties:
        return None
    text = b"\n" * form.text.count(b"\n", 0, end) + rest
    whole = replace(form, text=text, first=form.rows[0], rows=form.rows[1:], line=form.line + 1)
    columns = Body(title, ready(whole), whole).parse([0, 1])
    ends = [columns[0], columns[1]]
    low, high = _range(ends)
    if low not in (0, 1) or high >= low + people:
        return None
    counted = high == low + people - 1 and (low == 0 or ties > people + 1)
    if width == _SMALL or counted:
        return _Sized(whole, people)
    known = any(pc.any(pc.equal(each, first[1])).as_py() for each in ends)
    if people > 2 * ties and known:
        return None  # more people than ties have ends, and one who has another tie
    raise refusal(
        title,
        form.line,
        form.separator.join(first),
        f"may be a tie, or say that {people:,} people and {ties:,} ties follow",
        "say --source 1 --target 2 if it is a tie, take the line out if it is not",
    )
