"""What a person does on the library's page, and sees there."""


def titles(page):
    return [page.cards.card(row).title for row in range(page.cards.rowCount())]


def choose(page, title):
    page.list.setCurrentIndex(page.cards.index(titles(page).index(title)))


def menu(window):
    box = window.top_bar.model
    return [box.itemText(row) for row in range(box.count()) if box.itemText(row)]


def relisted(qtbot, window):
    return qtbot.waitSignal(window.library.keeper.listed)
