// What a learner can choose: the fields of a plan, declared once, and the scenario text that a plan stands for.
"use strict";
{
  const FIELDS = [
    {
      key: "needle", label: "Needle length", unit: "mm", low: 0.25, high: 2.5, step: 0.25, usual: 1.5,
      hint: "How far the needles stick out.",
    },
    {
      key: "device", label: "Device", choices: ["pen", "roller", "stamp"], usual: "pen",
      hint: "A pen drives needles in by motor, a roller rolls, a stamp presses.",
    },
    {
      key: "sessions", label: "Sessions", unit: "", low: 1, high: 6, step: 1, usual: 1,
      hint: "How many visits there are.",
    },
    {
      key: "interval", label: "Weeks apart", unit: "weeks", one: "week", low: 1, high: 8, step: 1, usual: 4,
      hint: "Counts from two sessions on.",
    },
    {
      key: "passes", label: "Passes in a session", unit: "", low: 1, high: 20, step: 1, usual: 1,
      hint: "How often the device goes over the skin.",
    },
    {
      key: "age", label: "Age", unit: "years", low: 20, high: 80, step: 5, usual: 45,
      hint: "Age of the person on the first day.",
    },
  ];
  const MEMBERS = 200; // persons of a crowd
  const VARIABILITY = 0.2; // spread of their biology, as a share of each number

  /** The plan that the page opens with. */
  function usual() {
    return Object.fromEntries(FIELDS.map((field) => [field.key, field.usual]));
  }

  /** A value of a field with its unit, as people say it. */
  function valueText(field, value) {
    const unit = value === 1 && field.one ? field.one : field.unit;
    return unit ? `${value} ${unit}` : `${value}`;
  }

  function sessionsText(plan) {
    if (plan.sessions === 1) return "once";
    return `every ${plan.interval} week${plan.interval === 1 ? "" : "s"} x ${plan.sessions}`;
  }

  /** The scenario of a plan in TOML, the same text that the command and the Python package read. */
  function scenario(plan) {
    return [
      "[patient]", `age = "${plan.age} years"`, 'site = "cheek"', "",
      "[device]", `kind = "${plan.device}"`, `needle_length = "${plan.needle} mm"`, "",
      "[protocol]", `sessions = "${sessionsText(plan)}"`, `passes = ${plan.passes}`, "",
      "[simulation]", 'duration = "365.25 days"', "",
    ].join("\n");
  }

  /** The scenario of many persons who follow a plan: each differs in biology, and none in age or in keeping to it. */
  function crowdScenario(plan) {
    return [
      scenario(plan), "[sweep]", 'design = "cohort"', `samples = ${MEMBERS}`,
      'outcomes = ["collagen_i_mature effect final"]', "", "[sweep.cohort]", `variability = ${VARIABILITY}`, "",
    ].join("\n");
  }

  /** A plan in words. */
  function told(plan) {
    const field = (key) => FIELDS.find((one) => one.key === key);
    const often = plan.sessions === 1 ? "one session" : `${plan.sessions} sessions, ${valueText(field("interval"), plan.interval)} apart`;
    const passes = plan.passes === 1 ? "1 pass" : `${plan.passes} passes`;
    return `${plan.device}, ${plan.needle} mm needles, ${often}, ${passes}, age ${plan.age} years`;
  }

  /** The plan as a short text for a link, values in the order of the fields. */
  function toLink(plan) {
    return FIELDS.map((field) => plan[field.key]).join("_");
  }

  /** The plan of a link; throws an Error that says which field cannot be read and what is allowed. */
  function fromLink(text) {
    const parts = text.split("_");
    if (parts.length !== FIELDS.length) {
      throw new Error(`a plan has ${FIELDS.length} parts joined by "_", given are ${parts.length}`);
    }
    return Object.fromEntries(FIELDS.map((field, i) => [field.key, read(field, parts[i])]));
  }

  function read(field, text) {
    if (field.choices) {
      if (field.choices.includes(text)) return text;
      throw new Error(`${field.label}: "${text}" is not known, allowed is ${field.choices.join(", ")}`);
    }
    const value = Number(text);
    const steps = (value - field.low) / field.step;
    if (text.trim() && value >= field.low && value <= field.high && Math.abs(steps - Math.round(steps)) < 1e-9) return value;
    throw new Error(`${field.label}: "${text}" is not allowed, it goes from ${field.low} to ${field.high} in steps of ${field.step}`);
  }

  Lesson.plan = { FIELDS, MEMBERS, VARIABILITY, usual, valueText, scenario, crowdScenario, told, toLink, fromLink };
}
