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
    worker = new Worker(place);
    worker.onmessage = ({ data }) => take(data);
    worker.postMessage({ module });
  }

  /** Computes the crowd of a plan; `progress` is called with it after each batch and once more when it is whole. */
  function ask(plan, progress) {
    job += 1;
    const days = Lesson.simulation.days(plan, PLACES);
    const names = Lesson.quantities.CLOCKS.map((clock) => clock.name);
    const gains = Object.fromEntries(names.map((name) => [name, []]));
    waiting.set(job, { crowd: { plan: { ...plan }, days, gains, failed: 0, bands: null, failure: "" }, progress });
    worker.postMessage({ job, text: Lesson.plan.crowdScenario(plan), names, days, samples: MEMBERS, batch: BATCH });
    return job;
  }

  /** Drops every crowd that is not whole yet. */
  function drop() {
    waiting.clear();
    if (worker && job) worker.postMessage({ drop: job });
  }

  function take(data) {
    const entry = waiting.get(data.job);
    if (!entry) return;
    if (data.failure) entry.crowd.failure = data.failure;
    else add(entry.crowd, data.part);
    const whole = count(entry.crowd) + entry.crowd.failed >= MEMBERS;
    if (whole || data.failure) waiting.delete(data.job);
    if (whole) entry.crowd.bands = bands(entry.crowd);
    entry.progress(entry.crowd);
  }

  /** Persons computed so far. */
  function count(crowd) {
    return crowd.gains[Lesson.quantities.CLOCKS[0].name].length;
  }

  function add(crowd, part) {
    const width = crowd.days.length;
    for (let member = 0; member < part.count; member += 1) {
      if (part.status[member] !== 0) {
        crowd.failed += 1;
        continue;
      }
      for (const clock of Lesson.quantities.CLOCKS) {
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
      for (let i = 0; i < crowd.days.length; i += 1) {
        const sorted = Float64Array.from(crowd.gains[name], (values) => values[i]).sort();
        low[i] = quantile(sorted, LOW);
        high[i] = quantile(sorted, HIGH);
      }
      return [name, { low, high }];
    }));
  }

  /** The curve of one person, counted from 0. */
  function person(crowd, clock, which) {
    return crowd.gains[clock.name][Math.min(which, count(crowd) - 1)];
  }

  /** Days within which the middle 90 % of persons have a share of their 12-month gain; NaN where too few ever do. */
  function milestoneSpread(crowd, clock) {
    const found = crowd.gains[clock.name].map((values) => Lesson.milestones.milestone(crowd.days, values).day);
    const sorted = found.filter(Number.isFinite).sort((one, other) => one - other);
    if (sorted.length < 0.9 * found.length) return [NaN, NaN];
    return [quantile(sorted, LOW), quantile(sorted, HIGH)];
  }

  Lesson.crowd = { FAINT, start, ask, drop, count, person, milestoneSpread };
}
