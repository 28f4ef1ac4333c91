// Making elements: HTML and SVG by name, attributes and children.
"use strict";
{
  const SVG = "http://www.w3.org/2000/svg";

  function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value !== false && value !== null) node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children);
    return node;
  }

  /** An HTML element; attributes that begin with "on" are listeners. */
  function html(name, attributes = {}, ...children) {
    return fill(document.createElement(name), attributes, children);
  }

  /** An SVG element. */
  function svg(name, attributes = {}, ...children) {
    return fill(document.createElementNS(SVG, name), attributes, children);
  }

  /** A table with a caption, column heads and rows whose first cell is a head. */
  function table(caption, heads, rows) {
    return html("table", {},
      html("caption", {}, caption),
      html("thead", {}, html("tr", {}, ...heads.map((head) => html("th", { scope: "col" }, head)))),
      html("tbody", {}, ...rows.map(([first, ...cells]) =>
        html("tr", {}, html("th", { scope: "row" }, first), ...cells.map((cell) => html("td", {}, cell))))));
  }

  Lesson.element = { html, svg, table };
}
