// Facts that the page has in JavaScript and the package in Python, as JSON: node formulae.cjs FOLDER_OF_SCRIPTS, days as JSON on
// the standard input.
"use strict";
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const days = JSON.parse(fs.readFileSync(0, "utf8"));
const page = vm.createContext({ Math, Number });
for (const name of ["timescale.js", "plan.js", "quantities.js", "milestones.js", "element.js", "honesty.js"]) {
  vm.runInContext(fs.readFileSync(path.join(process.argv[2], name), "utf8"), page);
}
const { timescale, milestones, honesty, plan } = page.Lesson;
const ends = (field) => field.choices || [field.low, field.high];
const changed = plan.FIELDS.flatMap((field) => ends(field).map((end) => ({ ...plan.usual(), sessions: 3, [field.key]: end })));
fs.writeSync(1, JSON.stringify({
  places: days.map(timescale.place),
  back: days.map((day) => timescale.dayAt(timescale.place(day))),
  told: days.map(timescale.dayText),
  marks: timescale.marks(1000),
  share: milestones.SHARE,
  grades: honesty.GRADES,
  scenarios: changed.map(plan.scenario),
  crowds: changed.map(plan.crowdScenario),
  links: changed.map((one) => JSON.stringify(plan.fromLink(plan.toLink(one))) === JSON.stringify({ ...one })),
  passage: milestones.passage([0, 1, 3, 9], [0, -1, 1, 4], 2.5),
}));
