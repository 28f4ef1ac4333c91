// What changed and why: the course before a change beside the course after it, along the chain of causes.
"use strict";
{
  const { html } = Lesson.element;
  const { effect, peak } = Lesson.milestones;
  const { CHAIN, CLOCKS, plain } = Lesson.quantities;
  const { FIELDS, valueText } = Lesson.plan;
  const { onDay } = Lesson.timescale;
  const NEGLIGIBLE = 1e-7; // of what untreated skin has; nothing to compare with below it

  /** How the peak of each link has changed: per cent of the peak before, Infinity where only the new one is, NaN where none is. */
  function links(before, after) {
    return CHAIN.map((link) => {
      const old = peak(before.days, effect(before, link.name, false));
      const now = peak(after.days, effect(after, link.name, false));
      const none = NEGLIGIBLE * before.untreated[link.name][0];
      const some = now.value > none ? Infinity : NaN;
      return { link, day: now.day, change: old.value > none ? 100 * (now.value / old.value - 1) : some };
    });
  }

  /** The fields in which two plans differ, in words. */
  function differences(before, after) {
    return FIELDS.filter((field) => before[field.key] !== after[field.key])
      .map((field) => `${field.label.toLowerCase()}: ${valueText(field, before[field.key])}, now ${valueText(field, after[field.key])}`);
  }

  function arrow(change) {
    if (Number.isNaN(change)) return "no effect with either";
    if (change === Infinity) return "from nothing";
    if (Math.abs(change) < 0.05) return "the same";
    return `${change > 0 ? "\u2191" : "\u2193"} ${plain(Math.abs(change))} %`;
  }

  function item({ link, day, change }, choose) {
    const button = html("button", { type: "button", onclick: () => choose(day, link) },
      html("strong", {}, link.label), html("span", { class: "change" }, arrow(change)),
      html("span", { class: "hint" }, `${link.says}; ${Number.isNaN(change) ? "show it" : `peak ${onDay(day)}, show it`}`));
    return html("li", {}, button);
  }

  /** Shows the strip for plan `name`; `choose` is given the day and the link that was clicked. Returns what it says. */
  function show(before, after, name, choose) {
    const found = links(before, after);
    const what = differences(before.plan, after.plan);
    const told = what.length ? `Plan ${name}: ${what.join("; ")}.` : "";
    const summary = what.length
      ? `${told} Each number compares the highest effect on skin with the old plan and with the new plan.`
      : "Change your plan, and this strip shows what follows from it.";
    document.getElementById("changes-told").textContent = summary;
    document.getElementById("changes").replaceChildren(...(what.length ? found.map((one) => item(one, choose)) : []));
    const last = found[found.length - 1];
    return what.length ? `${told} ${last.link.label}: ${arrow(last.change).replace("\u2191", "up").replace("\u2193", "down")} at its peak.` : "";
  }

  /** Where a link is seen: its chart, or the drawing of the tissue for what has none. */
  function placeOf(link) {
    return document.getElementById(link.clock === undefined ? "tissue-section" : `panel-${CLOCKS[link.clock].name}`);
  }

  Lesson.causes = { show, placeOf };
}
