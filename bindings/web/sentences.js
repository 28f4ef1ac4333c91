// The sentences of the page, filled by the model: the answer, the comparison, the persons, the text of each chart.
"use strict";
{
  const { dayText, onDay, YEAR, MONTH } = Lesson.timescale;
  const { shown, at, peak, milestone, SHARE } = Lesson.milestones;
  const { CLOCKS, signed, plain } = Lesson.quantities;
  const [INFLAMMATION, SOFT, STRONG] = CLOCKS;
  const PERCENT = Math.round(100 * SHARE);
  const UNSEEN = 0.05; // per cent; a smaller gain is called none
  const ALIKE = 0.9; // of the highest peak; where each session has a peak above it, the peaks are told together
  const PATIENCE = 3 * MONTH; // after the last session, before cross-linking can be judged

  function often(plan) {
    return plan.sessions === 1 ? "one session" : `${plan.sessions} sessions`;
  }

  /** When inflammation is highest: on a day, or some time after each session where these peaks are alike. */
  function inflamed(course) {
    const values = shown(course, INFLAMMATION);
    const highest = peak(course.days, values);
    const starts = course.sessions.map((session) => session.day);
    const peaks = starts.map((start, i) => {
      const until = i + 1 < starts.length ? starts[i + 1] : YEAR;
      const during = values.map((value, k) => (course.days[k] >= start && course.days[k] < until ? value : -Infinity));
      const top = peak(course.days, during);
      return { after: top.day - start, value: top.value };
    });
    if (peaks.length < 2 || peaks.some((one) => one.value < ALIKE * highest.value)) return onDay(highest.day);
    const after = Math.round(peaks.reduce((sum, one) => sum + one.after, 0) / peaks.length);
    if (after < 1) return "within a day of each session";
    return `about ${after === 1 ? "one day" : `${after} days`} after each session`;
  }

  /** What a plan leads to, in one sentence. */
  function answer(course) {
    const top = (clock) => peak(course.days, shown(course, clock));
    const strong = milestone(course.days, shown(course, STRONG));
    if (strong.final < UNSEEN) return `After ${often(course.plan)} like this hardly any strong collagen is gained.`;
    const soft = top(SOFT);
    const when = soft.rising ? "soft collagen is still rising at month 12" : `soft collagen ${onDay(soft.day)}`;
    const last = course.sessions[course.sessions.length - 1].day;
    const late = YEAR - last < PATIENCE
      ? `the year ends too soon after the last session to judge strong collagen (${signed(strong.final, "%")} so far)`
      : `strong collagen has ${PERCENT} % of its 12-month gain of ${signed(strong.final, "%")} only by ${dayText(strong.day)}`;
    return `After ${often(course.plan)}, inflammation is highest ${inflamed(course)}, ${when}, and ${late}.`;
  }

  function reached(course, crowd) {
    const found = milestone(course.days, shown(course, STRONG));
    if (found.final < UNSEEN) return "hardly any gain";
    const spread = crowd && crowd.bands ? Lesson.crowd.milestoneSpread(crowd, STRONG) : null;
    const told = (day) => (Number.isFinite(day) ? dayText(day) : "never");
    const days = spread && Number.isFinite(spread[0]) ? `${dayText(spread[0])} to ${told(spread[1])}` : "never within the year";
    const within = spread ? ` (5-95 % of persons: ${days})` : "";
    return `${dayText(found.day)}${within}`;
  }

  /** Two plans side by side, in two sentences. */
  function comparison(a, b, crowds) {
    const gain = (course) => at(course.days, shown(course, STRONG), YEAR);
    const [one, other] = [gain(a), gain(b)];
    const more = Math.abs(one - other) < UNSEEN ? "Both end with the same gain" : `Plan ${one > other ? "A" : "B"} ends with more`;
    return `${PERCENT} % of the 12-month gain in strong collagen is reached: plan A ${reached(a, crowds.a)}; plan B ${reached(b, crowds.b)}. `
      + `${more}: ${signed(one, "%")} with A, ${signed(other, "%")} with B.`;
  }

  /** What a crowd shows, in words. */
  function crowdText(crowd, name, person) {
    if (crowd.failure) return `The persons of plan ${name} could not be computed: ${crowd.failure}`;
    if (!crowd.bands) return `Plan ${name}: ${Lesson.crowd.count(crowd)} of ${Lesson.plan.MEMBERS} persons computed.`;
    const band = crowd.bands[STRONG.name];
    const last = crowd.days.length - 1;
    const chosen = person ? Lesson.crowd.person(crowd, STRONG, person - 1) : null;
    const alone = chosen ? ` Person ${person} gains ${signed(chosen[last], "%")}.` : ` Person ${person} could not be computed.`;
    const one = person ? alone : "";
    const lost = crowd.failed ? ` ${crowd.failed} persons could not be computed.` : "";
    return `Plan ${name}, month 12: the middle 90 % of ${Lesson.crowd.count(crowd)} persons gain between ${signed(band.low[last], "%")} and ${signed(band.high[last], "%")} strong collagen.${one}${lost}`;
  }

  /** The lowest value of a gain and its day, where that is below untreated skin; else null. */
  function dip(course, clock) {
    const values = shown(course, clock);
    const lowest = peak(course.days, values.map((value) => -value));
    return clock.gain && lowest.value >= UNSEEN ? { day: lowest.day, value: -lowest.value } : null;
  }

  /** Why the chart of strong collagen begins below zero, where it does; else empty. */
  function dipText(clock, view) {
    if (clock !== STRONG) return "";
    const found = ["a", "b"].map((plan) => [plan.toUpperCase(), view[plan] && dip(view[plan], clock)]).filter(([, one]) => one);
    if (!found.length) return "";
    const told = found.map(([name, one]) => `${view.b ? `${name} ` : ""}${signed(one.value, clock.unit)}`);
    return `Below zero at first (${told.join(", ")}): needles destroy some fibres.`;
  }

  function curveText(course, clock, name) {
    const top = peak(course.days, shown(course, clock));
    const end = at(course.days, shown(course, clock), YEAR);
    const first = dip(course, clock);
    const high = top.rising ? "still rising at month 12" : `highest ${onDay(top.day)} with ${plain(top.value)} ${clock.unit}`;
    return `Plan ${name}: ${first ? `first ${signed(first.value, clock.unit)} ${onDay(first.day)}, ` : ""}${high}; ${plain(end)} ${clock.unit} at month 12.`;
  }

  /** What a chart shows, in words. */
  function chartText(clock, view) {
    const both = view.b ? ` ${curveText(view.b, clock, "B")}` : "";
    return `${clock.title}, time stretched so that days and months both show. ${curveText(view.a, clock, "A")}${both}`;
  }

  /** The rows of the table of a chart: the stops and the end, with plan B and the band where they are shown. */
  function chartRows(clock, view) {
    const cell = (value) => plain(value, 2);
    return Lesson.timeline.STOPS.map(({ day }) => {
      const row = [`day ${day}`, cell(at(view.a.days, shown(view.a, clock), day))];
      if (view.b) row.push(cell(at(view.b.days, shown(view.b, clock), day)));
      for (const plan of ["a", "b"]) {
        const crowd = view[plan] && view.crowds[plan];
        if (!crowd || !crowd.bands) continue;
        const band = crowd.bands[clock.name];
        row.push(`${cell(at(crowd.days, band.low, day))} to ${cell(at(crowd.days, band.high, day))}`);
      }
      return row;
    });
  }

  /** The heads over `chartRows`. */
  function chartHeads(clock, view) {
    const heads = ["Time", `Plan A (${clock.unit})`];
    if (view.b) heads.push(`Plan B (${clock.unit})`);
    for (const plan of ["a", "b"]) {
      const crowd = view[plan] && view.crowds[plan];
      if (crowd && crowd.bands) heads.push(`5-95 % of persons, plan ${plan.toUpperCase()} (${clock.unit})`);
    }
    return heads;
  }

  Lesson.sentences = { answer, comparison, dipText, crowdText, chartText, chartRows, chartHeads };
}
