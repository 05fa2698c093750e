"""A TrueType subset of a CJK font: reportlab embeds TrueType outlines only, and Noto Sans CJK has PostScript ones."""

from __future__ import annotations

from pathlib import Path

from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont


def truetype_subset(collection: Path, family: str, text: str, name: str, target: Path) -> None:
    """Write a TrueType font with the characters of `text`.

    Args:
        collection: a .ttc or .otc file.
        family: the font of the collection to take, such as "Noto Sans CJK SC".
        name: PostScript name of the new font. Each subset needs its own: reportlab keeps one font per name and would
            use the letters of the first for all.
    """
    font = next(one for one in TTCollection(str(collection)).fonts if one["name"].getDebugName(1) == family)
    options = subset.Options(layout_features=[], notdef_outline=True, hinting=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    _write(font, name, target)


def _write(font: TTFont, postscript_name: str, target: Path) -> None:
    order = font.getGlyphOrder()
    outlines = font.getGlyphSet()
    glyphs, metrics = {}, {}
    for name in order:
        pen = TTGlyphPen(None)
        outlines[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
        metrics[name] = font["hmtx"][name]
    head, line = font["head"], font["hhea"]
    builder = FontBuilder(head.unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(font.getBestCmap())
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=line.ascent, descent=line.descent)
    name = font["name"]
    builder.setupNameTable(
        {
            "familyName": postscript_name,  # a changed font must not carry the reserved name "Noto"
            "styleName": "Regular",
            "psName": postscript_name,
            "copyright": name.getDebugName(0) or "",
            "licenseDescription": name.getDebugName(13) or "",
        }
    )
    builder.setupOS2(sTypoAscender=line.ascent, usWinAscent=line.ascent, usWinDescent=-line.descent, fsType=0)
    builder.setupPost()
    builder.updateHead(created=head.created, modified=head.created)
    builder.font.recalcTimestamp = False
    builder.save(str(target))
