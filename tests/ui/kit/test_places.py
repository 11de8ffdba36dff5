"""The catalogue, the drop zone, the search box and menus."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.kit.parts import late_table
from ui.kit.actions import Action, ActionSet
from ui.kit.catalogue import Catalogue, Entry
from ui.kit.drop import DropZone
from ui.kit.inputs import FindEdit

GROUPS: list[tuple[str, list[Entry]]] = [
    ("Day", [("day-book", "Day book", "star")]),
    ("Books", [("trial", "Trial balance")]),
]


def test_a_catalogue_goes_from_entry_to_entry_over_its_headings(qtbot: QtBot) -> None:
    catalogue = Catalogue("Reports")
    qtbot.addWidget(catalogue)
    chosen: list[str] = []
    catalogue.chosen.connect(chosen.append)
    catalogue.show_groups(GROUPS)
    catalogue.choose("day-book")
    assert (catalogue.current, chosen) == ("day-book", [])
    QTest.keyClick(catalogue, Qt.Key.Key_Down)
    assert (catalogue.current, chosen) == ("trial", ["trial"])
    catalogue.show_groups(GROUPS[1:])
    assert (catalogue.current, chosen) == ("trial", ["trial"])
    catalogue.resize(208, 200)
    assert not catalogue.grab().isNull()


def test_files_and_pictures_come_in_by_paste(qtbot: QtBot, tmp_path: Path) -> None:
    zone = DropZone("Drop a file here")
    qtbot.addWidget(zone)
    clipboard, mime = QGuiApplication.clipboard(), QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "card.png"))])
    clipboard.setMimeData(mime)
    with qtbot.waitSignal(zone.files) as files:
        assert zone.paste()
    assert files.args == [[tmp_path / "card.png"]]
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    clipboard.setImage(image)
    with qtbot.waitSignal(zone.picture) as picture:
        assert zone.paste()
    assert QImage.fromData(picture.args[0]).pixelColor(1, 1) == QColor("red")
    clipboard.setText("words")
    assert not zone.paste()


def test_the_search_box_leads_into_the_list_and_is_emptied_by_esc(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    find, found = FindEdit("In this list"), QListWidget()
    layout = QVBoxLayout(page)
    layout.addWidget(find)
    layout.addWidget(found)
    find.lead_to(found)
    with qtbot.waitActive(page):
        page.show()
    find.setFocus()
    QTest.keyClicks(find, "rekh")
    with qtbot.waitSignal(find.edited):
        QTest.keyClick(find, Qt.Key.Key_Escape)
    assert find.text() == ""
    QTest.keyClick(find, Qt.Key.Key_Down)
    assert found.hasFocus()


def test_a_menu_offers_actions_with_their_keys(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    done: list[str] = []
    actions = ActionSet(page)
    waive = Action(name="waive", text="Waive & tell", keys="Alt+W", run=lambda: done.append("w"))
    never = Action(name="never", text="Never", run=lambda: done.append("n"), enabled=lambda: False)
    actions.show([waive, never])
    menu = actions.menu(page, ["waive", "never"])
    first, second = menu.actions()
    assert first.text() == "Waive && tell\tAlt+W"
    assert not second.isEnabled()
    first.trigger()
    assert done == ["w"]
    menu.close()


def test_a_list_can_do_without_its_header_and_keep_its_height(qtbot: QtBot) -> None:
    table = late_table()
    qtbot.addWidget(table)
    table.keep_rows(4)
    assert table.view.minimumHeight() == 30 + 4 * 40
    table.view.horizontalHeader().hide()
    table.keep_rows(4)
    assert table.view.minimumHeight() == 4 * 40
