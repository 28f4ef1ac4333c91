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
const { timescale, milestones, honesty } = page.Lesson;
fs.writeSync(1, JSON.stringify({
  places: days.map(timescale.place),
  back: days.map((day) => timescale.dayAt(timescale.place(day))),
  told: days.map(timescale.dayText),
  marks: timescale.marks(1000),
  share: milestones.SHARE,
  grades: honesty.GRADES,
  passage: milestones.passage([0, 1, 3, 9], [0, -1, 1, 4], 2.5),
}));
