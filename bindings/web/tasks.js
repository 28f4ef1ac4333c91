// Three tasks for a class: each ticks itself once it is done on the page.
"use strict";
{
  const { html } = Lesson.element;
  const { shown, peak } = Lesson.milestones;
  const [INFLAMMATION] = Lesson.quantities.CLOCKS;
  const NEAR = 1; // d from the peak that count as found
  const LATE = 360; // d that count as the end of the year

  const seen = new Set();

  /** What is to be done, and when it is: each is given the view of the page and what has happened so far. */
  const TASKS = [
    {
      key: "clocks",
      text: "Move the time slider to the day on which inflammation is highest, then to the end of the year. Which curve is still rising there?",
      done: () => seen.has("peak") && seen.has("late"),
    },
    {
      key: "predict",
      text: "Draw a guess under \"Predict first\" and reveal the model. Were you too early or too late?",
      done: () => seen.has("revealed"),
    },
    {
      key: "persons",
      text: "Compare plan A with a plan B that has another needle length, and show 200 persons. Do people differ more, or plans?",
      done: (view) => Boolean(view.b && view.a.plan.needle !== view.b.plan.needle && view.crowds.a && view.crowds.a.bands),
    },
  ];

  /** Makes the list of tasks. */
  function make() {
    document.getElementById("task-list").append(...TASKS.map((task) => {
      const box = html("input", { type: "checkbox", id: `task-${task.key}` });
      return html("li", {}, html("label", { class: "choice", for: box.id }, box, task.text), html("p", { class: "answer-line" }, "Answer:"));
    }));
  }

  /** Notes what has happened and ticks the tasks that are done by now. */
  function check(view, event = "") {
    if (event) seen.add(event);
    if (event === "moved") {
      const top = peak(view.a.days, shown(view.a, INFLAMMATION));
      if (Math.abs(view.day - top.day) <= NEAR) seen.add("peak");
      if (view.day >= LATE) seen.add("late");
    }
    for (const task of TASKS) {
      const box = document.getElementById(`task-${task.key}`);
      if (box.checked || !task.done(view)) continue;
      box.checked = true;
      Lesson.looks.say("A task is done and ticked.");
    }
  }

  /** Takes every tick away. */
  function reset() {
    seen.clear();
    document.querySelectorAll("#task-list input").forEach((box) => { box.checked = false; });
  }

  Lesson.tasks = { make, check, reset };
}
