// A lesson from start to end, as a class would go through it.
// With CICATRIX_SHOWN it writes what the page shows of some plans into that file: scenarios, and the tables under its charts.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { PAGE, drawn, launch, open, press } from "./browser.mjs";

const STOPS = [3, 14, 30, 90, 180, 365];
const PLANS = ["1.5_pen_1_4_1_45", "1_roller_3_4_12_60"]; // whose tables are written down
let browser;
let page;
let faults;

before(async () => {
  browser = await launch();
  ({ page, faults } = await open(browser));
});
after(() => browser.close());

const text = (id) => page.textContent(`#${id}`);
const show = async (hash) => {
  await page.evaluate((next) => { location.hash = next; }, hash);
  await page.waitForFunction((plan) => document.getElementById("link").value.includes(plan), hash.match(/a=[^&]+/)[0]);
  await drawn(page);
};
const value = (id) => page.inputValue(`#${id}`);

function day(told) {
  const found = /(day|month) (\d+(?:\.\d+)?)/.exec(told);
  return Number(found[2]) * (found[1] === "month" ? 365.25 / 12 : 1);
}

test("one sentence says that the three clocks peak one after the other", async () => {
  const told = await text("answer");
  const [inflammation, soft, strong] = told.split(",").slice(1).map(day);
  assert.ok(inflammation < 7 && soft > 14 && soft < 100 && strong > 100, told);
});

test("each stop has its caption and moves the slider", async () => {
  const captions = [];
  for (const stop of STOPS) {
    await page.click(`#stops button[value="${stop}"]`);
    const caption = await text("caption");
    assert.match(caption, new RegExp(`^Day ${stop}\\. `));
    assert.match(await page.getAttribute("#day", "aria-valuetext"), new RegExp(`^day ${stop}(,|$)`));
    assert.match(await page.getAttribute("#tissue-a svg", "aria-label"), new RegExp(`Day ${stop}:`));
    captions.push(caption);
  }
  assert.match(captions[0], /\((\d+) cells per mm\u00b3 more than in untreated skin\)/);
  const about = ["The alarm", "laid down", "laid down", "give way", "give way", "Most of the year"];
  about.forEach((what, i) => assert.ok(captions[i].includes(what), captions[i]));
  assert.match(captions[0], /at \d+ % of its highest/);
  assert.match(captions[5], /Inflammation is over/);
});

test("fibres in the drawing are as many as the state says", async () => {
  const count = (kind) => page.$$eval(`#tissue-a path.fibre.${kind}`, (paths) => paths.map((path) => (path.getAttribute("d").match(/M/g) || []).length));
  const told = /(\d+) soft fibres.* (\d+) strong fibres/.exec(await text("tissue-words"));
  const drawnFibres = async (kind) => (await count(kind)).reduce((sum, some) => sum + some, 0);
  assert.ok(Math.abs((await drawnFibres("soft")) - Number(told[1])) <= 2);
  assert.ok(Math.abs((await drawnFibres("strong")) - Number(told[2])) <= 2);
});

test("a pointer on a chart moves the day", async () => {
  const box = await page.locator("#chart-inflammation .u-over").boundingBox();
  await page.mouse.click(box.x + box.width - 2, box.y + box.height / 2);
  assert.match(await text("caption"), /^Day 36\d\. /);
  await page.click('#stops button[value="3"]');
  for (const target of [1, 2]) {
    await page.focus("#day");
    await press(page, "Home");
    await press(page, "ArrowRight", 1 + target);
  }
  await page.click('#stops button[value="365"]');
  assert.ok(await page.isChecked("#task-clocks"));
});

test("a guess comes first, then the model is drawn over it", async () => {
  assert.ok(await page.isDisabled("#reveal"));
  await page.locator("#guess-chart").scrollIntoViewIfNeeded();
  const box = await page.locator("#guess-chart .u-over").boundingBox();
  await page.mouse.move(box.x + 20, box.y + box.height - 4);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 3, { steps: 8 });
  await page.mouse.move(box.x + box.width - 1, box.y + box.height / 4, { steps: 8 });
  await page.mouse.up();
  const guesses = await Promise.all(STOPS.map((stop) => text(`guess-${stop}-value`)));
  assert.ok(parseFloat(guesses[5]) > parseFloat(guesses[0]) && parseFloat(guesses[5]) > 0, guesses.join());
  assert.equal(await text("verdict"), "");
  await page.click("#reveal");
  await drawn(page);
  assert.match(await text("verdict"), /^You guessed \+[\d.]+ % at month 12, the model has \+[\d.]+ %: .*sooner than in the model/);
  assert.ok(await page.isVisible("#plan-b"));
  assert.equal(await value("b-sessions"), "4");
  assert.ok(await page.isChecked("#task-predict"));
  await page.click("#add-b");
  await drawn(page);
  assert.ok(!(await page.isVisible("#plan-b")));
});

test("a guess stays when another question is chosen, and no slider moves another", async () => {
  await page.click("#guess-again");
  await page.focus("#guess-180");
  await press(page, "ArrowRight", 10);
  const guesses = () => page.$$eval("#guess-stops output", (all) => all.map((one) => parseFloat(one.textContent)));
  const before = await guesses();
  assert.ok(before[4] > 0, before.join());
  assert.deepEqual(before.filter((_, i) => i !== 4), [0, 0, 0, 0, 0]);
  await page.selectOption("#question", { label: "needles of 0.5 mm" });
  assert.deepEqual(await guesses(), before);
  const kept = await page.evaluate(() => {
    const usual = Lesson.plan.usual();
    const first = Lesson.simulation.course(usual);
    for (let passes = 1; passes <= 20; passes += 1) {
      for (const needle of [0.5, 1]) Lesson.simulation.course({ ...usual, passes, needle });
      if (Lesson.simulation.course(usual) !== first) return false;
    }
    for (let passes = 1; passes <= 20; passes += 1) for (const needle of [0.5, 1]) Lesson.simulation.course({ ...usual, passes, needle });
    return true;
  });
  assert.ok(kept, "a course in use was forgotten");
  await page.click("#people");
  await page.click("#people");
  await drawn(page);
  assert.deepEqual(await guesses(), before, "a course that is computed anew took the guess away");
  const highest = await page.evaluate(() => Math.max(...Lesson.simulation.course(Lesson.plan.usual()).shown.collagen_i_mature));
  const top = Number(await page.getAttribute("#guess-180", "max"));
  assert.ok(top >= highest && top < 2.5 * highest, `${top} for ${highest}`);
  await page.click("#reveal");
  await drawn(page);
  assert.match(await text("verdict"), /less than the model\. Your guess gains nothing worth timing; half of the model's gain is there (on|in) /);
  await page.click("#add-b");
  await drawn(page);
});

test("what a plan cannot tell is said without a number", async () => {
  await show("#a=0.5_roller_1_4_1_70");
  const questions = await page.$$eval("#question option", (all) => all.map((one) => one.textContent));
  assert.equal(questions.length, 2, questions.join());
  await show("#a=0.25_roller_1_4_1_45");
  await page.selectOption("#question", { label: "the same at age 70 years" });
  await page.click("#guess-again");
  await page.focus("#guess-30");
  await press(page, "ArrowRight");
  await page.click("#reveal");
  await drawn(page);
  assert.match(await text("verdict"), /^You guessed 0 % at month 12, the model has 0 %: close to the model\. Neither gains anything worth timing\.$/);
  await page.click("#reset");
  await drawn(page);
});

test("several sessions are told by what follows each, and the gain with them", async () => {
  await show("#a=1.5_pen_4_4_1_45&day=3");
  assert.match(await text("answer"), /^After 4 sessions, inflammation is highest about one day after each session, .* gain of \+1\d\.\d %/);
  await show("#a=1.5_pen_6_8_1_45&day=3");
  assert.match(await text("answer"), /the year ends too soon .*\(\+[\d.]+ % so far\)/);
});

test("where fibres are destroyed, chart, caption and drawing agree", async () => {
  await show("#a=1.5_pen_1_4_20_45&day=3");
  assert.match(await text("dip-collagen_i_mature"), /^Below zero at first \(-[\d.]+ %\): needles destroy some fibres\.$/);
  assert.match(await text("caption"), /strong collagen -[\d.]+ % against untreated skin\. Needles have destroyed some fibres/);
  assert.match(await text("tissue-words"), /strong fibres \([\d.]+ destroyed\)/);
  await show("#a=0.25_pen_1_4_1_45&day=3");
  assert.equal(await text("dip-collagen_i_mature"), "");
  assert.match(await text("tissue-words"), /strong fibres \(none added\)/);
  await page.click("#reset");
  await drawn(page);
});

test("a shorter needle weakens each link of the chain, and the strip says so", async () => {
  await page.focus("#a-needle");
  await press(page, "ArrowLeft", 4);
  assert.match(await text("changes-told"), /needle length: 1\.5 mm, now 0\.5 mm/);
  const told = await page.$$eval("#changes .change", (all) => all.map((one) => one.textContent));
  assert.ok(told.every((one) => /^\u2193 [\d.]+ %$/.test(one)), told.join());
  const changes = told.map((one) => -parseFloat(one.slice(2)));
  assert.equal(changes.length, 4);
  const why = await page.$$eval("#changes .hint", (all) => all.map((one) => one.textContent));
  [/lay down more/, /grow in number/, /laid down by builder cells/, /young fibres.*tied together/].forEach((what, i) => assert.match(why[i], what));
  assert.ok(changes.every((change) => change < -20 && change > -100), changes.join());
  await page.click("#changes li:nth-child(2) button");
  const [, peak] = /peak on day ([\d.]+)/.exec(await text("changes"));
  assert.ok(Math.abs(parseFloat(/day (-?\d+)/.exec(await page.getAttribute("#day", "aria-valuetext"))[1]) - peak) < 30);
});

test("two plans stand side by side", async () => {
  await page.click("#add-b");
  await drawn(page);
  await page.focus("#b-needle");
  await press(page, "ArrowRight", 6);
  const told = await text("comparison");
  assert.match(told, /plan A (day|month) [\d.]+; plan B (day|month) [\d.]+\. Plan B ends with more: \+[\d.]+ % with A, \+[\d.]+ % with B/);
  assert.ok(await page.isVisible("#tissue-b svg"));
  assert.match(await text("caption-b"), /^Plan B\. Day \d+\./);
  assert.match(await page.getAttribute("#chart-collagen_iii", "aria-label"), /Plan A: .*Plan B: /);
});

test("the slider stays in sight with two plans, and on a phone the plan follows the charts", async () => {
  const { page: other } = await open(browser, { hash: "#a=1.5_pen_1_4_1_45&b=2.5_pen_4_4_1_45&day=30", viewport: { width: 1440, height: 900 } });
  const box = (id) => other.locator(id).boundingBox();
  const slider = await box("#day");
  assert.ok(slider.y + slider.height <= 900, `${slider.y}`);
  assert.equal(await other.textContent("#a-interval-value"), "-");
  assert.ok(await other.isVisible("#a-interval-hint"));
  assert.ok(!(await other.isVisible("#b-interval-hint")));
  await other.setViewportSize({ width: 390, height: 844 });
  await drawn(other);
  const [plan, tissue, charts] = [await box("#plans"), await box("#tissue-section"), await box("#clocks")];
  assert.ok(charts.y < plan.y && plan.y < tissue.y);
  assert.ok(plan.y - (charts.y + charts.height) < 100);
  await other.context().close();
});

test("200 persons make a band, one of them can be shown", async () => {
  await page.click("#people");
  await page.waitForFunction(() => /Plan A, month 12.*Plan B, month 12/.test(document.getElementById("people-told").textContent));
  await drawn(page);
  const told = await text("people-told");
  assert.match(told, /middle 90 % of 200 persons/);
  const [low, high] = told.match(/[+-]?[\d.]+ %(?= and|strong| strong)/g).map(parseFloat);
  assert.ok(low < high, told);
  assert.match(await text("comparison"), /5-95 % of persons: (day|month) [\d.]+ to (day|month) [\d.]+/);
  assert.ok(await page.isChecked("#task-persons"));
  assert.match(await text("key-who"), /^thin: persons 1 to \d+, one by one$/);
  await page.evaluate(() => {
    const { draw } = Lesson.charts;
    Lesson.charts.draw = (view) => { window.shownView = view; draw(view); };
  });
  await page.selectOption("#person", "3");
  await drawn(page);
  const lowest = await page.evaluate(() => {
    const view = window.shownView;
    const [clock] = Lesson.quantities.CLOCKS;
    const far = (values, value) => values.map(() => value);
    const crowd = view.crowds.a;
    const low = (person, band, gains) => {
      const strange = { ...crowd, bands: { ...crowd.bands, [clock.name]: { ...crowd.bands[clock.name], ...band } }, gains: { ...crowd.gains, [clock.name]: gains } };
      Lesson.charts.draw({ ...view, person, crowds: { ...view.crowds, a: strange } });
      return Lesson.charts.range(clock)[0];
    };
    const all = crowd.gains[clock.name];
    const third = all.map((values, i) => (i === 2 ? far(values, -3000) : values));
    const found = [low(3, { low: far(all[0], -5000) }, all), low(3, {}, third), low(0, {}, third), low(1, {}, third)];
    Lesson.charts.draw(view);
    return found;
  });
  assert.ok(lowest[0] < -5000 && lowest[1] < -3000 && lowest[2] < -3000 && lowest[3] > -3000, lowest.join());
  assert.equal(await text("key-who"), "person 3");
  assert.match(await text("people-told"), /Person 3 gains [+-]?[\d.]+ %/);
  const heads = await page.$$eval("#table-collagen_i_mature thead th", (all) => all.map((head) => head.textContent));
  assert.equal(heads.filter((head) => head.startsWith("5-95 % of persons")).length, 2);
});

test("a changed plan drops its persons and computes them anew", async () => {
  await page.focus("#a-age");
  await press(page, "ArrowRight", 3);
  assert.ok(!/Plan A, month 12/.test(await text("people-told")));
  await page.waitForFunction(() => /Plan A, month 12.*Plan B, month 12/.test(document.getElementById("people-told").textContent));
});

test("persons that are shown no more do not come back, and nobody is asked twice", async () => {
  const asked = await page.evaluate(async () => {
    const { ask } = Lesson.crowd;
    let count = 0;
    Lesson.crowd.ask = (...given) => {
      count += 1;
      return ask(...given);
    };
    const age = document.getElementById("a-age");
    age.value = Number(age.value) - 5;
    age.dispatchEvent(new Event("input"));
    document.getElementById("people").click();
    await new Promise((go) => setTimeout(go, 400));
    const off = count;
    document.getElementById("people").click();
    document.getElementById("b-age").value = 40;
    document.getElementById("b-age").dispatchEvent(new Event("input"));
    document.getElementById("people").click();
    document.getElementById("people").click();
    const before = count;
    await new Promise((go) => setTimeout(go, 400));
    Lesson.crowd.ask = ask;
    return { off, later: count - before };
  });
  assert.deepEqual(asked, { off: 0, later: 0 });
  await page.waitForFunction(() => /Plan A, month 12.*Plan B, month 12/.test(document.getElementById("people-told").textContent));
});

test("a browser without workers says that it cannot compute persons", async () => {
  const context = await browser.newContext();
  await context.addInitScript(() => { window.Worker = class { constructor() { throw new Error("no workers here"); } }; });
  const other = await context.newPage();
  await other.goto(PAGE);
  await drawn(other);
  await other.click("#people");
  assert.match(await other.textContent("#people-told"), /could not be computed: .*no workers here/);
  await context.close();
});

test("the link opens the same page again", async () => {
  await page.click("#copy");
  const link = await value("link");
  const { page: other, faults: otherFaults } = await open(browser, { hash: new URL(link).hash });
  for (const id of ["a-needle", "a-age", "b-needle", "b-passes", "person"]) {
    assert.equal(await other.inputValue(`#${id}`), await value(id), id);
  }
  assert.equal(await other.textContent("#answer"), await text("answer"));
  assert.equal(await other.textContent("#caption"), await text("caption"));
  assert.equal(await other.getAttribute("#people", "aria-pressed"), "true");
  assert.deepEqual(otherFaults, []);
  await other.close();
});

test("a link that is damaged is told, and the rest of it is used", async () => {
  await page.evaluate(() => { location.hash = "#a=9_pen_1_4_1_45&day=90"; });
  await page.waitForFunction(() => !document.getElementById("problem").hidden);
  await drawn(page);
  assert.match(await text("problem"), /Needle length: "9" is not allowed, it goes from 0\.25 to 2\.5/);
  assert.match(await text("caption"), /^Day 90\./);
});

test("the tables are there for whoever compares them", async () => {
  const shown = [];
  for (const plan of PLANS) {
    await page.evaluate((hash) => { location.hash = hash; }, `#a=${plan}&day=14`);
    await page.waitForFunction((wanted) => document.getElementById("link").value.includes(`a=${wanted}`), plan);
    await drawn(page);
    shown.push(await page.evaluate(() => ({
      scenario: Lesson.plan.scenario(Lesson.plan.fromLink(location.hash.match(/a=([^&]+)/)[1])),
      tables: Object.fromEntries(Lesson.quantities.CLOCKS.map(({ name }) => [name,
        [...document.querySelectorAll(`#table-${name} tbody tr`)].map((row) => [...row.cells].map((cell) => cell.textContent))])),
    })));
  }
  for (const { tables } of shown) assert.equal(tables.collagen_iii.length, STOPS.length);
  if (process.env.CICATRIX_SHOWN) writeFileSync(process.env.CICATRIX_SHOWN, JSON.stringify(shown));
});

test("the sheet for print has the tasks with room for answers and no controls", async () => {
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".answer-line:visible").count(), 3);
  assert.equal(await page.locator("input[type=range]:visible, button:visible, select:visible").count(), 0);
  assert.ok(await page.isVisible("#told"));
  assert.match(await text("tissue-words"), /\d+ strong fibres/);
  assert.ok(await page.isVisible("#tissue-words") && await page.isVisible("#guess-chart canvas"));
  const drawing = () => page.evaluate(() => document.querySelector("#guess-chart canvas").toDataURL().length);
  await page.evaluate(() => new Promise((go) => { window.dispatchEvent(new Event("beforeprint")); setTimeout(go, 50); }));
  const empty = await drawing();
  await page.evaluate(() => new Promise((go) => { window.dispatchEvent(new Event("afterprint")); setTimeout(go, 50); }));
  assert.ok(empty < (await drawing()), `${empty} letters`);
  assert.equal(await page.$eval("#task-list input", (one) => getComputedStyle(one).appearance), "none");
  assert.ok((await page.pdf({ format: "A4" })).length > 10000);
  await page.emulateMedia({ media: "screen" });
});

test("start again leads back to the start", async () => {
  await page.click("#add-b");
  await page.click("#reset");
  await drawn(page);
  assert.equal(await value("a-needle"), "1.5");
  assert.ok(!(await page.isVisible("#plan-b")));
  assert.equal(await page.locator("#task-list input:checked").count(), 0);
  assert.equal(await page.getAttribute("#people", "aria-pressed"), "false");
  assert.equal(await text("people-told"), "");
});

test("the year plays only when asked, and pauses", async () => {
  const before = await text("caption");
  await page.waitForTimeout(150);
  assert.equal(await text("caption"), before);
  await page.click("#play");
  assert.equal(await text("play"), "Pause");
  await page.waitForFunction((old) => document.getElementById("caption").textContent !== old, before);
  await page.click("#play");
  assert.equal(await text("play"), "Play the year");
});

test("nothing went wrong, nothing was asked of a network, nothing is kept", async () => {
  assert.deepEqual(faults, []);
  assert.deepEqual(await page.context().cookies(), []);
  const kept = await page.evaluate(() => {
    try {
      return localStorage.length + sessionStorage.length;
    } catch {
      return 0;
    }
  });
  assert.equal(kept, 0);
});
