// Facts that the page has in JavaScript and the package in Python, as JSON: node formulae.cjs FOLDER_OF_SCRIPTS, on the standard
// input {days, numbers, shares, course: {days, treated, untreated}} as JSON.
"use strict";
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const { days, numbers, shares, course } = JSON.parse(fs.readFileSync(0, "utf8"));
const page = vm.createContext({ Math, Number });
for (const name of ["timescale.js", "plan.js", "quantities.js", "milestones.js", "element.js", "honesty.js", "crowd.js", "tissue.js"]) {
  vm.runInContext(fs.readFileSync(path.join(process.argv[2], name), "utf8"), page);
}
const { timescale, milestones, honesty, plan, crowd, quantities } = page.Lesson;
const effect = (gain) => Array.from(milestones.effect({ treated: { x: course.treated }, untreated: { x: course.untreated } }, "x", gain));

/** What a crowd makes of three persons, of whom the first fails and the last never gains. */
function three() {
  const gains = () => Object.fromEntries(quantities.CLOCKS.map(({ name }) => [name, []]));
  const all = { days: [0, 100, 365.25], gains: gains(), failed: 0 };
  const group = (values) => Object.fromEntries(quantities.CLOCKS.map(({ name }) => [name, Float64Array.from(values)]));
  crowd.add(all, { count: 3, status: [1, 0, 0], treated: group([NaN, NaN, NaN, 1, 2, 2, 1, 1, 1]), untreated: group([NaN, NaN, NaN, 1, 1, 1, 1, 1, 1]) });
  const last = quantities.CLOCKS[2];
  const persons = [0, 1, 2].map((which) => crowd.person(all, last, which)).map((values) => values && Array.from(values));
  return { persons, count: crowd.count(all), spread: crowd.milestoneSpread(all, last).map(String) };
}

const ends = (field) => field.choices || [field.low, field.high];
const changed = plan.FIELDS.flatMap((field) => ends(field).map((end) => ({ ...plan.usual(), sessions: 3, [field.key]: end })));
fs.writeSync(1, JSON.stringify({
  places: days.map(timescale.place),
  back: days.map((day) => timescale.dayAt(timescale.place(day))),
  told: days.map(timescale.dayText),
  marks: timescale.marks(1000),
  share: milestones.SHARE,
  cells: page.Lesson.tissue.CELLS,
  marks_told: page.Lesson.tissue.measures().cells,
  grades: honesty.GRADES,
  scenarios: changed.map(plan.scenario),
  crowds: changed.map(plan.crowdScenario),
  links: changed.map((one) => JSON.stringify(plan.fromLink(plan.toLink(one))) === JSON.stringify({ ...one })),
  quantiles: shares.map((share) => milestones.quantile(numbers, share)),
  effects: [effect(false), effect(true)],
  reached: shares.map((share) => milestones.milestone(course.days, effect(true), share)),
  three: three(),
  passage: milestones.passage([0, 1, 3, 9], [0, -1, 1, 4], 2.5),
}));
