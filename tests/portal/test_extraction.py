"""Where the sentences come from that translators are given."""

from __future__ import annotations

from pathlib import Path

from portal.setup.extraction import sentences


def test_a_table_of_the_calculator_says_which_of_its_texts_people_read(tmp_path: Path) -> None:
    folder = tmp_path / "budgeting" / "programs" / "orchard"
    folder.mkdir(parents=True)
    (folder / "everyday.toml").write_text(
        'sentences = ["label", "names"]\n[support.pears]\nlabel = "A visit"\nkey = "P-1"\n'
        'names = ["Pear day", "Plum day"]\n',
        encoding="utf-8",
    )
    (folder / "program.toml").write_text('[rate]\nlabel = "Nobody reads this"\n', encoding="utf-8")
    assert {message.id for message in sentences(tmp_path) if message.id} == {"A visit", "Pear day", "Plum day"}
