// The three charts on one time axis: curves, sessions, the chosen day, the difference of two plans, many persons.
"use strict";
{
  const { place, YEAR, FIRST, dayText } = Lesson.timescale;
  const { colour } = Lesson.looks;
  const { shown, at, peak } = Lesson.milestones;
  const { plain } = Lesson.quantities;
  const SIDE = 46; // px left of the curves, for the numbers of the axis
  const RIGHT = 24;
  const AXIS = 26;
  const DASH = { a: [], b: [7, 4] };

  const charts = [];
  let view = null; // {a, b: courses, day, crowds: {a, b}, person}

  /** Every day at which a course of the view has an output, and its curves there. */
  function columns(clock) {
    const days = view.b ? Float64Array.from(new Set([...view.a.days, ...view.b.days])).sort() : view.a.days;
    const along = (course) => Float64Array.from(days, (day) => at(course.days, shown(course, clock), day));
    return [Array.from(days, place), along(view.a), view.b ? along(view.b) : new Float64Array(days.length)];
  }

  /** The curves of the persons who are drawn one by one: the chosen one, or the first some. */
  function single(crowd, clock) {
    const which = view.person ? [view.person - 1] : Array.from({ length: Lesson.crowd.FAINT }, (_, i) => i);
    return which.map((one) => Lesson.crowd.person(crowd, clock, one)).filter(Boolean);
  }

  /** Lowest and highest value of the axis of a chart: whatever is drawn in it, with room for the labels. */
  function range(clock) {
    let low = 0;
    let high = clock.gain ? 1 : 10;
    const widen = (values) => {
      for (const value of values) {
        if (value < low) low = value;
        if (value > high) high = value;
      }
    };
    for (const plan of ["a", "b"]) {
      if (view && view[plan]) widen(shown(view[plan], clock));
      const crowd = view && view[plan] && view.crowds[plan];
      if (!crowd || !crowd.bands) continue;
      const band = crowd.bands[clock.name];
      for (const values of [band.low, band.high, ...single(crowd, clock)]) widen(values);
    }
    return [low - 0.05 * (high - low), high + (view && view.b ? 0.42 : 0.22) * (high - low)];
  }

  /** A line through points (day, value), left open for stroke or fill. */
  function trace(u, days, values, backwards = false) {
    for (let k = 0; k < days.length; k += 1) {
      const i = backwards ? days.length - 1 - k : k;
      const x = u.valToPos(place(days[i]), "x", true);
      const y = u.valToPos(values[i], "y", true);
      if (k === 0 && !backwards) u.ctx.moveTo(x, y);
      else u.ctx.lineTo(x, y);
    }
  }

  function within(u, draw) {
    u.ctx.save();
    u.ctx.beginPath();
    u.ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
    u.ctx.clip();
    draw(u.ctx);
    u.ctx.restore();
  }

  function upright(u, day, dash, ink, width) {
    const x = Math.round(u.valToPos(place(day), "x", true));
    u.ctx.beginPath();
    u.ctx.setLineDash(dash.map((part) => part * devicePixelRatio));
    u.ctx.strokeStyle = ink;
    u.ctx.lineWidth = width * devicePixelRatio;
    u.ctx.moveTo(x, u.bbox.top);
    u.ctx.lineTo(x, u.bbox.top + u.bbox.height);
    u.ctx.stroke();
  }

  function drawCrowd(u, clock, plan, crowd) {
    const { ctx } = u;
    const band = crowd.bands[clock.name];
    ctx.fillStyle = ctx.strokeStyle = colour(plan === "a" ? clock.colour : "--second");
    ctx.globalAlpha = 0.2;
    ctx.beginPath();
    trace(u, crowd.days, band.high);
    trace(u, crowd.days, band.low, true);
    ctx.fill();
    ctx.globalAlpha = 0.4;
    ctx.lineWidth = 0.8 * devicePixelRatio;
    if (view.person) {
      ctx.globalAlpha = 1;
      ctx.lineWidth = 1.5 * devicePixelRatio;
      ctx.setLineDash([2 * devicePixelRatio, 2 * devicePixelRatio]);
    }
    for (const values of single(crowd, clock)) {
      ctx.beginPath();
      trace(u, crowd.days, values);
      ctx.stroke();
    }
  }

  function drawBehind(u, clock) {
    if (!view) return;
    within(u, (ctx) => {
      const session = (ink) => ({ day }) => upright(u, day, [2, 3], colour(ink), 1);
      if (view.b) view.b.sessions.forEach(session("--second"));
      view.a.sessions.forEach(session("--quiet"));
      ctx.setLineDash([]);
      if (view.b && !(view.crowds.a && view.crowds.a.bands)) {
        ctx.fillStyle = colour("--second");
        ctx.globalAlpha = 0.16;
        ctx.beginPath();
        trace(u, view.a.days, shown(view.a, clock));
        trace(u, view.b.days, shown(view.b, clock), true);
        ctx.fill();
        ctx.globalAlpha = 1;
      }
    });
    for (const plan of ["a", "b"]) {
      const crowd = view[plan] && view.crowds[plan];
      if (crowd && crowd.bands) within(u, () => drawCrowd(u, clock, plan, crowd));
    }
  }

  function drawDot(u, clock, plan) {
    const { ctx } = u;
    const course = view[plan];
    ctx.beginPath();
    ctx.setLineDash([]);
    ctx.fillStyle = plan === "a" ? colour(clock.colour) : colour("--page");
    ctx.strokeStyle = colour(plan === "a" ? "--page" : "--second");
    ctx.lineWidth = 2 * devicePixelRatio;
    const y = u.valToPos(at(course.days, shown(course, clock), view.day), "y", true);
    ctx.arc(u.valToPos(place(view.day), "x", true), y, 5 * devicePixelRatio, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  }

  function drawPeak(u, clock, plan) {
    const { ctx } = u;
    const values = shown(view[plan], clock);
    const top = peak(view[plan].days, values);
    if (!(top.value > 0.02 * (u.scales.y.max - u.scales.y.min))) return;
    const name = view.b ? `${plan.toUpperCase()}: ` : "";
    const text = top.rising ? `${name}still rising` : `${name}highest ${dayText(top.day)}`;
    const size = 12 * devicePixelRatio;
    ctx.font = `600 ${size}px ${getComputedStyle(document.body).fontFamily}`;
    const half = ctx.measureText(text).width / 2;
    const x = u.valToPos(place(top.day), "x", true);
    const left = Math.min(Math.max(x, u.bbox.left + half + 6 * devicePixelRatio), u.bbox.left + u.bbox.width - half - 8 * devicePixelRatio);
    const lift = view.b ? u.bbox.top + (plan === "a" ? 1 : 2.3) * size : u.valToPos(top.value, "y", true) - 8 * devicePixelRatio;
    ctx.textAlign = "center";
    ctx.fillStyle = colour("--page");
    ctx.fillRect(left - half - 2 * devicePixelRatio, lift - 0.85 * size, 2 * (half + 2 * devicePixelRatio), 1.1 * size);
    ctx.fillStyle = colour("--ink");
    ctx.fillText(text, left, lift);
  }

  function drawBefore(u, clock) {
    if (!view) return;
    u.ctx.save();
    upright(u, Math.min(view.day, YEAR), [], colour("--ink"), 1.5);
    for (const plan of ["a", "b"]) {
      if (!view[plan]) continue;
      drawPeak(u, clock, plan);
      drawDot(u, clock, plan);
    }
    u.ctx.restore();
  }

  /** The numbers of an axis, with as many digits as tell them apart. */
  function amountsText(u, splits) {
    const whole = splits.every((value) => Math.abs(value - Math.round(value)) < 1e-9);
    return splits.map((value) => plain(value, whole ? 0 : 1));
  }

  function axes(last) {
    const look = { stroke: () => colour("--quiet"), font: "12px system-ui, sans-serif" };
    const time = {
      ...look, show: true, size: last ? AXIS : 8, gap: 4,
      splits: (u) => Lesson.timescale.marks(u.width).map(([day]) => place(day)),
      values: (u) => (last ? Lesson.timescale.marks(u.width).map(([, text]) => text) : Lesson.timescale.marks(u.width).map(() => "")),
      grid: { stroke: () => colour("--line"), width: 1 }, ticks: { stroke: () => colour("--quiet"), width: 1, size: 4 },
    };
    const amount = {
      ...look, size: SIDE, gap: 4, space: 28, values: amountsText,
      grid: { stroke: () => colour("--line"), width: 1 }, ticks: { show: false },
    };
    return [time, amount];
  }

  function options(clock, width, last) {
    const series = (plan) => ({
      show: plan === "a", width: 2.5, pxAlign: 0, dash: DASH[plan], points: { show: false },
      stroke: () => colour(plan === "a" ? clock.colour : "--second"),
    });
    const height = Number(colour("--chart-height")) + (last ? AXIS : 8);
    return {
      width, height, padding: [4, RIGHT, 0, 0], legend: { show: false }, cursor: { show: false },
      select: { show: false },
      scales: { x: { time: false, range: () => [place(FIRST), place(YEAR)] }, y: { range: () => range(clock) } },
      axes: axes(last), series: [{}, series("a"), series("b")],
      hooks: { drawAxes: [(u) => drawBehind(u, clock)], draw: [(u) => drawBefore(u, clock)] },
    };
  }

  /** Drags and clicks on a chart choose the day. */
  function follow(u, choose) {
    const take = (event) => {
      const box = u.over.getBoundingClientRect();
      choose(Math.round(Lesson.timescale.dayAt(u.posToVal(event.clientX - box.left, "x"))));
    };
    u.over.addEventListener("pointerdown", (event) => {
      u.over.setPointerCapture(event.pointerId);
      take(event);
    });
    u.over.addEventListener("pointermove", (event) => {
      if (event.buttons) take(event);
    });
  }

  /** Makes the charts in the elements of the page with the ids `chart-NAME`; `choose` is given the days clicked on. */
  function make(choose) {
    Lesson.quantities.CLOCKS.forEach((clock, i, all) => {
      const box = document.getElementById(`chart-${clock.name}`);
      const last = i === all.length - 1;
      const empty = [[place(0), place(YEAR)], [0, 0], [0, 0]];
      const u = new uPlot(options(clock, Math.max(box.clientWidth, 200), last), empty, box);
      charts.push({ clock, u });
      follow(u, choose);
      new ResizeObserver(() => {
        if (box.clientWidth && box.clientWidth !== u.width) u.setSize({ width: box.clientWidth, height: u.height });
      }).observe(box);
    });
    Lesson.looks.onChange(() => charts.forEach(({ u }) => u.redraw(false, true)));
  }

  /** Draws a view with new courses. */
  function draw(shownView) {
    view = shownView;
    for (const { clock, u } of charts) {
      if (u.series[2].show !== Boolean(view.b)) u.setSeries(2, { show: Boolean(view.b) });
      u.setData(columns(clock));
    }
  }

  /** Draws the same courses with another day. */
  function move(day) {
    view = { ...view, day };
    for (const { u } of charts) u.redraw(false, false);
  }

  Lesson.charts = { make, draw, move, range, amountsText, SIDE, RIGHT };
}
