// The time slider with its stops and captions, the keys that move it, and a button that plays the year.
"use strict";
{
  const { YEAR, MONTH, FIRST, place, dayAt, spokenDay } = Lesson.timescale;
  const { shown, at, peak, SHARE } = Lesson.milestones;
  const { plain, signed, CLOCKS } = Lesson.quantities;
  const [INFLAMMATION, SOFT, STRONG] = CLOCKS;
  const LAST = Math.floor(YEAR);
  const LENGTH = 14; // s that the year takes to play
  const PAUSE = 2.5; // s at each stop, for readers who want no motion
  const STOPS = [3, 14, 30, 90, 180, 365].map((stop) => ({ day: stop, label: `${stop} days` }));
  const ALARM = 25; // per cent of its highest; inflammation above it is what a day is about
  const OVER = 1; // per cent; below it inflammation is called over
  const UNSEEN = 0.05; // per cent; a smaller gain is called none
  const DESTROYED = "Needles have destroyed some fibres, and the new ones are not strong yet.";

  let day = 0;
  let changed = null;
  let playing = 0;

  /** What a day is about: alarm, soft fibres that are laid down, or their giving way to strong ones. */
  function lead(course, when, alarm) {
    const value = (clock, day) => at(course.days, shown(course, clock), day);
    if (alarm >= ALARM) return "The alarm.";
    if (value(SOFT, when) < UNSEEN) return "Hardly any new fibres.";
    if (value(SOFT, when) > value(SOFT, when - 1)) return "New soft fibres are laid down.";
    const most = value(STRONG, when) >= SHARE * value(STRONG, YEAR) && value(STRONG, YEAR) > UNSEEN;
    return most ? "Most of the year's result is there." : "Soft fibres give way to strong ones.";
  }

  /** One line about a day, made from the course. */
  function caption(course, when) {
    if (when < 0) return "The day before: the skin at rest.";
    if (when === 0) return "Day 0. The needles go in; nothing has healed yet.";
    const value = (clock) => at(course.days, shown(course, clock), when);
    const highest = peak(course.days, shown(course, INFLAMMATION)).value;
    const alarm = highest > 0 ? (100 * value(INFLAMMATION)) / highest : 0;
    const cells = `${plain(value(INFLAMMATION), 0)} cells per mm\u00b3 more than in untreated skin`;
    const told = alarm >= OVER ? `at ${plain(alarm, 0)} % of its highest (${cells})` : "over";
    return `Day ${when}. ${lead(course, when, alarm)} Inflammation is ${told}; soft collagen ${signed(value(SOFT), "%")}, `
      + `strong collagen ${signed(value(STRONG), "%")} against untreated skin.${value(STRONG) <= -UNSEEN ? ` ${DESTROYED}` : ""}`;
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
