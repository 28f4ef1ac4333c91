// Draws the charts of a page with uPlot, from the numbers that the page carries, in place of its still drawings.
"use strict";

(function () {
  const PAGE = JSON.parse(document.getElementById("chart-data").textContent);
  const HEIGHT = 210; // CSS pixels, with the axis
  const STILL = "point at one"; // where a cloud of points tells none
  const FONT = '12px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif';
  const STEP = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity };

  // A colour for the canvas: style sheets know it by a name that follows light and dark.
  function colour(name) {
    return name.startsWith("--") ? getComputedStyle(document.documentElement).getPropertyValue(name).trim() : name;
  }

  function inStyle(name) {
    return name.startsWith("--") ? `var(${name})` : name;
  }

  function numberText(value) {
    return value == null ? "no value" : String(Number(value.toPrecision(4))).replace("-", "\u2212");
  }

  // What the legend tells before anything is pointed at: the end of a curve; of a cloud no point comes before another.
  function told(chart, i, text) {
    if (i == null && chart.nearest) return STILL;
    return text(i ?? chart.series[0].values.length - 1);
  }

  function withUnit(value, unit) {
    return value == null || !unit ? numberText(value) : `${numberText(value)} ${unit}`;
  }

  function element(name, group, text) {
    const made = document.createElement(name);
    made.className = group;
    made.textContent = text;
    return made;
  }

  // The heights at which bars end that stand on each other, from those that a reader is told.
  function stacked(rows) {
    const above = rows[0].map(() => 0);
    const below = rows[0].map(() => 0);
    return rows.map((row) => row.map((value, i) => {
      const foot = value < 0 ? below : above;
      foot[i] += value || 0;
      return foot[i];
    }));
  }

  // What is drawn: the rows of the chart, stacked ones with the tallest first so that all stay in sight.
  function rowsOf(chart) {
    if (!chart.stacked) return chart.series.map((series) => ({ series, heights: series.values }));
    const bars = chart.series.filter((series) => series.kind === "bars");
    const others = chart.series.filter((series) => series.kind !== "bars");
    const tops = stacked(bars.map((series) => series.values));
    const drawn = bars.map((series, i) => ({ series, heights: tops[i] })).reverse();
    return drawn.concat(others.map((series) => ({ series, heights: series.values })));
  }

  function seriesOf(row, chart) {
    const { series } = row;
    const looks = { label: series.label, stroke: () => colour(series.colour), dash: series.dash, width: 2, pxAlign: 0 };
    looks.value = (_, __, ___, i) => told(chart, i, (at) => withUnit(series.values[at], chart.unit));
    looks.points = { show: false };
    if (series.kind === "thin") looks.width = 1.1;
    if (series.kind === "bars" || series.kind === "steps") {
      looks.fill = () => colour(series.colour) + (chart.stacked ? "" : "55");
      looks.fillTo = 0;
      looks.width = chart.stacked ? 0 : 1.4;
      const { bars, stepped } = uPlot.paths;
      looks.paths = series.kind === "bars" ? bars({ size: [0.78, 90] }) : stepped({ align: 1 });
    }
    if (series.kind === "points") {
      looks.paths = () => null;
      const fill = () => colour(series.colour) + "77";
      looks.points = { show: true, size: series.values.length > 200 ? 5 : 9, width: 0, space: 0, stroke: fill, fill };
    }
    return looks;
  }

  function timeScale(axis) {
    const range = () => axis.ends;
    if (!axis.bend) return { time: false, range };
    const pad = 0.015 * Math.asinh(axis.ends[1] / axis.bend);
    const first = axis.bend * Math.sinh(Math.asinh(axis.ends[0] / axis.bend) - pad);
    const last = axis.bend * Math.sinh(Math.asinh(axis.ends[1] / axis.bend) + pad);
    const fwd = (day) => Math.asinh(day / axis.bend);
    const bwd = (place) => axis.bend * Math.sinh(place);
    return { time: false, distr: 100, fwd, bwd, range: () => [first, last] };
  }

  // The marks that have room: the last one first, as it is on paper.
  function marksThatFit(plot, axis) {
    plot.ctx.font = FONT;
    const found = [];
    const taken = [];
    for (const [at, text] of [axis.marks[axis.marks.length - 1], ...axis.marks.slice(0, -1)]) {
      const half = plot.ctx.measureText(text).width / 2 + 5;
      const middle = plot.valToPos(at, "x");
      if (taken.some(([from, to]) => middle - half < to && from < middle + half)) continue;
      taken.push([middle - half, middle + half]);
      found.push(at);
    }
    return found.sort((a, b) => a - b);
  }

  function axesOf(chart, axis) {
    const quiet = () => colour("--quiet");
    const grid = { stroke: () => colour("--line"), width: 1 };
    const looks = { stroke: quiet, font: FONT, labelFont: FONT, labelSize: 20 };
    const along = { ...looks, size: 30, grid: { show: false }, ticks: { ...grid, size: 4 } };
    along.filter = (_, splits) => splits;
    if (axis.marks.length) { // they have their units, and the legend says from when on they count
      const words = new Map(axis.marks);
      along.splits = (plot) => marksThatFit(plot, axis);
      along.values = (_, splits) => splits.map((at) => words.get(at));
    } else {
      along.label = axis.label;
      along.values = (_, splits) => splits.map(numberText);
    }
    const up = { ...looks, size: 58, grid, ticks: { show: false }, space: 24 };
    up.label = chart.unit || " "; // so that panels below each other begin at one line
    up.values = (_, splits) => splits.map(numberText);
    return [along, up];
  }

  function drawUpright(plot, chart) {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.fillStyle = colour(chart.series[0].colour) + "20";
    for (const [from, to] of chart.spans) {
      const left = plot.valToPos(from, "x", true);
      ctx.fillRect(left, bbox.top, plot.valToPos(to, "x", true) - left, bbox.height);
    }
    ctx.strokeStyle = colour("--quiet");
    ctx.lineWidth = uPlot.pxRatio;
    ctx.setLineDash([2 * uPlot.pxRatio, 2 * uPlot.pxRatio]);
    ctx.beginPath();
    for (const at of chart.upright) {
      const place = Math.round(plot.valToPos(at, "x", true)) + 0.5;
      ctx.moveTo(place, bbox.top);
      ctx.lineTo(place, bbox.top + bbox.height);
    }
    ctx.stroke();
    ctx.restore();
  }

  // Places along a curve, close enough together that a label cannot stand between them.
  function placesAlong(plot, row) {
    const places = plot.data[0].map((at, i) => [plot.valToPos(at, "x", true), plot.valToPos(row[i], "y", true)]);
    const between = (from, to) => [0, 0.25, 0.5, 0.75].map((share) => from.map((at, k) => at + share * (to[k] - at)));
    return places.slice(1).flatMap((to, i) => between(places[i], to));
  }

  // Where a label may stand beside its dot, inside the panel and if possible on no curve and no other label.
  function boxFor(plot, at, width, height, taken, curve) {
    const { bbox } = plot;
    const gap = 8 * uPlot.pxRatio;
    const sides = [[1, 1], [1, -1], [-1, -1], [-1, 1], [1, 2.6], [1, -2.6], [-1, -2.6], [-1, 2.6], [-1, -6], [1, 6]];
    const boxes = sides.map(([right, down]) => ({
      left: right > 0 ? at.x + gap : at.x - gap - width,
      top: at.y + 0.55 * down * gap + (down > 0 ? 0 : -height),
      width,
      height,
    }));
    const inside = boxes.filter((box) => box.left >= bbox.left && box.left + width <= bbox.left + bbox.width &&
      box.top >= bbox.top && box.top + height <= bbox.top + bbox.height);
    const apart = (box, other) => box.left > other.left + other.width || other.left > box.left + width ||
      box.top > other.top + other.height || other.top > box.top + height;
    const free = inside.filter((box) => taken.every((other) => apart(box, other)));
    const clear = ([x, y]) => (box) => x < box.left || x > box.left + width || y < box.top || y > box.top + height;
    return free.find((box) => curve.every((place) => clear(place)(box))) || free[0] || inside[0];
  }

  function drawNotes(plot, chart) {
    const { ctx } = plot;
    const taken = [];
    const curves = chart.notes.length ? chart.series.map((series) => placesAlong(plot, series.values)) : [];
    ctx.save();
    ctx.strokeStyle = colour("--page");
    ctx.lineWidth = 3 * uPlot.pxRatio;
    ctx.font = FONT.replace("12px", `${12 * uPlot.pxRatio}px`);
    ctx.textBaseline = "top";
    ctx.textAlign = "left";
    for (const [day, height, text, series] of chart.notes) {
      const at = { x: plot.valToPos(day, "x", true), y: plot.valToPos(height, "y", true) };
      ctx.fillStyle = colour(chart.series[series].colour);
      ctx.beginPath();
      ctx.arc(at.x, at.y, 4 * uPlot.pxRatio, 0, 2 * Math.PI);
      ctx.fill();
      const box = boxFor(plot, at, ctx.measureText(text).width, 14 * uPlot.pxRatio, taken, curves[series]);
      if (!box) continue;
      taken.push(box);
      ctx.fillStyle = colour("--ink");
      ctx.strokeText(text, box.left, box.top);
      ctx.fillText(text, box.left, box.top);
    }
    ctx.restore();
  }

  // The point of a cloud that is nearest to the pointer, or the one that the keys have come to.
  function nearestPoint(plot, number, closest) {
    const { left, top } = plot.cursor;
    const heights = plot.data[Math.max(number, 1)];
    if (plot.at != null) return plot.at;
    let found = closest;
    let least = Infinity;
    plot.data[0].forEach((at, i) => {
      if (heights[i] == null) return;
      const distance = (plot.valToPos(at, "x") - left) ** 2 + (plot.valToPos(heights[i], "y") - top) ** 2;
      if (distance < least) [least, found] = [distance, i];
    });
    return found;
  }

  function bandColour(chart, i) {
    return colour(chart.series[i].colour) + "26";
  }

  function optionsOf(chart, axis, rows, width, group) {
    const cursor = { drag: { x: false, y: false }, points: { size: 8 }, y: chart.nearest };
    if (!chart.nearest) cursor.sync = { key: group, scales: ["x", null] };
    if (chart.nearest) cursor.dataIdx = nearestPoint;
    const marker = (_, i) => inStyle(rows[i - 1].series.colour);
    const words = (_, __, ___, i) => told(chart, i, (at) => axis.words[at]);
    return {
      width,
      height: HEIGHT,
      padding: [10, 22, 0, 0],
      cursor,
      legend: { markers: { width: 0, fill: marker, stroke: marker } },
      scales: { x: timeScale(axis), y: { range: () => chart.ends } },
      axes: axesOf(chart, axis),
      bands: chart.bands.map((pair) => ({ series: pair.map((i) => i + 1), fill: () => bandColour(chart, pair[0]) })),
      series: [{ label: axis.label, value: words }, ...rows.map((row) => seriesOf(row, chart))],
      hooks: { drawAxes: [(plot) => drawUpright(plot, chart)], draw: [(plot) => drawNotes(plot, chart)] },
    };
  }

  function spoken(chart, axis, i) {
    const values = chart.series.map((series) => `${series.label} ${withUnit(series.values[i], chart.unit)}`);
    return `${axis.words[i]}: ${values.join(", ")}`;
  }

  // Left and right move from value to value; what stands there is told to those who cannot see it.
  function followKeys(panel, plot, chart, axis, line) {
    panel.addEventListener("mousemove", () => { plot.at = null; });
    panel.addEventListener("keydown", (event) => {
      const step = STEP[event.key];
      if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      const last = axis.values.length - 1;
      const here = plot.at ?? plot.cursor.idx ?? (step > 0 ? -1 : last + 1);
      const there = Math.min(Math.max(here + step, 0), last);
      plot.at = chart.nearest ? there : null;
      const top = plot.bbox.height / 2 / uPlot.pxRatio;
      plot.setCursor({ left: plot.valToPos(axis.values[there], "x"), top }, true, true);
      line.textContent = spoken(chart, axis, there);
    });
  }

  // The legend names stacked bars in the order of their strength, which is not that in which they are drawn.
  function orderLegend(plot, chart, rows) {
    plot.root.querySelectorAll(".u-series").forEach((line, i) => {
      if (i > 0) line.style.order = 1 + chart.series.indexOf(rows[i - 1].series);
    });
  }

  function panelOf(chart, axis, place, group) {
    const panel = element("div", chart.stacked ? "panel stacked" : "panel", "");
    panel.tabIndex = 0;
    panel.setAttribute("role", "group");
    panel.setAttribute("aria-label", `${chart.title}; left and right arrow keys tell its values`);
    panel.append(element("p", "panel-title", chart.title));
    if (chart.told) panel.append(element("p", "panel-told", chart.told));
    const line = element("p", "unseen", "");
    line.setAttribute("aria-live", "polite");
    place.append(panel);
    const rows = rowsOf(chart);
    const data = [axis.values, ...rows.map((row) => row.heights)];
    const plot = new uPlot(optionsOf(chart, axis, rows, panel.clientWidth, group), data, panel);
    panel.append(line);
    orderLegend(plot, chart, rows);
    followKeys(panel, plot, chart, axis, line);
    return { panel, plot };
  }

  // Puts the charts in the place of a drawing, which stays where a browser cannot draw them.
  function replace(place, number) {
    const figure = place.closest("figure");
    place.hidden = false;
    if (!place.classList.contains("beside")) figure.classList.add("alive");
    try {
      return place.dataset.charts.split(" ").map((at) => {
        const chart = PAGE.charts[Number(at)];
        return panelOf(chart, PAGE.axes[chart.axis], place, `figure-${number}`);
      });
    } catch (fault) {
      console.error(fault);
      place.replaceChildren();
      figure.classList.remove("alive");
      return [];
    }
  }

  function keepFitting(panels) {
    const widths = new ResizeObserver(() => panels.forEach(({ panel, plot }) => {
      if (panel.clientWidth && panel.clientWidth !== plot.width) {
        plot.setSize({ width: panel.clientWidth, height: HEIGHT });
      }
    }));
    panels.forEach(({ panel }) => widths.observe(panel));
    const redraw = () => panels.forEach(({ plot }) => plot.redraw(false));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  }

  // On paper nothing can be opened.
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((part) => { part.open = true; }));
  keepFitting([...document.querySelectorAll("[data-charts]")].flatMap(replace));
})();
