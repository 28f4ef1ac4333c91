// Colours, theme and what is said aloud: read from the style sheet and the reader's settings.
"use strict";
{
  const THEMES = { auto: "as on this device", light: "light", dark: "dark" };
  const APART = 500; // ms between two announcements, at least
  const listeners = [];
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const forced = window.matchMedia("(forced-colors: active)");
  let theme = "auto";
  let colours = {};
  let waiting = "";
  let timer = 0;
  let told = 0;

  /** What a variable of the style sheet is now, such as the colour `--ink`. */
  function colour(name) {
    if (!(name in colours)) colours[name] = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    return colours[name];
  }

  /** Applies a theme, one of THEMES. */
  function use(chosen) {
    theme = chosen in THEMES ? chosen : "auto";
    paint(theme === "auto" ? (dark.matches ? "dark" : "light") : theme);
  }

  function paint(shown) {
    document.documentElement.dataset.theme = shown;
    colours = {};
    for (const listener of listeners) listener();
  }

  /** Calls `listener` whenever colours may have changed. */
  function onChange(listener) {
    listeners.push(listener);
  }

  /** Says a text to screen readers, the newest only and not more than twice a second. */
  function say(text) {
    waiting = text;
    if (timer) return;
    timer = setTimeout(() => {
      timer = 0;
      told = Date.now();
      document.getElementById("live").textContent = waiting;
    }, Math.max(0, told + APART - Date.now()));
  }

  dark.addEventListener("change", () => use(theme));
  forced.addEventListener("change", () => use(theme));
  window.addEventListener("beforeprint", () => paint("light"));
  window.addEventListener("afterprint", () => use(theme));

  Lesson.looks = { THEMES, colour, use, onChange, say, chosen: () => theme, calm: () => still.matches };
}
