"""The style sheet of the report, and the colours of everything that is shown on a page."""

from cicatrix.theme import ON_PAPER, SCREEN


def _declared(colours: dict[str, str]) -> str:
    return " ".join(f"{name}: {colour};" for name, colour in colours.items())


LIGHT, DARK = (_declared(colours) for colours in SCREEN)
STYLE = (
    """
:root {
  color-scheme: light dark;
  LIGHT
}
@media (prefers-color-scheme: dark) {
  :root {
    DARK
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
main, footer { max-width: 52rem; margin: 0 auto; padding: 0 1.25rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 2rem 0 0.4rem; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 0.5rem; }
.question { color: var(--quiet); font-size: 1.1rem; margin: 0 0 1rem; }
.answer { font-size: 1.2rem; line-height: 1.4; font-weight: 600; margin: 0 0 1.2rem; }
.warning { border-left: 0.3rem solid var(--inflammation); padding: 0.3rem 0.8rem; background: var(--raised); }
figure { margin: 1rem 0; }
.drawing, .wide { overflow-x: auto; }
.drawing svg { display: block; width: 100%; min-width: 32rem; height: auto; }
figcaption, caption { color: var(--quiet); font-size: 0.88rem; text-align: left; padding: 0.3rem 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 0.35rem 0.7rem 0.35rem 0; border-bottom: 1px solid var(--line); }
tr { vertical-align: top; }
thead th { color: var(--quiet); font-weight: 600; font-size: 0.9rem; }
tbody th { font-weight: 500; }
td.long { min-width: 7rem; }
th.long { min-width: 6.5rem; }
dl { margin: 0; }
dl div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: 0.25rem 0; border-bottom: 1px solid var(--line); }
dt { flex: 0 0 13rem; color: var(--quiet); }
.answers dt { flex: 0 1 22rem; }
dd { flex: 1 1 12rem; margin: 0; overflow-wrap: anywhere; }
pre { background: var(--raised); padding: 0.7rem 0.9rem; overflow-x: auto; font-size: 0.88rem; line-height: 1.45; }
code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; }
summary { cursor: pointer; }
h3 { font-size: 1rem; margin: 1.1rem 0 0.3rem; }
.panel { margin: 0 0 1rem; }
.panel-title { font-weight: 600; margin: 0; }
.panel-told { color: var(--quiet); font-size: 0.85rem; margin: 0; }
.unseen { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }
.stacked .u-series th { pointer-events: none; }
.uplot { width: 100%; font-family: inherit; }
.u-legend { font-size: 0.85rem; margin: 0.2rem 0 0; text-align: left; font-variant-numeric: tabular-nums; }
.u-legend tbody { display: flex; flex-wrap: wrap; }
.u-legend th, .u-legend td { border: 0; font-weight: 500; min-width: 0; }
.u-legend .u-value { min-width: 4.5rem; }
.u-series:first-child .u-value { min-width: 5.5rem; }
.u-hz .u-cursor-x, .u-hz .u-cursor-y { border-color: var(--quiet); }
footer { color: var(--quiet); font-size: 0.9rem; padding-top: 1rem; padding-bottom: 2.5rem; }
:focus-visible { outline: 2px solid var(--matrix); outline-offset: 2px; }
@media screen { .alive .drawing { display: none; } }
@media print {
  .live { display: none; }
  :root { PAPER }
  body { font-size: 10pt; }
  .drawing svg { min-width: 0; }
  table, thead th, caption, figcaption { font-size: 8.5pt; }
  td.long, th.long { min-width: 0; }
  figure, tr, section { break-inside: avoid; }
}
""".replace("LIGHT", LIGHT)
    .replace("DARK", DARK)
    .replace("PAPER", _declared(ON_PAPER))
)
