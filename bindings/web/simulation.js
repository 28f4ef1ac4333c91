// Courses of plans, computed by the core: the days that are asked for, what has been computed already.
"use strict";
{
  const { YEAR, place, dayAt } = Lesson.timescale;
  const PLACES = 200; // outputs, even on the stretched axis
  const AFTER = [0.25, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 9, 11, 14]; // d after each later session
  const KEPT = 24; // courses

  const courses = new Map();
  let core = null;

  /** The core that computes, once it is loaded. */
  function use(loaded) {
    core = loaded;
    courses.clear();
  }

  /** Output days of a plan: even on the stretched axis, and dense behind each session. */
  function days(plan, places = PLACES) {
    const chosen = new Set();
    for (let i = 0; i <= places; i += 1) chosen.add(i === places ? YEAR : dayAt((i / places) * place(YEAR)));
    for (let session = 1; session < plan.sessions; session += 1) {
      const start = session * plan.interval * 7;
      for (const after of [0, ...AFTER]) if (start + after < YEAR) chosen.add(start + after);
    }
    return Float64Array.from(chosen).sort();
  }

  /** The course of a plan with its untreated twin; computed at once, or taken from those that are kept. */
  function course(plan) {
    const text = Lesson.plan.scenario(plan);
    const known = courses.get(text);
    if (known) {
      courses.delete(text); // and last in line again, so that what is in use is never the next to be forgotten
      courses.set(text, known);
      return known;
    }
    const when = days(plan);
    const found = { ...core.course(text, Lesson.quantities.NAMES, when), days: when, plan: { ...plan } };
    if (found.status !== 0) throw new Error("its equations could not be solved to the end of the year");
    courses.set(text, found);
    if (courses.size > KEPT) courses.delete(courses.keys().next().value);
    return found;
  }

  Lesson.simulation = { use, days, course };
}
