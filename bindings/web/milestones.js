// When an effect comes and how large it is, by the rules of cicatrix.milestones: always against the untreated twin.
"use strict";
{
  const { YEAR } = Lesson.timescale;
  const SHARE = 0.9; // of the 12-month gain; when that is there, most of the result is
  const NEGLIGIBLE = 1e-9; // relative; a smaller effect is the noise of the arithmetic
  const LASTING = 0.995; // of the highest value; a course that ends above is still rising

  /** Treated less untreated, as values in the unit of the quantity; with `gain` in per cent of untreated. */
  function effect(course, name, gain) {
    const treated = course.treated[name];
    const untreated = course.untreated[name];
    return Float64Array.from(treated, (value, i) => (gain ? 100 * (value / untreated[i] - 1) : value - untreated[i]));
  }

  /** The effect on one of the three clocks, in the unit of its chart; kept with the course. */
  function shown(course, clock) {
    course.shown = course.shown || {};
    course.shown[clock.name] = course.shown[clock.name] || effect(course, clock.name, clock.gain);
    return course.shown[clock.name];
  }

  /** Value on a day, along straight lines between outputs; before the first output as on it. */
  function at(days, values, day) {
    if (day <= days[0]) return values[0];
    let low = 0;
    let high = days.length - 1;
    if (day >= days[high]) return values[high];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (days[middle] <= day) low = middle;
      else high = middle;
    }
    return values[low] + ((values[high] - values[low]) * (day - days[low])) / (days[high] - days[low]);
  }

  /** Day and height of the highest value. */
  function peak(days, values) {
    let best = 0;
    for (let i = 1; i < values.length; i += 1) if (values[i] > values[best]) best = i;
    const end = values[values.length - 1];
    return { day: days[best], value: values[best], rising: end > 0 && end >= LASTING * values[best] };
  }

  /** First day on which values reach a level above zero; NaN if never. */
  function passage(days, values, level) {
    const after = values.findIndex((value) => value >= level);
    if (after < 0 || !(level > 0)) return NaN;
    if (after === 0) return days[0];
    const share = (level - values[after - 1]) / (values[after] - values[after - 1]);
    return days[after - 1] + share * (days[after] - days[after - 1]);
  }

  /** Day when a share of the 12-month gain is there, and that gain; the day is NaN where nothing is gained. */
  function milestone(days, values, share = SHARE) {
    const final = at(days, values, YEAR);
    return { final, day: final > 100 * NEGLIGIBLE ? passage(days, values, share * final) : NaN };
  }

  /** The value below which a share of the sorted numbers lies; Infinity may be among them. */
  function quantile(sorted, share) {
    const where = share * (sorted.length - 1);
    const low = Math.floor(where);
    const high = Math.min(low + 1, sorted.length - 1);
    if (sorted[high] === sorted[low] || where === low) return sorted[low];
    return sorted[low] + (where - low) * (sorted[high] - sorted[low]);
  }

  Lesson.milestones = { SHARE, effect, shown, at, peak, passage, milestone, quantile };
}
