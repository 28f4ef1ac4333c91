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
  const ROOM = 1.25; // times what is to be expected is the least height of the drawing
  const TOPS = [1, 1.5, 2, 3, 5, 7.5, 10]; // round heights of the drawing, in every power of ten
  const STEPS = 200; // of a slider from zero to the top
  const HALF = 0.5;
  const UNSEEN = 0.05; // per cent; a smaller gain is called none
  const CLOSE = 0.25; // of the model's gain; a guess within it is called close

  /** What may be asked: how the plan is changed. A question that changes nothing in plan A is left out. */
  const QUESTIONS = [
    { text: "4 sessions, 4 weeks apart", change: () => ({ sessions: 4, interval: 4 }) },
    { text: "4 sessions, only 1 week apart", change: () => ({ sessions: 4, interval: 1 }) },
    { text: "needles of 0.5 mm", change: () => ({ needle: 0.5 }) },
    { text: "the same at age 70 years", change: () => ({ age: 70 }) },
  ];

  // With the stops among them, so that a slider moves no other.
  const places = [...new Set([
    ...Array.from({ length: POINTS + 1 }, (_, i) => (i / POINTS) * place(YEAR)), ...Lesson.timeline.STOPS.map((stop) => place(stop.day)),
  ])].sort((one, other) => one - other);
  let guess = new Float64Array(places.length);
  let chart = null;
  let before = null;
  let after = null; // the course once it is revealed
  let top = 1;
  let bottom = 0;
  let printing = false; // on paper the drawing is empty, for a pencil
  let touched = false;
  let last = null; // the point drawn last: [place, value]

  function limit(value) {
    return Math.min(Math.max(value, bottom), top);
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
      scales: { x: { time: false, range: () => [place(FIRST), place(YEAR)] }, y: { range: () => [bottom, top] } },
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
    const none = new Array(places.length).fill(null);
    chart.setData([places, ...(printing ? [none, none, none] : [along(before), guess, after ? along(after) : none])]);
    for (const stop of Lesson.timeline.STOPS) {
      const input = document.getElementById(`guess-${stop.day}`);
      const text = signed(guessAt(stop.day), "%");
      Object.assign(input, { min: bottom, max: top, step: top / STEPS, value: guessAt(stop.day), disabled: Boolean(after) });
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

  /** How large the guess is beside the model's gain, in words. */
  function size(guessed, model) {
    const apart = Math.abs(guessed - model);
    if (apart <= Math.max(CLOSE * Math.abs(model), UNSEEN)) return "close to the model";
    return guessed > model ? "more than the model" : "less than the model";
  }

  /** When half of each gain is there, in words; of what is not gained there is no half. */
  function pace(guessed, model) {
    const gains = (one) => one.final >= UNSEEN;
    if (!gains(guessed) && !gains(model)) return "Neither gains anything worth timing.";
    if (!gains(guessed)) return `Your guess gains nothing worth timing; half of the model's gain is there ${onDay(model.day)}.`;
    if (!gains(model)) return `Half of your gain is there ${onDay(guessed.day)}; the model gains nothing worth timing.`;
    const told = Math.abs(Math.log(guessed.day / model.day)) < CLOSE ? "at about the same time"
      : guessed.day < model.day ? "sooner than in the model" : "later than in the model";
    return `Half of your gain is there ${onDay(guessed.day)}, half of the model's ${onDay(model.day)}: ${told}.`;
  }

  /** What the model says about the guess. */
  function verdict() {
    const model = milestone(after.days, shown(after, STRONG), HALF);
    const guessed = milestone(Float64Array.from(places, dayAt), guess, HALF);
    return `You guessed ${signed(guessed.final, "%")} at month 12, the model has ${signed(model.final, "%")}: ${size(guessed.final, model.final)}. ${pace(guessed, model)}`;
  }

  function question() {
    return QUESTIONS[Number(document.getElementById("question").value)];
  }

  /** Offers the questions that change something in a plan; the chosen one stays if it is among them. */
  function offer(plan) {
    const select = document.getElementById("question");
    const chosen = select.value;
    const text = Lesson.plan.scenario(plan);
    const changes = (one) => Lesson.plan.scenario({ ...plan, ...one.change() }) !== text;
    const options = QUESTIONS.map((one, i) => [one, String(i)]).filter(([one]) => changes(one));
    select.replaceChildren(...options.map(([one, value]) => html("option", { value }, one.text)));
    select.value = options.some(([, value]) => value === chosen) ? chosen : options[0][1];
    document.getElementById("question-told").textContent = select.selectedOptions[0].textContent;
  }

  /** The least round number that is not below a value above zero. */
  function roundAbove(value) {
    const power = 10 ** Math.floor(Math.log10(value));
    return power * TOPS.find((one) => one * power >= value * (1 - 1e-12));
  }

  /** Sets the axis: room for plan A, for as many sessions as are asked about, and for a guess that stays. */
  function scale() {
    const known = shown(before, STRONG);
    const more = Math.max(asked(before.plan).sessions / before.plan.sessions, 1);
    top = roundAbove(Math.max(1, ...guess, ROOM * more * Math.max(...known)));
    const step = top / STEPS;
    bottom = Math.min(0, -step * Math.ceil(-Math.min(...known, ...guess) / step - 1e-9));
  }

  /** The plan that is asked about. */
  function asked(plan) {
    return { ...plan, ...question().change() };
  }

  /** Starts a new guess against the course of plan A. */
  function begin(course) {
    touched = false;
    guess = new Float64Array(places.length);
    go(course);
  }

  /** Goes on to another question or plan A: a guess that is not answered yet stays, one that is answered makes room. */
  function go(course) {
    if (after && touched) {
      after = null;
      begin(course);
      return;
    }
    before = course;
    after = null;
    offer(course.plan);
    scale();
    document.getElementById("verdict").textContent = "";
    if (chart) redraw();
  }

  /** Goes on where plan A is another one than that of the guess. */
  function follow(course) {
    if (Lesson.plan.scenario(course.plan) !== Lesson.plan.scenario(before.plan)) go(course);
  }

  /** Draws the model's course over the guess and says how they differ. */
  function reveal(course) {
    after = course;
    const values = shown(course, STRONG);
    if (Math.max(...values) > top) top = roundAbove(Math.max(...values));
    bottom = Math.min(bottom, ...values);
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

  function print(now) {
    printing = now;
    redraw();
  }

  /** Makes the drawing, its sliders and questions; the functions are called for another question, a new guess and the answer. */
  function make(course, onQuestion, onNew, onReveal) {
    const box = document.getElementById("guess-chart");
    document.getElementById("guess-stops").append(...Lesson.timeline.STOPS.map(stopSlider));
    document.getElementById("question").addEventListener("change", onQuestion);
    document.getElementById("reveal").addEventListener("click", () => onReveal());
    document.getElementById("guess-again").addEventListener("click", onNew);
    begin(course);
    chart = new uPlot(options(Math.max(box.clientWidth, 200)), [places, guess, guess, guess], box);
    chart.over.addEventListener("pointerdown", onPointer);
    chart.over.addEventListener("pointermove", onPointer);
    new ResizeObserver(() => {
      if (box.clientWidth && box.clientWidth !== chart.width) chart.setSize({ width: box.clientWidth, height: 240 });
    }).observe(box);
    Lesson.looks.onChange(() => chart.redraw(false, true));
    window.addEventListener("beforeprint", () => print(true));
    window.addEventListener("afterprint", () => print(false));
    redraw();
  }

  Lesson.predict = { make, begin, go, follow, reveal, asked };
}
