// The controls of a plan: a slider or a choice for each field, and what it says.
"use strict";
{
  const { html } = Lesson.element;
  const { FIELDS, valueText } = Lesson.plan;

  function rangeField(field, name, change) {
    const id = `${name}-${field.key}`;
    const output = html("output", { for: id, id: `${id}-value` });
    const input = html("input", {
      type: "range", id, min: field.low, max: field.high, step: field.step, "aria-describedby": `${id}-hint`,
      oninput: () => change(field.key, Number(input.value)),
    });
    return html("div", { class: "field" },
      html("label", { for: id }, field.label), output, input, html("p", { class: "hint", id: `${id}-hint` }, field.hint));
  }

  function choiceField(field, name, change) {
    const radio = (choice) => {
      const input = html("input", {
        type: "radio", name: `${name}-${field.key}`, value: choice, id: `${name}-${field.key}-${choice}`,
        onchange: () => change(field.key, choice),
      });
      return html("label", { for: input.id, class: "choice" }, input, choice);
    };
    return html("fieldset", { class: "field" },
      html("legend", {}, field.label), html("div", { class: "choices" }, ...field.choices.map(radio)),
      html("p", { class: "hint" }, field.hint));
  }

  /** Fills a fieldset with the controls of plan `name`, "a" or "b"; `change` is given the key and the new value. */
  function make(box, name, change) {
    for (const field of FIELDS) box.append((field.choices ? choiceField : rangeField)(field, name, change));
  }

  /** Shows a plan in the controls. */
  function show(name, plan) {
    for (const field of FIELDS) {
      const value = plan[field.key];
      if (field.choices) {
        document.getElementById(`${name}-${field.key}-${value}`).checked = true;
        continue;
      }
      const input = document.getElementById(`${name}-${field.key}`);
      const text = valueText(field, value);
      input.value = value;
      input.disabled = field.key === "interval" && plan.sessions === 1;
      input.setAttribute("aria-valuetext", input.disabled ? "none, as there is one session" : text);
      document.getElementById(`${name}-${field.key}-value`).textContent = input.disabled ? "-" : text;
    }
  }

  Lesson.controls = { make, show };
}
