"""Pictures of curves: what is drawn is decided once, as shapes, and then written as SVG, inline SVG or PNG."""
