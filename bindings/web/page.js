// The page: one state, what is drawn from it, and what each control does to it.
"use strict";
{
  const { html, table } = Lesson.element;
  const { CLOCKS } = Lesson.quantities;
  const by = (id) => document.getElementById(id);

  let core = null;
  let started = false; // true once all is made and may be used
  let state = null;
  let view = null;
  let drawing = 0; // the frame that is asked for
  let following = 0; // the frame behind which the rest is drawn
  let change = null; // {plan, key, before}: the control that is being moved, and the plan before
  let crowds = { a: null, b: null };
  let settled = 0;
  let added = false; // plan B, and nothing has been said of it
  const SETTLE = 250; // ms without a change before persons are computed again

  function makePanels() {
    for (const clock of CLOCKS) {
      by("panels").append(html("section", { class: "panel", id: `panel-${clock.name}`, "aria-labelledby": `title-${clock.name}` },
        html("h3", { id: `title-${clock.name}`, class: clock.name }, `${clock.pace}: ${clock.title}`, html("span", { class: "unit" }, `, ${clock.unit}`)),
        html("p", { class: "hint" }, clock.says, " ", html("span", { id: `dip-${clock.name}` })),
        html("div", { class: "chart", id: `chart-${clock.name}`, role: "img" })));
      by("tables").append(html("p", { id: `words-${clock.name}` }), html("div", { id: `table-${clock.name}`, class: "wide", tabindex: 0, role: "region", "aria-label": `Table: ${clock.title}` }));
    }
  }

  /** Draws everything from the state; courses are computed where they are not known. */
  function draw() {
    drawing = 0;
    const course = (plan) => (plan ? Lesson.simulation.course(plan) : null);
    view = { a: course(state.a), b: course(state.b), day: state.day, crowds, person: state.people ? state.person : 0 };
    Lesson.charts.draw(view);
    if (!started) performance.mark("lesson-curves");
    // What is read later than curves comes after the next frame, so that curves stand at once.
    if (!following) following = requestAnimationFrame(() => setTimeout(guarded(drawRest), 0));
  }

  function drawRest() {
    following = 0;
    if (!started) beginRest();
    if (change) showChange();
    drawDay();
    Lesson.predict.follow(view.a);
    drawText();
  }

  function drawText() {
    Lesson.controls.show("a", state.a);
    by("answer").textContent = `${view.b ? "Plan A: " : ""}${Lesson.sentences.answer(view.a)}`;
    by("told").textContent = `Plan A: ${Lesson.plan.told(state.a)}.${state.b ? ` Plan B: ${Lesson.plan.told(state.b)}.` : ""}`;
    by("answer-b").hidden = by("comparison").hidden = !view.b;
    drawKey();
    by("plan-b").hidden = by("tissue-figure-b").hidden = by("tissue-name-a").hidden = !view.b;
    by("plan-a").parentElement.classList.toggle("two", Boolean(view.b));
    by("plan-title").textContent = view.b ? "Your plans" : "Your plan";
    by("add-b").textContent = view.b ? "Remove plan B" : "Add plan B to compare";
    if (view.b) {
      Lesson.controls.show("b", state.b);
      by("answer-b").textContent = `Plan B: ${Lesson.sentences.answer(view.b)}`;
      by("comparison").textContent = Lesson.sentences.comparison(view.a, view.b, crowds);
      if (added) Lesson.looks.say(by("comparison").textContent);
      added = false;
    }
    showPeople();
    for (const clock of CLOCKS) {
      const words = Lesson.sentences.chartText(clock, view);
      by(`chart-${clock.name}`).setAttribute("aria-label", words);
      by(`words-${clock.name}`).textContent = words;
      by(`dip-${clock.name}`).textContent = Lesson.sentences.dipText(clock, view);
      by(`table-${clock.name}`).replaceChildren(table(`${clock.title}: ${clock.gain ? "gain over untreated skin" : "more than in untreated skin"}`,
        Lesson.sentences.chartHeads(clock, view), Lesson.sentences.chartRows(clock, view)));
    }
    remember();
    Lesson.tasks.check(view);
    if (!document.documentElement.dataset.ready) performance.mark("lesson-ready");
    document.documentElement.dataset.ready = "yes";
  }

  /** What the lines and shades in the charts stand for; nothing needs telling where there is one curve alone. */
  function drawKey() {
    const persons = ["a", "b"].some((plan) => view[plan] && crowds[plan] && crowds[plan].bands);
    by("key").hidden = !view.b && !persons;
    by("key-b").hidden = !view.b;
    by("key-shade").textContent = persons ? "shaded: 5-95 % of persons" : "shaded: the difference";
    by("key-person").hidden = !persons;
    by("key-line").className = view.person ? "line-one" : "line-some";
    by("key-who").textContent = view.person ? `person ${view.person}` : `thin: persons 1 to ${Lesson.crowd.FAINT}, one by one`;
  }

  function drawDay() {
    by("day-value").textContent = Lesson.timescale.spokenDay(state.day);
    by("caption").textContent = `${view.b ? "Plan A. " : ""}${Lesson.timeline.caption(view.a, state.day)}`;
    by("caption-b").hidden = !view.b;
    by("caption-b").textContent = view.b ? `Plan B. ${Lesson.timeline.caption(view.b, state.day)}` : "";
    Lesson.tissue.draw(by("tissue-a"), view.a, state.day, view.b ? "Skin under plan A" : "Skin");
    if (view.b) Lesson.tissue.draw(by("tissue-b"), view.b, state.day, "Skin under plan B");
    by("tissue-words").textContent = `${view.b ? "Plan A. " : ""}${Lesson.tissue.words(view.a, state.day)}${view.b ? ` Plan B. ${Lesson.tissue.words(view.b, state.day)}` : ""}`;
  }

  function remember() {
    Lesson.share.remember(state);
    by("link").value = location.href.replace(/#.*/, "") + Lesson.share.toHash(state);
  }

  let remembering = 0;
  function onDay(day) {
    state.day = day;
    view.day = day;
    Lesson.charts.move(day);
    drawDay();
    Lesson.looks.say(by("caption").textContent);
    Lesson.tasks.check(view, "moved");
    clearTimeout(remembering);
    remembering = setTimeout(remember, SETTLE);
  }

  /** Draws in the next frame, once for all changes until then. */
  function soon() {
    if (!drawing) drawing = requestAnimationFrame(guarded(draw));
  }

  function showChange() {
    const before = Lesson.simulation.course(change.before);
    const said = Lesson.causes.show(before, view[change.plan], change.plan.toUpperCase(), (day, link) => {
      Lesson.timeline.go(day);
      Lesson.causes.placeOf(link).scrollIntoView({ block: "nearest", behavior: Lesson.looks.calm() ? "auto" : "smooth" });
    });
    if (said) Lesson.looks.say(said);
  }

  function onField(plan, key, value) {
    report("");
    if (!change || change.plan !== plan || change.key !== key) change = { plan, key, before: { ...state[plan] } };
    state[plan] = { ...state[plan], [key]: value };
    Lesson.controls.show(plan, state[plan]);
    changed(plan);
  }

  /** Forgets the crowds of the plans named, and what was about to ask for them; another is kept if it is whole. */
  function dropCrowds(...plans) {
    clearTimeout(settled);
    const kept = (name) => (!plans.includes(name) && crowds[name] && crowds[name].bands ? crowds[name] : null);
    crowds = { a: kept("a"), b: kept("b") };
    Lesson.crowd.drop();
  }

  function changed(plan) {
    dropCrowds(plan);
    if (state.people) settled = setTimeout(askPeople, SETTLE);
    soon();
  }

  /** Asks for the persons of each plan that has none and is not asked for yet. */
  function askPeople() {
    if (!state.people) return;
    for (const plan of ["a", "b"]) {
      if (!state[plan] || crowds[plan]) continue;
      crowds = { ...crowds, [plan]: Lesson.crowd.ask(state[plan], (crowd) => (crowd.bands ? soon() : showPeople())) };
    }
    showPeople();
  }

  function showPeople() {
    by("people").setAttribute("aria-pressed", String(state.people));
    by("person").disabled = !state.people;
    by("person").value = state.person;
    const told = ["a", "b"].filter((plan) => state.people && crowds[plan]).map((plan) => Lesson.sentences.crowdText(crowds[plan], plan.toUpperCase(), state.person));
    const text = told.join(" ");
    if (by("people-told").textContent === text) return;
    by("people-told").textContent = text;
    if (text && ["a", "b"].every((plan) => !crowds[plan] || crowds[plan].bands || crowds[plan].failure)) Lesson.looks.say(text);
  }

  function togglePeople() {
    state.people = !state.people;
    dropCrowds("a", "b");
    askPeople();
    soon();
  }

  function setB(plan) {
    state.b = plan;
    added = Boolean(plan);
    change = null;
    dropCrowds("b");
    askPeople();
    soon();
  }

  function onReveal() {
    const plan = Lesson.predict.asked(state.a);
    setB(plan);
    Lesson.looks.say(Lesson.predict.reveal(Lesson.simulation.course(plan)));
    Lesson.tasks.check(view, "revealed");
  }

  async function onCopy() {
    remember();
    const copied = await Lesson.share.copy(by("link").value);
    if (!copied) by("link").select();
    by("copy").textContent = copied ? "Link copied" : "Press Ctrl+C to copy";
    Lesson.looks.say(by("copy").textContent);
  }

  function take(found) {
    state = found.state;
    change = null;
    dropCrowds("a", "b");
    Lesson.timeline.go(state.day, true);
    if (started) askPeople();
    report(found.problem && `The link could not be read whole, shown is the usual value instead. ${found.problem}`);
    soon();
  }

  function reset() {
    Lesson.tasks.reset();
    Lesson.predict.begin(view.a);
    Lesson.causes.show(view.a, view.a, "A");
    by("copy").textContent = "Copy link";
    take({ state: Lesson.share.start(), problem: "" });
    Lesson.looks.say("Everything is as at the start.");
  }

  function report(text) {
    by("problem").hidden = !text;
    by("problem").textContent = text || "";
  }

  /** Shows what goes wrong in a step, rather than leaving an old picture under a new plan. */
  function guarded(step) {
    return (...given) => {
      try {
        return step(...given);
      } catch (problem) {
        report(`The model could not compute this plan: ${problem.message}`);
        throw problem;
      }
    };
  }

  function connect() {
    Lesson.controls.make(by("plan-a"), "a", guarded((key, value) => onField("a", key, value)));
    Lesson.controls.make(by("plan-b"), "b", guarded((key, value) => onField("b", key, value)));
    by("add-b").addEventListener("click", guarded(() => setB(state.b ? null : { ...state.a })));
    by("people").addEventListener("click", togglePeople);
    by("person").append(...Array.from({ length: Lesson.crowd.FAINT + 1 }, (_, i) => html("option", { value: i }, i ? `person ${i}` : "none")));
    by("person").addEventListener("change", () => { state.person = Number(by("person").value); soon(); });
    by("theme").append(...Object.entries(Lesson.looks.THEMES).map(([value, text]) => html("option", { value }, text)));
    by("theme").addEventListener("change", () => Lesson.looks.use(by("theme").value));
    by("reset").addEventListener("click", reset);
    by("print").addEventListener("click", () => window.print());
    by("copy").addEventListener("click", onCopy);
    window.addEventListener("hashchange", () => {
      if (location.hash !== Lesson.share.toHash(state)) take(Lesson.share.fromHash(location.hash));
    });
  }

  async function bytesOfCore() {
    const text = by("core-bytes").textContent.trim();
    const letters = atob(text);
    const packed = new Uint8Array(letters.length);
    for (let i = 0; i < packed.length; i += 1) packed[i] = letters.charCodeAt(i);
    const open = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(open).arrayBuffer());
  }

  async function begin() {
    Lesson.looks.use("auto");
    makePanels();
    Lesson.tissue.legend(by("legend"));
    by("line-measure").textContent = Lesson.tissue.measures().fibres;
    by("mark-measure").textContent = Lesson.tissue.measures().cells;
    Lesson.timeline.make(onDay);
    Lesson.tasks.make();
    connect();
    core = await Cicatrix.load(await bytesOfCore());
    Lesson.simulation.use(core);
    Lesson.charts.make((day) => Lesson.timeline.go(day));
    take(Lesson.share.fromHash(location.hash));
  }

  /** Makes what can wait until the first curves stand. */
  function beginRest() {
    started = true;
    Lesson.honesty.fill(core.tables());
    Lesson.predict.make(view.a, () => Lesson.predict.go(view.a), () => Lesson.predict.begin(view.a), guarded(onReveal));
    Lesson.crowd.start(core.module);
    if (state.people) askPeople();
    by("lesson").inert = false;
  }

  begin().catch((problem) => {
    by("lesson").inert = false;
    report(`The page could not be started: ${problem.message}. A browser of 2023 or later is needed.`);
    throw problem;
  });
}
