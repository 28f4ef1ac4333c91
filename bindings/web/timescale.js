// The time axis: the first days and the last months alike, as cicatrix.timescale draws it; days as people say them.
"use strict";
var Lesson = {};
{
  const BEND = 5; // d; before it a day has the same width everywhere, after it each doubling has
  const YEAR = 365.25;
  const MONTH = YEAR / 12;
  const FIRST = -1; // d; the day before the first session, when nothing has happened yet
  const MARKS = [
    [0, "0"], [1, "1 d"], [3, "3 d"], [7, "1 wk"], [14, "2 wk"], [MONTH, "1 mo"],
    [3 * MONTH, "3 mo"], [6 * MONTH, "6 mo"], [YEAR, "12 mo"],
  ];
  const NARROWEST = 0.085; // of the axis, between two marks
  const NARROW_PAGE = 420; // px; a narrower chart has room for half as many

  /** Place on the axis of a day. */
  function place(day) {
    return Math.asinh(day / BEND);
  }

  /** Day at a place on the axis, the inverse of `place`. */
  function dayAt(where) {
    return BEND * Math.sinh(where);
  }

  /** The marks [day, text] that fit on an axis of some width in px without touching each other, the last included. */
  function marks(width) {
    const apart = NARROWEST * (width < NARROW_PAGE ? 1.9 : 1) * place(YEAR);
    const chosen = [];
    for (const mark of [MARKS[MARKS.length - 1], ...MARKS.slice(0, -1)]) {
      if (chosen.every(([day]) => Math.abs(place(day) - place(mark[0])) >= apart)) chosen.push(mark);
    }
    return chosen.sort((one, other) => one[0] - other[0]);
  }

  /** A day as people say it: `day 15`, later `month 6.0`. */
  function dayText(day) {
    if (!Number.isFinite(day)) return "no day within the year";
    if (day < 10) return `day ${day.toFixed(1)}`;
    if (day < 2.5 * MONTH) return `day ${day.toFixed(0)}`;
    return `month ${(day / MONTH).toFixed(1)}`;
  }

  /** The same with its preposition: `on day 15`, `in month 6.0`. */
  function onDay(day) {
    return `${day < 2.5 * MONTH ? "on" : "in"} ${dayText(day)}`;
  }

  /** A whole day with its months, as a slider says it: `day 90, 3 months`. */
  function spokenDay(day) {
    if (day < 0) return "the day before the first session";
    const months = Math.round(day / MONTH);
    if (day < 28) return `day ${day}`;
    return `day ${day}, about ${months} month${months === 1 ? "" : "s"}`;
  }

  Lesson.timescale = { YEAR, MONTH, FIRST, place, dayAt, marks, dayText, onDay, spokenDay };
}
