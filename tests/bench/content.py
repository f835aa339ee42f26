"""One brief that everybody writes: 8 headings, 25 paragraphs, 4 tables, 2 charts, 12 sources; about six pages.

The words are made up from a few sentences; a seed changes the numbers, so that nothing can be kept between documents.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

LANGUAGES = ("en", "ru", "kk")
SENTENCES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "en": (
        "Trade between the two countries came to {n} million dollars in {y}, of which exports made {m} million.",
        "Metals, grain and oil products account for {p} percent of what is sold, machinery for most of what is bought.",
        "The joint commission met in {y} and agreed on {k} measures for transport, energy and farming.",
        "Investment since {y} amounts to {n} million dollars and goes above all into mining, logistics and banking.",
        "Some {k} companies with foreign capital are registered; the larger ones build, trade and develop software.",
    ),
    "ru": (
        "Товарооборот двух стран в {y} году составил {n} млн долларов, в том числе экспорт — {m} млн долларов.",
        "На металлы, зерно и нефтепродукты приходится {p} процента продаж, закупаются большей частью машины.",
        "Совместная комиссия провела заседание в {y} году и согласовала {k} мер по транспорту и энергетике.",
        "Инвестиции с {y} года достигли {n} млн долларов и направлены прежде всего в горное дело, логистику и банки.",
        "Зарегистрировано {k} компаний с иностранным капиталом; крупнейшие строят, торгуют и программируют.",
    ),
    "kk": (
        "Екі елдің тауар айналымы {y} жылы {n} млн долларды құрады, оның ішінде экспорт {m} млн доллар болды.",
        "Сатылымның {p} пайызы металдарға, астық пен мұнай өнімдеріне тиесілі, негізінен машиналар сатып алынады.",
        "Бірлескен комиссия {y} жылы отырыс өткізіп, көлік пен энергетика бойынша {k} шараны келісті.",
        "Инвестициялар {y} жылдан бері {n} млн долларға жетіп, ең алдымен тау-кен ісі мен банктерге бағытталды.",
        "Шетел капиталы бар {k} компания тіркелген; ірілері құрылыспен, саудамен және бағдарламалаумен айналысады.",
    ),
})  # fmt: skip
HEADINGS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "en": ("Key facts", "Politics", "Trade", "Investment", "Treaties", "Visits", "Culture", "Outlook"),
    "ru": ("Сведения", "Политика", "Торговля", "Инвестиции", "Договоры", "Визиты", "Культура", "Перспективы"),
    "kk": ("Мәліметтер", "Саясат", "Сауда", "Инвестициялар", "Шарттар", "Сапарлар", "Мәдениет", "Болашақ"),
})  # fmt: skip
PARAGRAPHS = (2, 4, 4, 4, 3, 3, 4, 1)
SHAPES = {0: (5, 3), 2: (12, 6), 4: (10, 3), 5: (8, 4)}  # section: rows and columns of its table
CHARTS = {2: 2, 3: 1}  # section: series of its chart
WORDS_A_PARAGRAPH = 52


@dataclass(frozen=True)
class Grid:
    """A table of words and numbers; every column after the first is numbers."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Columns:
    """A chart over years: columns of one series, lines of several where the format has native charts."""

    title: str
    years: tuple[str, ...]
    names: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]

    @property
    def kind(self) -> Literal["column", "line"]:
        """Lines for several series."""
        return "column" if len(self.names) == 1 else "line"


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    paragraphs: tuple[str, ...]
    grid: Grid | None
    chart: Columns | None


@dataclass(frozen=True)
class Content:
    """A whole brief; `sources` are words and address."""

    language: str
    title: str
    sections: tuple[Section, ...]
    sources: tuple[tuple[str, str], ...]


def content(seed: int) -> Content:
    """The brief of a seed; languages take turns."""
    chance, language = random.Random(seed), LANGUAGES[seed % len(LANGUAGES)]
    headings = HEADINGS[language]
    sections = tuple(_section(chance, language, number) for number in range(len(headings)))
    sources = tuple((f"{headings[2]} {seed}.{n}, bulletin", f"https://example.org/{seed}/{n}") for n in range(1, 13))
    return Content(language, f"{headings[1]}, {headings[2]}, {headings[3]} ({seed})", sections, sources)


def _section(chance: random.Random, language: str, number: int) -> Section:
    heading = HEADINGS[language][number]
    paragraphs = tuple(_paragraph(chance, language) for _ in range(PARAGRAPHS[number]))
    grid = _grid(chance, heading, *SHAPES[number]) if number in SHAPES else None
    chart = _chart(chance, heading, CHARTS[number]) if number in CHARTS else None
    return Section(heading, paragraphs, grid, chart)


def _paragraph(chance: random.Random, language: str) -> str:
    said: list[str] = []
    while len(" ".join(said).split()) < WORDS_A_PARAGRAPH:
        said.append(chance.choice(SENTENCES[language]).format(**_numbers(chance)))
    return " ".join(said)


def _numbers(chance: random.Random) -> dict[str, object]:
    big = {name: f"{chance.uniform(100, 9000):.1f}" for name in "nm"}
    return {**big, "p": f"{chance.uniform(1, 90):.1f}", "y": chance.randrange(2010, 2026), "k": chance.randrange(2, 90)}


def _grid(chance: random.Random, heading: str, rows: int, columns: int) -> Grid:
    def row(number: int) -> tuple[str, ...]:
        return (f"{heading} {number}", *(f"{chance.uniform(-999, 9999):.1f}" for _ in range(columns - 1)))

    head = (heading, *(str(2026 - columns + number) for number in range(1, columns)))
    return Grid(f"{heading}, USD", head, tuple(row(number) for number in range(1, rows + 1)))


def _chart(chance: random.Random, heading: str, series: int) -> Columns:
    years = tuple(map(str, range(2016, 2026)))
    values = tuple(tuple(round(chance.uniform(10, 99), 1) for _ in years) for _ in range(series))
    return Columns(heading, years, tuple(f"{heading} {number}" for number in range(1, series + 1)), values)
