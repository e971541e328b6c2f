<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Etascope</name>
    <message numerus="yes">
        <location filename="../../gui/compare/cells_model.py"/>
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n call</numerusform>
            <numerusform>%n calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/prompt_edit.py"/>
        <source>%n chunk(s)</source>
        <translation>
            <numerusform>%n chunk</numerusform>
            <numerusform>%n chunks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/judging.py"/>
        <source>%n comparison(s) judged</source>
        <translation>
            <numerusform>%n comparison judged</numerusform>
            <numerusform>%n comparisons judged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/exporting.py"/>
        <source>%n file(s) written.</source>
        <translation>
            <numerusform>%n file written.</numerusform>
            <numerusform>%n files written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/library/bar.py"/>
        <source>%n hour(s) left</source>
        <translation>
            <numerusform>%n hour left</numerusform>
            <numerusform>%n hours left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/library/bar.py"/>
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>%n minute left</numerusform>
            <numerusform>%n minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/cells_model.py"/>
        <source>%n model call(s)</source>
        <translation>
            <numerusform>%n model call</numerusform>
            <numerusform>%n model calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/costing.py"/>
        <source>%n model(s) to load</source>
        <translation>
            <numerusform>%n model to load</numerusform>
            <numerusform>%n models to load</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/library/bar.py"/>
        <source>%n more after it</source>
        <translation>
            <numerusform>%n more after it</numerusform>
            <numerusform>%n more after it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/costing.py"/>
        <source>%n more picture(s)</source>
        <translation>
            <numerusform>%n more picture</numerusform>
            <numerusform>%n more pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/upkeep.py"/>
        <source>%n of them cannot be read.</source>
        <translation>
            <numerusform>%n of them cannot be read.</numerusform>
            <numerusform>%n of them cannot be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/costing.py"/>
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/unsaved.py"/>
        <source>%n picture(s) could not be saved and would be lost.</source>
        <translation>
            <numerusform>%n picture could not be saved and would be lost.</numerusform>
            <numerusform>%n pictures could not be saved and would be lost.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/window.py"/>
        <source>%n picture(s) saved after all</source>
        <translation>
            <numerusform>%n picture saved after all</numerusform>
            <numerusform>%n pictures saved after all</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/create_view.py"/>
        <source>%n picture(s) thrown away</source>
        <translation>
            <numerusform>Picture thrown away</numerusform>
            <numerusform>%n pictures thrown away</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/exporting.py"/>
        <source>%n picture(s) to give away</source>
        <translation>
            <numerusform>%n picture to give away</numerusform>
            <numerusform>%n pictures to give away</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/setup_panel.py"/>
        <source>%n place(s) left empty.</source>
        <translation>
            <numerusform>%n place left empty.</numerusform>
            <numerusform>%n places left empty.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/cell_painter.py"/>
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>%n step(s), done</source>
        <translation>
            <numerusform>%n step, done</numerusform>
            <numerusform>%n steps, done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/upkeep.py"/>
        <source>%n thing(s) are not as they should be. Nothing was changed.</source>
        <translation>
            <numerusform>%n thing is not as it should be. Nothing was changed.</numerusform>
            <numerusform>%n things are not as they should be. Nothing was changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/prompt_edit.py"/>
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/timeline.py"/>
        <source>A run of %n step(s) would look different: its steps are larger.</source>
        <translation>
            <numerusform>A run of %n step would look different: its steps are larger.</numerusform>
            <numerusform>A run of %n steps would look different: its steps are larger.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/costing.py"/>
        <source>All %n picture(s) are there.</source>
        <translation>
            <numerusform>The one picture is there.</numerusform>
            <numerusform>All %n pictures are there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/upkeep.py"/>
        <source>All is well: every one of %n picture(s) is whole.</source>
        <translation>
            <numerusform>All is well: the one picture is whole.</numerusform>
            <numerusform>All is well: every one of %n pictures is whole.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/telling.py"/>
        <source>Cancelled %n picture(s)</source>
        <translation>
            <numerusform>Cancelled</numerusform>
            <numerusform>Cancelled %n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/telling.py"/>
        <source>Cancelled %n picture(s), nothing saved</source>
        <translation>
            <numerusform>Cancelled, nothing saved</numerusform>
            <numerusform>Cancelled %n pictures, nothing saved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/upkeep.py"/>
        <source>The index has %n picture(s).</source>
        <translation>
            <numerusform>The index has %n picture.</numerusform>
            <numerusform>The index has %n pictures.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/reproducing.py"/>
        <source>The paths had parted after %n step(s).</source>
        <translation>
            <numerusform>The paths had parted after %n step.</numerusform>
            <numerusform>The paths had parted after %n steps.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/cell_panel.py"/>
        <source>and %n more pair(s)</source>
        <translation>
            <numerusform>and %n more pair</numerusform>
            <numerusform>and %n more pairs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/compare/costing.py"/>
        <source>{done} of %n picture(s) done, the others on their way.</source>
        <translation>
            <numerusform>{done} of %n picture done, the others on their way.</numerusform>
            <numerusform>{done} of %n pictures done, the others on their way.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/strip.py"/>
        <source>{name}: %n picture(s)</source>
        <translation>
            <numerusform>{name}: %n picture</numerusform>
            <numerusform>{name}: %n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../gui/errand_dialog.py"/>
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
</context>
</TS>
