"""What was delivered in the demonstration: a month of invoices for each person, and some of them are wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from budgeting.money import Money
from budgeting.spending import ClaimType
from portal.demonstration.scene import Scene
from portal.demonstration.stories import client_of
from portal.spending import commands, entering, file_commands, queries
from portal.spending.book import Book, book
from portal.spending.rows import lines
from portal.work import Work

WEEKS = 4
HEAD = "Date,Description,Support item,Hours,Rate,Total,Invoice no,Provider"
ITEM = "01_011_0107_1_1"


def fill(scene: Scene) -> None:
    """Mei brings in a file, Yusuf's mother and Margaret enter theirs by hand."""
    _mei(scene)
    _yusuf(scene)
    _margaret(scene)


def _days(today: date, weekdays: str, weeks: int = WEEKS) -> list[date]:
    """The days of the last weeks, up to yesterday, that fall on some weekdays (0 is Monday)."""
    days = (today - timedelta(days=back) for back in range(7 * weeks, 0, -1))
    return [day for day in days if str(day.weekday()) in weekdays]


def _mei(scene: Scene) -> None:
    """A file of her provider: one morning is on two invoices, and one sum is wrong."""
    with scene.acting("mei") as work:
        client = client_of(work, scene, "mei")
        content = _invoices(_days(work.today(client), "024"))
        file_id = file_commands.send_file(work, client, "Sunrise invoices.csv", content).id
    with scene.acting("mei") as work:
        found = queries.file(work, client_of(work, scene, "mei"), file_id)
        file_commands.take(work, found, found.version, (), "")
    with scene.acting("mei") as work:
        client = client_of(work, scene, "mei")
        known = book(work, client)
        cleaning = _typed("", _days(work.today(client), "3")[0], "2", 59_00, "", "小王清洁")
        commands.add(
            work,
            client,
            entering.told(replace(cleaning, part="core", description="打扫房间", note="现金支付，有收据"), known),
            False,
        )
    with scene.acting("mei") as work:  # this one waits for her to look at it
        client = client_of(work, scene, "mei")
        later = _invoices(_days(work.today(client), "5", 2), "NS")
        file_commands.send_file(work, client, "Saturdays.csv", later)
    with scene.acting("mei") as work:
        client = client_of(work, scene, "mei")
        for place, one in enumerate(reversed(queries.entries(work, client))):
            if place < 3:
                commands.claim(work, one, one.version, min(one.first + timedelta(days=3), work.day))
            if place < 2:
                commands.pay(work, one, one.version, min(one.first + timedelta(days=6), work.day))


def _invoices(days: list[date], name: str = "SR") -> bytes:
    """What a provider's program gives out: a title, a list, a total."""
    rows, total = [], 0
    for place, day in enumerate(days):
        cents = 156_00 if place == 3 else 136_00
        rows.append(_row(day, cents, f"{name}-{2201 + place // 6}"))
        total += cents
    if len(days) > 1:
        rows.append(_row(days[-2], 136_00, f"{name}-2290"))
        total += 136_00
    top = ("Sunrise Support,,,,,,,", "Statement of services,,,,,,,", HEAD)
    end = f"Total,,,,,${total // 100}.{total % 100:02d},,"
    return "\r\n".join((*top, *rows, end)).encode()


def _row(day: date, cents: int, invoice: str) -> str:
    amounts = f"2.00,$68.00,${cents // 100}.{cents % 100:02d}"
    return f"{day:%d/%m/%Y},Morning support,{ITEM},{amounts},{invoice},Sunrise Support"


def _yusuf(scene: Scene) -> None:
    """His plan manager pays: one visit on a day nobody was to come, and one dearer than the limit."""
    with scene.acting("amal") as work:
        client = client_of(work, scene, "yusuf")
        known = book(work, client)
        morning, outing = _line(known, "العناية الشخصية صباحاً"), _line(known, "الخروج إلى المكتبة بالترام")
        today = work.today(client)
        for place, day in enumerate(_days(today, "0123", 2)):
            price = 95_00 if place == 5 else 70_00
            _add(work, known, _typed(morning, day, "2", price, "SR-3310", item=ITEM))
        for day in _days(today, "2", 2):
            _add(work, known, _typed(outing, day, "3", 68_00, "SR-3311"))
        _add(work, known, _typed(outing, _days(today, "5", 1)[0], "3", 68_00, "SR-3311"))


def _margaret(scene: Scene) -> None:
    """Her own part of each service is told with it; one visit she called off too late is charged."""
    with scene.acting("margaret") as work:
        client = client_of(work, scene, "margaret")
        known = book(work, client)
        shower, cleaning = _line(known, "Help in the shower"), _line(known, "Cleaning")
        today = work.today(client)
        days = _days(today, "14", 3)
        for place, day in enumerate(days):
            form = _typed(shower, day, "1", 99_00, "GD-771")
            kind = ClaimType.CANCELLATION if place == 1 else ClaimType.STANDARD
            _add(work, known, replace(form, contribution=Money(12_28), kind=kind))
        for day in _days(today, "2", 2)[:1]:
            form = _typed(cleaning, day, "3", 89_00, "GD-772")
            _add(work, known, replace(form, contribution=Money(74_17)))
        for day in _days(today, "3", 1):
            form = _typed("", day, "1", 385_00, "GD-790", "Steady Aids", "equipment")
            form = replace(form, part="at", description="Shower chair", contribution=Money(47_74))
            _add(work, known, form)
    with scene.acting("margaret") as work:
        client = client_of(work, scene, "margaret")
        cleaned = next((one for one in queries.entries(work, client) if one.invoice == "GD-772"), None)
        if cleaned is not None:
            said = "You were here for two hours that day, and three are on the invoice. Could you look at it again?"
            commands.question(work, cleaned, cleaned.version, said)


def _line(known: Book, name: str) -> str:
    """The id of a line of the plan by its name."""
    return next((str(key) for key, label in lines(known).items() if label.startswith(name)), "")


def _typed(
    support: str, day: date, quantity: str, cents: int, invoice: str, provider: str = "", item: str = ""
) -> entering.NewForm:
    """What somebody types into the form."""
    return entering.NewForm(
        day=day,
        last=None,
        support=support,
        quantity=quantity,
        price=Money(cents),
        amount=None,
        credit=False,
        provider=provider,
        invoice=invoice,
        kind=ClaimType.STANDARD,
        part="",
        description="",
        item=item,
        contribution=None,
        note="",
        again=False,
    )


def _add(work: Work, known: Book, form: entering.NewForm) -> None:
    commands.add(work, known.client, entering.told(form, known), False)
