// Predict first: the learner draws what a changed plan will do to strong collagen, then the model draws its curve.
"use strict";
{
  const { html } = Lesson.element;
  const { place, dayAt, YEAR, FIRST, onDay, spokenDay, marks } = Lesson.timescale;
  const { shown, at, milestone } = Lesson.milestones;
  const { colour } = Lesson.looks;
  const { signed, CLOCKS } = Lesson.quantities;
  const STRONG = CLOCKS[2];
  const POINTS = 60; // of the drawn curve, even on the stretched axis
  const ROOM = 6; // times the final gain of the plan before the change is the top of the drawing
  const HALF = 0.5;
  const CLOSE = 0.25; // of the model's gain; a guess within it is called close

  /** What may be asked: how the plan is changed. A question that changes nothing is left out. */
  const QUESTIONS = [
    { text: "4 sessions, 4 weeks apart", change: () => ({ sessions: 4, interval: 4 }) },
    { text: "4 sessions, only 1 week apart", change: () => ({ sessions: 4, interval: 1 }) },
    { text: "needles of 0.5 mm", change: () => ({ needle: 0.5 }) },
    { text: "the same at age 70 years", change: () => ({ age: 70 }) },
  ];

  const places = Array.from({ length: POINTS + 1 }, (_, i) => (i / POINTS) * place(YEAR));
  let guess = new Float64Array(POINTS + 1);
  let chart = null;
  let before = null;
  let after = null; // the course once it is revealed
  let top = 1;
  let touched = false;
  let last = null; // the point drawn last: [place, value]

  function limit(value) {
    return Math.min(Math.max(value, 0), top);
  }

  function guessAt(day) {
    return at(places, guess, place(day));
  }

  /** Sets the guess at a stop; between the stops beside it the guess becomes straight. */
  function setAt(day, value) {
    const days = [0, ...Lesson.timeline.STOPS.map((stop) => stop.day), YEAR];
    const i = days.indexOf(day);
    const left = [place(days[i - 1]), guessAt(days[i - 1])];
    const right = [place(days[i + 1]), days[i + 1] === YEAR ? value : guessAt(days[i + 1])];
    const middle = [place(day), limit(value)];
    guess = guess.map((old, k) => {
      const where = places[k];
      if (where < left[0] || where > right[0]) return old;
      const [from, to] = where < middle[0] ? [left, middle] : [middle, right];
      return limit(from[1] + ((to[1] - from[1]) * (where - from[0])) / (to[0] - from[0]));
    });
    redraw();
  }

  /** Draws with a pointer: every point between the last place and this one. */
  function drawTo(where, value) {
    const from = last || [where, value];
    const [low, high] = from[0] <= where ? [from, [where, value]] : [[where, value], from];
    guess = guess.map((old, k) => {
      if (places[k] < low[0] - place(YEAR) / POINTS / 2 || places[k] > high[0] + place(YEAR) / POINTS / 2) return old;
      const share = high[0] > low[0] ? Math.min(Math.max((places[k] - low[0]) / (high[0] - low[0]), 0), 1) : 1;
      return limit(low[1] + share * (high[1] - low[1]));
    });
    guess[0] = 0;
    last = [where, value];
    redraw();
  }

  function onPointer(event) {
    if (after || (event.type === "pointermove" && !event.buttons)) return;
    if (event.type === "pointerdown") {
      last = null;
      chart.over.setPointerCapture(event.pointerId);
    }
    const box = chart.over.getBoundingClientRect();
    touched = true;
    drawTo(chart.posToVal(event.clientX - box.left, "x"), limit(chart.posToVal(event.clientY - box.top, "y")));
  }

  function options(width) {
    const look = { stroke: () => colour("--quiet"), font: "12px system-ui, sans-serif" };
    const line = (ink, dash, show = true) => ({ stroke: () => colour(ink), width: 2.5, dash, show, pxAlign: 0, points: { show: false } });
    return {
      width, height: 240, padding: [8, Lesson.charts.RIGHT, 0, 0], legend: { show: false }, cursor: { show: false },
      scales: { x: { time: false, range: () => [place(FIRST), place(YEAR)] }, y: { range: () => [0, top] } },
      axes: [
        { ...look, size: 26, gap: 4, grid: { stroke: () => colour("--line"), width: 1 }, ticks: { size: 4, width: 1, stroke: () => colour("--quiet") },
          splits: (u) => marks(u.width).map(([day]) => place(day)), values: (u) => marks(u.width).map(([, text]) => text) },
        { ...look, size: Lesson.charts.SIDE, gap: 4, grid: { stroke: () => colour("--line"), width: 1 }, ticks: { show: false },
          values: Lesson.charts.amountsText },
      ],
      series: [{}, line("--quiet", [2, 3]), line("--ink", [8, 5]), line(STRONG.colour, [])],
    };
  }

  function redraw() {
    const along = (course) => Float64Array.from(places, (where) => at(course.days, shown(course, STRONG), dayAt(where)));
    chart.setData([places, along(before), guess, after ? along(after) : new Array(POINTS + 1).fill(null)]);
    for (const stop of Lesson.timeline.STOPS) {
      const input = document.getElementById(`guess-${stop.day}`);
      const text = signed(guessAt(stop.day), "%");
      Object.assign(input, { max: top, step: top / 50, value: guessAt(stop.day), disabled: Boolean(after) });
      input.setAttribute("aria-valuetext", `${text} on ${spokenDay(stop.day)}`);
      document.getElementById(`guess-${stop.day}-value`).textContent = text;
    }
    document.getElementById("reveal").disabled = Boolean(after) || !touched;
    document.getElementById("guess-chart").setAttribute("aria-label", chartText());
  }

  function chartText() {
    const guessed = Lesson.timeline.STOPS.map((stop) => `day ${stop.day} ${signed(guessAt(stop.day), "%")}`).join(", ");
    return `Gain in strong collagen over the year. Dotted: your plan as it is. Dashed: your guess, ${guessed}.${after ? " Solid: the model." : ""}`;
  }

  /** What the model says about the guess. */
  function verdict() {
    const model = milestone(after.days, shown(after, STRONG), HALF);
    const guessed = milestone(Float64Array.from(places, dayAt), guess, HALF);
    const ratio = guessed.final / model.final;
    const size = Math.abs(ratio - 1) <= CLOSE ? "close to the model" : ratio > 1 ? "more than the model" : "less than the model";
    const pace = Math.abs(Math.log(guessed.day / model.day)) < CLOSE ? "at about the same time"
      : guessed.day < model.day ? "sooner than in the model" : "later than in the model";
    return `You guessed ${signed(guessed.final, "%")} at month 12, the model has ${signed(model.final, "%")}: ${size}. `
      + `Half of your gain is there ${onDay(guessed.day)}, half of the model's ${onDay(model.day)}: ${pace}.`;
  }

  function question() {
    return QUESTIONS[Number(document.getElementById("question").value)];
  }

  /** The plan that is asked about. */
  function asked(plan) {
    return { ...plan, ...question().change(plan) };
  }

  /** Starts a new guess against the course of plan A. */
  function begin(course) {
    before = course;
    after = null;
    touched = false;
    guess = new Float64Array(POINTS + 1);
    const gain = at(course.days, shown(course, STRONG), YEAR);
    top = Math.max(Math.ceil(gain * ROOM), 2);
    document.getElementById("verdict").textContent = "";
    if (!chart) return;
    redraw();
  }

  /** Starts a new guess where plan A has another course than that of the guess. */
  function follow(course) {
    if (course !== before) begin(course);
  }

  /** Draws the model's course over the guess and says how they differ. */
  function reveal(course) {
    after = course;
    top = Math.max(top, 1.1 * Lesson.milestones.peak(course.days, shown(course, STRONG)).value);
    redraw();
    document.getElementById("verdict").textContent = verdict();
    return verdict();
  }

  function stopSlider(stop) {
    const id = `guess-${stop.day}`;
    const input = html("input", {
      type: "range", id, min: 0, max: 1,
      oninput: () => {
        touched = true;
        setAt(stop.day, Number(input.value));
      },
    });
    return html("div", { class: "field" }, html("label", { for: id }, stop.label), html("output", { for: id, id: `${id}-value` }), input);
  }

  /** Makes the drawing, its sliders and questions; the two functions are called for a new question and for the answer. */
  function make(course, onQuestion, onReveal) {
    const box = document.getElementById("guess-chart");
    document.getElementById("guess-stops").append(...Lesson.timeline.STOPS.map(stopSlider));
    const select = document.getElementById("question");
    select.append(...QUESTIONS.map((one, i) => html("option", { value: i }, one.text)));
    select.addEventListener("change", onQuestion);
    document.getElementById("reveal").addEventListener("click", () => onReveal());
    document.getElementById("guess-again").addEventListener("click", onQuestion);
    begin(course);
    chart = new uPlot(options(Math.max(box.clientWidth, 200)), [places, guess, guess, guess], box);
    chart.over.addEventListener("pointerdown", onPointer);
    chart.over.addEventListener("pointermove", onPointer);
    new ResizeObserver(() => {
      if (box.clientWidth && box.clientWidth !== chart.width) chart.setSize({ width: box.clientWidth, height: 240 });
    }).observe(box);
    Lesson.looks.onChange(() => chart.redraw(false, true));
    redraw();
  }

  Lesson.predict = { make, begin, follow, reveal, asked };
}
