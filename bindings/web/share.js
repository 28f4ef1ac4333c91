// The state of the page in the link: the hash keeps plans, day and view, and nothing is stored anywhere.
"use strict";
{
  const { toLink, fromLink, usual } = Lesson.plan;
  const { FIRST, YEAR } = Lesson.timescale;
  const DAY = 30; // on which the page opens

  /** What the page shows when the link says nothing. */
  function start() {
    return { a: usual(), b: null, day: DAY, people: false, person: 0 };
  }

  /** The hash of a state, without theme: that is the reader's own. */
  function toHash(state) {
    const parts = new URLSearchParams({ a: toLink(state.a), day: state.day });
    if (state.b) parts.set("b", toLink(state.b));
    if (state.people) parts.set("people", state.person || "all");
    return `#${parts}`;
  }

  function whole(text, low, high, what) {
    const value = Number(text);
    if (Number.isInteger(value) && value >= low && value <= high) return value;
    throw new Error(`${what}: "${text}" is not allowed, it goes from ${low} to ${high}`);
  }

  /** The state of a hash and, in `problem`, why parts of it could not be read; these are as at the start. */
  function fromHash(hash) {
    const parts = new URLSearchParams(hash.replace(/^#/, ""));
    const state = start();
    const problems = [];
    const take = (name, read) => {
      if (!parts.has(name)) return;
      try {
        read(parts.get(name));
      } catch (problem) {
        problems.push(`${name}: ${problem.message}`);
      }
    };
    take("a", (text) => { state.a = fromLink(text); });
    take("b", (text) => { state.b = fromLink(text); });
    take("day", (text) => { state.day = whole(text, FIRST, Math.floor(YEAR), "the day"); });
    take("people", (text) => {
      state.person = text === "all" ? 0 : whole(text, 1, Lesson.crowd.FAINT, "the person");
      state.people = true;
    });
    return { state, problem: problems.join("; ") };
  }

  /** Puts the state into the address; a browser that refuses leaves the address as it was. */
  function remember(state) {
    const hash = toHash(state);
    try {
      history.replaceState(null, "", hash);
    } catch {
      return; // too often within a short time: the next change writes it
    }
  }

  /** Copies a text; false where the browser does not allow it. */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  }

  Lesson.share = { start, toHash, fromHash, remember, copy };
}
