// The honesty box: what the numbers rest on, counted from the tables of the core.
"use strict";
{
  /** What the grades of evidence mean, best first. */
  const GRADES = [
    ["A", "measured in human skin, for this very quantity"],
    ["B", "human skin, indirect"],
    ["C", "animal, in vitro or another tissue"],
    ["D", "expert opinion or a published model"],
    ["assumed", "our own choice"],
  ];

  /** Fills the box from the tables of the core. */
  function fill(tables) {
    const all = tables.parameters;
    const count = (grade) => all.filter((one) => one.grade === grade).length;
    document.getElementById("assumed").textContent = `${count("assumed")} of the ${all.length} numbers in the model of healing (Cicatrix ${tables.version}) are assumed: our own choice, not measured.`;
    const rows = GRADES.map(([grade, meaning]) => [grade, meaning, String(count(grade))]);
    document.getElementById("grades").append(Lesson.element.table("How well the numbers of the model are known", ["Grade", "Meaning", "Numbers"], rows));
    document.getElementById("version").append(`Cicatrix ${tables.version}, a simulation for research and teaching.`);
  }

  Lesson.honesty = { GRADES, fill };
}
