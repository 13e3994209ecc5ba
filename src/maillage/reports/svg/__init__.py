"""Drawing by hand: maps, dots, curves, marks, as light SVG that works in a page and in a PDF."""
