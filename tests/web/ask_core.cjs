// Asks the core of a page questions: node ask_core.cjs CORE_JS CORE_WASM, questions as JSON on the standard input, answers as
// JSON on the standard output, numbers as the bytes of doubles in hexadecimal.
"use strict";
const fs = require("fs");
const path = require("path");
const Cicatrix = require(path.resolve(process.argv[2]));

const hex = (series) =>
  Object.fromEntries(Object.entries(series).map(([name, row]) => [name, Buffer.from(row.buffer).toString("hex")]));

function answer(core, { text, names, days, first, count }) {
  try {
    const found = count ? core.members(text, names, days, first, count) : core.course(text, names, days);
    const status = count ? Array.from(found.status) : found.status;
    return { sessions: found.sessions, status, treated: hex(found.treated), untreated: hex(found.untreated) };
  } catch (error) {
    return { refused: error.name, problems: error.problems };
  }
}

async function main() {
  const core = await Cicatrix.load(fs.readFileSync(process.argv[3]));
  const questions = JSON.parse(fs.readFileSync(0, "utf8"));
  fs.writeSync(1, JSON.stringify({ tables: core.tables(), answers: questions.map((asked) => answer(core, asked)) }));
}

main();
