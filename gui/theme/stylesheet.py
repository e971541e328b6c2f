"""The application's stylesheet in one place; $names are the theme's tokens.

No fonts here: a stylesheet that sets one keeps the user's own font size from getting through.
Ticks and arrows are given in $mark, which goes by it.
"""

from string import Template

STYLESHEET = Template("""
/* ------------------------------------------------------------- surfaces */
[surface="panel"], QMainWindow, QDialog { background: $panel; }
[surface="canvas"] { background: $canvas; }
[surface="sheet"] { background: $panel; border: 1px solid $edge; border-radius: 6px; }
[role="secondary"] { color: $secondary; }
[role="warning"] { color: $warning; }
QFrame[role="hairline"] { background: $line; border: none; }
QToolTip { background: $raised; color: $text; border: 1px solid $edge; padding: 5px 7px; }

/* --------------------------------------------------------------- fields */
QLineEdit, QPlainTextEdit, QComboBox {
    background: $raised; color: $text;
    border: 1px solid $edge; border-radius: 6px; padding: 6px 9px;
    selection-background-color: $accent; selection-color: $on_accent;
    placeholder-text-color: $secondary;
}
QPlainTextEdit { padding: 5px 6px; }
QLineEdit:focus, QComboBox:focus { border: 2px solid $accent; padding: 5px 8px; }
QPlainTextEdit:focus { border: 2px solid $accent; padding: 4px 5px; }
QPlainTextEdit[invalid="true"] { border: 2px solid $warning; padding: 4px 5px; }
QLineEdit[invalid="true"] { border: 2px solid $warning; padding: 5px 8px; color: $warning; }
QLineEdit[drawn="true"] { color: $secondary; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {
    background: $panel; color: $secondary; border-color: $line;
}
QComboBox::drop-down { border: none; width: ${room}px; }
QComboBox::down-arrow { image: url("$icons/arrow.svg"); width: ${mark}px; height: ${mark}px; }
QComboBox { combobox-popup: 0; } /* a list under it, not a menu over it */
QComboBox QAbstractItemView {
    background: $raised; color: $text; padding: 4px; outline: none;
    border: 1px solid $edge;
    selection-background-color: $accent; selection-color: $on_accent;
}
QComboBox QAbstractItemView::item { padding: 5px 6px; border-radius: 4px; }
QComboBox QAbstractItemView::item:selected { background: $accent; color: $on_accent; }

/* -------------------------------------------------------------- buttons */
QPushButton, QToolButton {
    background: $raised; color: $text;
    border: 1px solid $edge; border-radius: 6px; padding: 7px 11px;
    outline: none; /* the border shows the focus */
}
QToolButton { padding: 6px; }
QToolButton:checked { background: $line; border-color: $secondary; }
QPushButton:hover, QToolButton:hover { border-color: $secondary; }
QPushButton:pressed, QToolButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $accent; padding: 6px 10px; }
QToolButton:focus { border: 2px solid $accent; padding: 5px; }
QPushButton:disabled, QToolButton:disabled {
    background: $panel; color: $secondary; border-color: $line;
}

QPushButton[kind="chip"], QToolButton[kind="chip"] {
    background: transparent; color: $secondary; padding: 4px 8px;
}
QPushButton[kind="chip"]:hover { color: $text; }
QPushButton[kind="chip"]:focus { border: 2px solid $accent; padding: 3px 7px; }
QPushButton[kind="chip"]:checked {
    background: $accent; color: $on_accent; border: 1px solid $accent; padding: 4px 8px;
}
QPushButton[kind="chip"]:checked:focus { border: 2px solid $text; padding: 3px 7px; }
QPushButton[kind="chip"]:disabled { background: transparent;
    color: $secondary; border-color: $line; }
QPushButton[kind="chip"]:checked:disabled { background: $line; color: $text; }

QPushButton[kind="tab"] {
    background: transparent; color: $secondary; border: 2px solid transparent; padding: 5px 12px;
}
QPushButton[kind="tab"]:hover { color: $text; }
QPushButton[kind="tab"]:checked { background: $raised; color: $text; }
QPushButton[kind="tab"]:focus { border-color: $accent; }
QPushButton[kind="tab"]:disabled { color: $edge; }

QPushButton[kind="quiet"], QToolButton[kind="quiet"] {
    background: transparent; color: $secondary; border: 2px solid transparent; padding: 4px 8px;
}
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover { color: $text; }
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus { border-color: $accent; }
QPushButton[kind="quiet"]:checked { background: $raised; color: $text; }

QPushButton[kind="fold"] {
    background: transparent; color: $secondary; border: 2px solid transparent;
    padding: 4px 8px 4px 0; text-align: left;
}
QPushButton[kind="fold"]:hover { color: $text; }
QPushButton[kind="fold"]:focus { border-color: $accent; }

QToolButton[kind="small"] {
    background: transparent; border: 2px solid transparent; padding: 1px;
}
QToolButton[kind="small"]:hover { background: $raised; }
QToolButton[kind="small"]:focus { border-color: $accent; padding: 1px; }

QPushButton[kind="example"] {
    background: $panel; border: 1px solid $line; padding: 9px 13px; text-align: left;
}
QPushButton[kind="example"]:hover { border-color: $edge; background: $raised; }
QPushButton[kind="example"]:focus { border: 2px solid $accent; padding: 8px 12px; }

QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; } /* Fusion's are not ours */

/* ----------------------------------------------------- ticks and choices */
QCheckBox, QRadioButton {
    spacing: 8px; border: 2px solid transparent; border-radius: 6px; padding: 2px;
    outline: none; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox::indicator, QRadioButton::indicator {
    width: ${mark}px; height: ${mark}px; background: $raised;
    border: 1px solid $edge; border-radius: 4px;
}
QRadioButton::indicator { border-radius: ${round}px; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked {
    background: $accent; border-color: $accent; image: url("$icons/check-$name.svg");
}
QCheckBox:disabled, QRadioButton:disabled { color: $secondary; }

/* ------------------------------------------------- lists, menus, the rest */
QListView, QTreeView, QTableView { background: transparent; border: none; outline: none; }
QTableView[surface="cells"] { background: $canvas; selection-background-color: transparent; }
QTableView[surface="cells"] QHeaderView, QTableView[surface="cells"] QHeaderView::section {
    background: $canvas; color: $text; border: none; padding: 0 8px;
}
QTableView[surface="cells"] QTableCornerButton::section { background: $canvas; border: none; }
QMenu { background: $raised; border: 1px solid $edge; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent; color: $on_accent; }
QMenu::item:disabled { color: $secondary; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QMenuBar { background: $panel; }
QMenuBar::item { padding: 5px 10px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: $raised; }
QScrollArea, QScrollArea > QWidget > QWidget[surface="clear"] {
    background: transparent; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $edge; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QStatusBar { background: $panel; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
""")
