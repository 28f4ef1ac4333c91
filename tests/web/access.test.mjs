// Everyone can use the page: axe finds nothing, and every control is reached and worked by the keyboard alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AXE, drawn, launch, open, press } from "./browser.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const BUSY = "#a=1.5_pen_1_4_1_45&b=1_roller_4_4_10_45&day=14&people=2";
let browser;
let page;
let faults;

before(async () => {
  browser = await launch();
  ({ page, faults } = await open(browser, { hash: BUSY, colorScheme: "light" }));
});
after(() => browser.close());

async function violations(page) {
  return page.evaluate(async (rules) => {
    const found = await axe.run(document, { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] });
    return found.violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target).join(", ")}`);
  }, RULES);
}

test("axe finds no violation with everything open and shown: light, dark, forced colours, 400 % zoom", async () => {
  await page.$$eval("details", (all) => all.forEach((one) => { one.open = true; }));
  await page.focus("#a-needle");
  await press(page, "ArrowLeft");
  await page.waitForFunction(() => /Plan A, month 12.*Plan B, month 12/.test(document.getElementById("people-told").textContent));
  await page.addScriptTag({ path: AXE });
  assert.deepEqual(await violations(page), [], "light");
  await page.emulateMedia({ colorScheme: "dark" });
  assert.deepEqual(await violations(page), [], "dark");
  await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
  assert.deepEqual(await violations(page), [], "forced colours");
  await page.emulateMedia({ forcedColors: "none" });
  await page.setViewportSize({ width: 320, height: 256 });
  await drawn(page);
  assert.deepEqual(await violations(page), [], "400 % zoom");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `the page is ${wide} px too wide`);
  assert.deepEqual(faults, []);
});

test("every control is reached by the tabulator, and its focus is seen", async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.evaluate(() => document.activeElement.blur());
  await drawn(page);
  const wanted = await page.$$eval("a, button, input, select, summary", (all) => {
    all.forEach((one, i) => { one.dataset.number = i; });
    const single = (one) => one.type !== "radio" || one.checked;
    return all.filter((one) => !one.disabled && one.getClientRects().length && single(one)).map((one) => one.dataset.number);
  });
  const reached = new Set();
  const unseen = [];
  for (let i = 0; i < wanted.length + 5; i += 1) {
    await page.keyboard.press("Tab");
    const now = await page.evaluate(() => {
      const one = document.activeElement;
      const box = one.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      const seen = getComputedStyle(one).outlineStyle !== "none" && parseFloat(getComputedStyle(one).outlineWidth) >= 2;
      return { number: one.dataset.number, seen, covered: Boolean(top) && !one.contains(top) && !top.contains(one), id: one.id || one.textContent };
    });
    if (now.number === undefined) continue;
    reached.add(now.number);
    if (!now.seen || now.covered) unseen.push(now.id);
  }
  assert.deepEqual(wanted.filter((number) => !reached.has(number)), []);
  assert.deepEqual(unseen, []);
});

test("every slider and choice is worked by keys", async () => {
  await page.evaluate(() => { location.hash = "#a=1_pen_3_4_3_45&day=30"; });
  await page.waitForFunction(() => document.getElementById("a-passes").value === "3");
  await drawn(page);
  for (const id of ["a-needle", "a-sessions", "a-interval", "a-passes", "a-age"]) {
    const old = await page.inputValue(`#${id}`);
    await page.focus(`#${id}`);
    await press(page, "ArrowRight");
    assert.notEqual(await page.inputValue(`#${id}`), old, id);
    assert.match(await page.getAttribute(`#${id}`, "aria-valuetext"), /\d/);
  }
  await page.focus("#a-device-pen");
  await press(page, "ArrowDown");
  assert.ok(await page.isChecked("#a-device-roller"));
  assert.match(await page.textContent("#changes-told"), /device: pen, now roller/);
  await page.focus("#day");
  for (const [key, day] of [["Home", /day before/], ["ArrowRight", /^day 0$/], ["PageUp", /^day 30/], ["ArrowLeft", /^day 29/], ["End", /^day 365/]]) {
    await press(page, key);
    assert.match(await page.getAttribute("#day", "aria-valuetext"), day);
  }
});

test("a guess is set by keys alone", async () => {
  await page.focus("#guess-180");
  await press(page, "ArrowRight", 6);
  assert.ok(parseFloat(await page.textContent("#guess-180-value")) > 0);
  assert.ok(parseFloat(await page.textContent("#guess-90-value")) >= 0);
  await page.focus("#reveal");
  await press(page, "Enter");
  assert.match(await page.textContent("#verdict"), /^You guessed/);
  assert.match(await page.getAttribute("#guess-chart", "aria-label"), /Solid: the model/);
});

test("readers who want no motion get stops instead of a film", async () => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.focus("#day");
  await press(page, "Home");
  await page.click("#play");
  await page.waitForTimeout(300);
  assert.match(await page.textContent("#caption"), /The day before/);
  await page.click("#play");
});

test("what is said aloud comes at most twice a second", async () => {
  await page.evaluate(() => {
    window.said = [];
    new MutationObserver(() => window.said.push(performance.now())).observe(document.getElementById("live"), { childList: true });
  });
  await page.focus("#day");
  for (let i = 0; i < 12; i += 1) {
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(40);
  }
  await page.waitForTimeout(550);
  const said = await page.evaluate(() => window.said);
  assert.ok(said.length >= 2, `${said.length} times`);
  for (let i = 1; i < said.length; i += 1) assert.ok(said[i] - said[i - 1] >= 480, `${said[i] - said[i - 1]} ms apart`);
  assert.match(await page.textContent("#live"), /Day 11\. /);
});

test("a theme is chosen on the page", async () => {
  await page.emulateMedia({ colorScheme: "light" });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.selectOption("#theme", "dark");
  assert.notEqual(await ground(), light);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.selectOption("#theme", "light");
  await drawn(page);
  assert.equal(await ground(), light);
});
