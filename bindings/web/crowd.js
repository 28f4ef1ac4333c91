// Many persons under one plan: members computed in a worker, batch by batch, and what band they make.
"use strict";
{
  const { MEMBERS } = Lesson.plan;
  const { quantile } = Lesson.milestones;
  const PLACES = 80; // outputs, even on the stretched axis
  const BATCH = 20; // members between two messages, so that a changed plan is noticed soon
  const FAINT = 12; // persons drawn one by one
  const LOW = 0.05;
  const HIGH = 0.95;

  let worker = null;
  let job = 0;
  let broken = ""; // why no person can be computed here; empty while the worker works
  const waiting = new Map(); // number of a job: {crowd, done}

  /** What runs in the worker: batches of members, each sent as soon as it is there, until they are dropped. */
  function workerBody() {
    let core = null;
    let dropped = 0;
    const breathe = () => new Promise((go) => setTimeout(go, 0));
    const work = async ({ job: number, text, names, days, samples, batch }) => {
      const loaded = await core;
      for (let first = 0; first < samples && number > dropped; first += batch) {
        const part = loaded.members(text, names, days, first, Math.min(batch, samples - first));
        self.postMessage({ job: number, part });
        await breathe();
      }
    };
    self.onmessage = ({ data }) => {
      if (data.module) core = Cicatrix.load(data.module);
      else if (data.drop) dropped = data.drop;
      else work(data).catch((problem) => self.postMessage({ job: data.job, failure: problem.message }));
    };
  }

  /** Starts the worker with the compiled core; it is made from text, so that the page works from a disk. */
  function start(module) {
    const source = document.getElementById("core-source").textContent;
    const text = `${source}\n(${workerBody})();`;
    const place = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    try {
      worker = new Worker(place);
      worker.onmessage = ({ data }) => take(data);
      worker.onerror = (event) => refuse(event.message);
      worker.onmessageerror = () => refuse("its messages cannot be read");
      worker.postMessage({ module });
    } catch (problem) {
      refuse(problem.message);
    }
  }

  /** Tells everyone who waits, and everyone who asks from now on, that persons cannot be computed. */
  function refuse(reason) {
    broken = `this browser refuses the worker that computes them${reason ? ` (${reason})` : ""}`;
    const told = [...waiting.values()];
    waiting.clear();
    for (const { crowd, progress } of told) {
      crowd.failure = broken;
      progress(crowd);
    }
  }

  /** The crowd of a plan, empty at first; `progress` is called with it after each batch, the last of which makes it whole. */
  function ask(plan, progress) {
    job += 1;
    const days = Lesson.simulation.days(plan, PLACES);
    const names = Lesson.quantities.CLOCKS.map((clock) => clock.name);
    const gains = Object.fromEntries(names.map((name) => [name, []]));
    const crowd = { plan: { ...plan }, days, gains, failed: 0, bands: null, failure: broken };
    if (broken) return crowd;
    waiting.set(job, { crowd, progress });
    worker.postMessage({ job, text: Lesson.plan.crowdScenario(plan), names, days, samples: MEMBERS, batch: BATCH });
    return crowd;
  }

  /** Drops every crowd that is not whole yet. */
  function drop() {
    waiting.clear();
    if (worker && job && !broken) worker.postMessage({ drop: job });
  }

  function take(data) {
    const entry = waiting.get(data.job);
    if (!entry) return;
    if (data.failure) entry.crowd.failure = data.failure;
    else add(entry.crowd, data.part);
    if (entry.crowd.failed >= MEMBERS) entry.crowd.failure = "the equations of none could be solved";
    const whole = count(entry.crowd) + entry.crowd.failed >= MEMBERS && count(entry.crowd) > 0;
    if (whole || entry.crowd.failure) waiting.delete(data.job);
    if (whole) entry.crowd.bands = bands(entry.crowd);
    entry.progress(entry.crowd);
  }

  /** Persons computed so far. */
  function count(crowd) {
    return crowd.gains[Lesson.quantities.CLOCKS[0].name].length - crowd.failed;
  }

  function add(crowd, part) {
    const width = crowd.days.length;
    for (let member = 0; member < part.count; member += 1) {
      const failed = part.status[member] !== 0;
      if (failed) crowd.failed += 1;
      for (const clock of Lesson.quantities.CLOCKS) {
        if (failed) {
          crowd.gains[clock.name].push(null); // keeps the place, so that a number is the same person in every plan
          continue;
        }
        const slice = (group) => ({ [clock.name]: part[group][clock.name].subarray(member * width, (member + 1) * width) });
        const course = { treated: slice("treated"), untreated: slice("untreated") };
        crowd.gains[clock.name].push(Lesson.milestones.effect(course, clock.name, clock.gain));
      }
    }
  }

  function bands(crowd) {
    return Object.fromEntries(Lesson.quantities.CLOCKS.map(({ name }) => {
      const low = new Float64Array(crowd.days.length);
      const high = new Float64Array(crowd.days.length);
      const computed = crowd.gains[name].filter(Boolean);
      for (let i = 0; i < crowd.days.length; i += 1) {
        const sorted = Float64Array.from(computed, (values) => values[i]).sort();
        low[i] = quantile(sorted, LOW);
        high[i] = quantile(sorted, HIGH);
      }
      return [name, { low, high }];
    }));
  }

  /** The curve of one person, counted from 0; null where that person is not computed. */
  function person(crowd, clock, which) {
    return crowd.gains[clock.name][which] || null;
  }

  /** Days within which the middle 90 % of persons have a share of their 12-month gain; Infinity is never. */
  function milestoneSpread(crowd, clock) {
    const found = crowd.gains[clock.name].filter(Boolean).map((values) => Lesson.milestones.milestone(crowd.days, values).day);
    const sorted = Float64Array.from(found, (day) => (Number.isNaN(day) ? Infinity : day)).sort();
    return [quantile(sorted, LOW), quantile(sorted, HIGH)];
  }

  Lesson.crowd = { FAINT, start, ask, drop, refuse, add, count, person, milestoneSpread };
}
