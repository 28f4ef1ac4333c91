// The time slider with its stops and captions, the keys that move it, and a button that plays the year.
"use strict";
{
  const { YEAR, MONTH, FIRST, place, dayAt, spokenDay } = Lesson.timescale;
  const { shown, at, peak } = Lesson.milestones;
  const { plain, signed, CLOCKS } = Lesson.quantities;
  const [INFLAMMATION, SOFT, STRONG] = CLOCKS;
  const LAST = Math.floor(YEAR);
  const LENGTH = 14; // s that the year takes to play
  const PAUSE = 2.5; // s at each stop, for readers who want no motion
  const STOPS = [
    { day: 3, label: "3 days", lead: "The alarm." },
    { day: 14, label: "14 days", lead: "Building starts." },
    { day: 30, label: "30 days", lead: "Soft fibres first." },
    { day: 90, label: "90 days", lead: "The soft fibres are being replaced." },
    { day: 180, label: "180 days", lead: "Fibres are being tied together." },
    { day: 365, label: "365 days", lead: "What is there after a year." },
  ];

  let day = 0;
  let changed = null;
  let playing = 0;

  /** One line about a day, made from the course. */
  function caption(course, when) {
    if (when < 0) return "The day before: the skin at rest.";
    if (when === 0) return "Day 0. The needles go in; nothing has healed yet.";
    const stop = STOPS.find((one) => one.day === when);
    const value = (clock) => at(course.days, shown(course, clock), when);
    const highest = peak(course.days, shown(course, INFLAMMATION)).value;
    const share = highest > 0 ? (100 * value(INFLAMMATION)) / highest : 0;
    const alarm = share >= 1 ? `inflammation is at ${plain(share, 0)} % of its highest` : "inflammation is over";
    const lead = stop ? `${stop.lead} ` : "";
    return `Day ${when}. ${lead}Here ${alarm}; soft collagen ${signed(value(SOFT), "%")}, strong collagen ${signed(value(STRONG), "%")} against untreated skin.`;
  }

  function slider() {
    return document.getElementById("day");
  }

  /** Goes to a day; the page is told unless it is there already. */
  function go(to, quiet = false) {
    const wanted = Math.min(Math.max(Math.round(to), FIRST), LAST);
    const moved = wanted !== day;
    day = wanted;
    slider().value = place(day);
    slider().setAttribute("aria-valuetext", spokenDay(day));
    document.querySelectorAll("#stops button").forEach((button) =>
      button.setAttribute("aria-pressed", String(Number(button.value) === day)));
    if (moved && !quiet) changed(day);
  }

  function onKey(event) {
    const steps = {
      ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -MONTH, PageUp: MONTH, Home: -Infinity, End: Infinity,
    };
    if (!(event.key in steps) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    stop();
    go(Math.max(Math.min(day + steps[event.key], LAST), FIRST));
  }

  function stop() {
    if (!playing) return;
    clearInterval(playing);
    playing = 0;
    label();
  }

  function label() {
    const button = document.getElementById("play");
    button.textContent = playing ? "Pause" : "Play the year";
  }

  function play() {
    if (playing) {
      stop();
      return;
    }
    if (day >= LAST) go(0);
    const calm = Lesson.looks.calm();
    const from = place(Math.max(day, 0));
    const began = performance.now();
    const step = () => {
      if (calm) go((STOPS.find((one) => one.day > day) || { day: LAST }).day);
      else go(dayAt(from + ((place(YEAR) - from) * (performance.now() - began)) / 1000 / LENGTH));
      if (day >= LAST) stop();
    };
    playing = setInterval(step, calm ? PAUSE * 1000 : 33);
    label();
  }

  /** Makes the slider, its stops and the button that plays; `onDay` is given each new day. */
  function make(onDay) {
    changed = onDay;
    const input = slider();
    Object.assign(input, { min: place(FIRST), max: place(LAST), step: "any" });
    input.addEventListener("input", () => {
      stop();
      go(dayAt(Number(input.value)));
    });
    input.addEventListener("keydown", onKey);
    document.getElementById("play").addEventListener("click", play);
    const list = document.getElementById("stops");
    for (const one of STOPS) {
      const button = Lesson.element.html("button", { type: "button", value: one.day, onclick: () => { stop(); go(one.day); } }, one.label);
      list.append(Lesson.element.html("li", {}, button));
    }
  }

  Lesson.timeline = { STOPS, make, go, caption };
}
