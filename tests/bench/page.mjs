// How fast the classroom page is, in headless Chromium, unthrottled and with the processor slowed to a quarter:
//   CICATRIX_NODE_PACKAGES=build/browser CICATRIX_PAGE=bindings/web/classroom.html node tests/bench/page.mjs
// The packages are those of tests/web/package.json. Of the rounds it tells the best, the median and the worst.
import { launch, open } from "../web/browser.mjs";

const ROUNDS = 7;
const RATES = [1, 4];

function summary(times) {
  const sorted = [...times].sort((one, other) => one - other);
  const told = [0, Math.floor(sorted.length / 2), sorted.length - 1].map((i) => sorted[i].toFixed(0).padStart(5));
  return `${told.join("")} ms`;
}

async function slowed(browser, rate) {
  const { page } = await open(browser, { hash: "#day=0" });
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
  await page.reload();
  await page.waitForSelector("html[data-ready=yes]");
  await page.evaluate(() => {
    window.tasks = [];
    new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((task) => task.duration))).observe({ type: "longtask", buffered: true });
  });
  return page;
}

/** First paint, first curves and the whole first plan, from the start of navigation. */
async function opening(page) {
  return page.evaluate(() => ({
    paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    curves: performance.getEntriesByName("lesson-curves")[0].startTime,
    ready: performance.getEntriesByName("lesson-ready")[0].startTime,
  }));
}

/** From the event of a slider to the frame in which the changed curves stand, each time another plan. */
function change(page, round) {
  return page.evaluate((needle) => new Promise((done) => {
    const input = document.getElementById("a-needle");
    input.value = needle;
    const began = performance.now();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now() - began);
      channel.port2.postMessage(0);
    });
  }), 0.25 + 0.25 * (1 + (round % 9)));
}

/** One step of the time slider, to the end of its drawing. */
function scrub(page, round) {
  return page.evaluate((place) => {
    const input = document.getElementById("day");
    input.value = place;
    const began = performance.now();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    return new Promise((done) => requestAnimationFrame(() => done(performance.now() - began)));
  }, 0.5 + 0.3 * round);
}

/** From the button to the band of 200 persons, and the longest gap between frames meanwhile. */
function persons(page, round) {
  return page.evaluate((age) => new Promise((done) => {
    const input = document.getElementById("a-age");
    input.value = age;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    const told = document.getElementById("people-told");
    setTimeout(() => {
      const began = performance.now();
      let last = began;
      let gap = 0;
      const frame = (now) => {
        gap = Math.max(gap, now - last);
        last = now;
        if (/month 12/.test(told.textContent)) {
          document.getElementById("people").click();
          done({ whole: performance.now() - began, gap });
        } else requestAnimationFrame(frame);
      };
      document.getElementById("people").click();
      requestAnimationFrame(frame);
    }, 800);
  }), 20 + 5 * (round % 9));
}

const browser = await launch();
for (const rate of RATES) {
  const times = { paint: [], curves: [], ready: [], change: [], scrub: [], whole: [], gap: [] };
  let page = null;
  for (let round = 0; round < ROUNDS; round += 1) {
    if (page) await page.context().close();
    page = await slowed(browser, rate);
    const { paint, curves, ready } = await opening(page);
    times.paint.push(paint);
    times.curves.push(curves);
    times.ready.push(ready);
    await page.waitForTimeout(500);
    times.change.push(await change(page, round));
    await page.waitForTimeout(300);
    times.scrub.push(await scrub(page, round));
    await page.waitForTimeout(300);
    const crowd = await persons(page, round);
    times.whole.push(crowd.whole);
    times.gap.push(crowd.gap);
  }
  const tasks = await page.evaluate(() => window.tasks);
  console.log(`processor slowed ${rate} times`);
  console.log(`  first contentful paint        ${summary(times.paint)}`);
  console.log(`  first curves drawn            ${summary(times.curves)}`);
  console.log(`  all of the first plan         ${summary(times.ready)}`);
  console.log(`  curves of a changed plan      ${summary(times.change)}`);
  console.log(`  step of the time slider       ${summary(times.scrub)}`);
  console.log(`  200 persons                   ${summary(times.whole)}`);
  console.log(`  longest gap between frames    ${summary(times.gap)}`);
  console.log(`  longest task of the last page ${Math.max(0, ...tasks).toFixed(0)} ms`);
}
await browser.close();
