// A browser without a network for the tests of the classroom page, and what goes wrong in a page while it is open.
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(path.join(process.env.CICATRIX_NODE_PACKAGES, "package.json"));
const { chromium } = require("playwright-core");

export const AXE = require.resolve("axe-core/axe.min.js");
export const PAGE = pathToFileURL(process.env.CICATRIX_PAGE).href;
const LOCAL = /^(file|blob|data):/;
const ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ARGUMENTS });
}

/** Opens the page and waits until it is drawn; `faults` gathers requests to a network, errors and warnings. */
export async function open(browser, { hash = "", ...settings } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...settings });
  const page = await context.newPage();
  const faults = [];
  page.on("request", (request) => {
    if (!LOCAL.test(request.url())) faults.push(`asked the network for ${request.url()}`);
  });
  await context.route((address) => !LOCAL.test(address.href), (route) => route.abort());
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`uncaught: ${error.message}`));
  await page.goto(PAGE + hash);
  await drawn(page);
  return { page, faults };
}

/** Waits until the page has drawn everything that follows from its state. */
export async function drawn(page) {
  await page.waitForSelector("html[data-ready=yes]");
  await page.evaluate(() => new Promise((go) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(() => setTimeout(go, 0)), 0))));
}

/** Presses a key some times. */
export async function press(page, key, times = 1) {
  for (let i = 0; i < times; i += 1) await page.keyboard.press(key);
  await drawn(page);
}
