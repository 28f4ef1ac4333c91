// What the page shows of some plans, as JSON: the scenario that each stands for, and the tables under its charts.
import { drawn, launch, open } from "./browser.mjs";

const PLANS = ["1.5_pen_1_4_1_45", "1_roller_3_4_12_60"];

const browser = await launch();
const { page } = await open(browser);
const shown = [];
for (const plan of PLANS) {
  await page.evaluate((hash) => { location.hash = hash; }, `#a=${plan}&day=14`);
  await page.waitForFunction((wanted) => document.getElementById("link").value.includes(`a=${wanted}`), plan);
  await drawn(page);
  shown.push(await page.evaluate(() => ({
    scenario: Lesson.plan.scenario(Lesson.plan.fromLink(location.hash.match(/a=([^&]+)/)[1])),
    answer: document.getElementById("answer").textContent,
    tables: Object.fromEntries(Lesson.quantities.CLOCKS.map(({ name }) => [name,
      [...document.querySelectorAll(`#table-${name} tbody tr`)].map((row) => [...row.cells].map((cell) => cell.textContent))])),
  })));
}
await browser.close();
console.log(JSON.stringify(shown));
