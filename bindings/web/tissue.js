// The tissue cross-section: a drawing made from the state on the chosen day, never a picture drawn beforehand.
"use strict";
{
  const { svg } = Lesson.element;
  const { at } = Lesson.milestones;
  const { plain } = Lesson.quantities;
  const WIDTH = 480;
  const HEIGHT = 330;
  const TOP = 34; // surface of the skin
  const DERMIS = 74; // top of the dermis
  const FIBRE = 0.005; // collagen that one line stands for, as a share of all collagen of young skin
  const CHANNELS = [90, 240, 390]; // where the needles went in
  const DEEPEST = 2.5; // mm; a channel as deep as the longest needle goes through the whole drawing
  const SPREAD = 62; // how far from a channel what a session calls up is drawn

  /** The kinds of fibres, thin to thick; a `wave` bends them. */
  const FIBRES = [
    { name: "collagen_iii", mark: "soft", label: "soft collagen (III): thin, wavy", wave: 5, long: 44, slope: 1.2 },
    { name: "collagen_i_immature", mark: "young", label: "young collagen I: dashed", wave: 1.5, long: 50, slope: 0.5 },
    { name: "collagen_i_mature", mark: "strong", label: "strong collagen I: thick, aligned", wave: 0.8, long: 64, slope: 0.12 },
  ];
  /** The kinds of cells; one mark stands for `cells` per mm3, and a state of 1 for `whole` per mm3. */
  const CELLS = [
    { name: "neutrophils", mark: "neutrophil", plural: "neutrophils", shape: "dots", cells: 5, whole: 1000, near: true },
    { name: "macrophages_m1", mark: "cleaner", plural: "macrophages M1", shape: "stars", cells: 5, whole: 500, near: true },
    { name: "macrophages_m2", mark: "repairer", plural: "macrophages M2", shape: "squares", cells: 5, whole: 500, near: true },
    { name: "fibroblasts", mark: "builder", plural: "fibroblasts", shape: "spindles", cells: 120, whole: 3000, near: false },
  ];

  /** A number between 0 and 1 that is always the same for the same place and purpose. */
  function fixed(index, purpose) {
    let bits = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(purpose + 1, 0x85ebca6b);
    bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
    bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
    return ((bits ^ (bits >>> 15)) >>> 0) / 2 ** 32;
  }

  function spot(index, near, margin) {
    const depth = DERMIS + 14 + fixed(index, 2) * (HEIGHT - DERMIS - 24);
    if (!near) return [margin + fixed(index, 1) * (WIDTH - 2 * margin), depth];
    const beside = (fixed(index, 3) + fixed(index, 4) - 1) * SPREAD;
    return [CHANNELS[index % CHANNELS.length] + beside, depth];
  }

  /** One fibre as a path; `share` below 1 shortens the last one. */
  function fibre(kind, index, added, share) {
    const [x, y] = spot(index + 2000 * FIBRES.indexOf(kind) + (added ? 8000 : 0), added, 8);
    const tilt = (fixed(index, 5) - 0.5) * kind.slope;
    const long = kind.long * share;
    const bend = (part) => y + tilt * long * (part - 0.5) + share * kind.wave * (Math.round(part * 4) % 2 ? 1 : -1);
    let path = `M${(x - long / 2).toFixed(1)} ${bend(0).toFixed(1)}`;
    for (let part = 1; part <= 4; part += 1) {
      const from = x - long / 2 + (long * (part - 0.5)) / 4;
      path += `S${from.toFixed(1)} ${bend(part / 4).toFixed(1)} ${(from + long / 8).toFixed(1)} ${bend(part / 4).toFixed(1)}`;
    }
    return path;
  }

  function fibres(kind, amount, added) {
    const count = Math.max(amount, 0) / FIBRE;
    let path = "";
    for (let i = 0; i < count; i += 1) path += fibre(kind, i, added, Math.min(count - i, 1));
    return svg("path", { d: path, class: `fibre ${kind.mark} ${added ? "added" : "old"}` });
  }

  function cellShape(mark, x, y) {
    if (mark === "neutrophil") return `M${x - 2.5} ${y}a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0`;
    if (mark === "cleaner") {
      const point = (k) => {
        const far = k % 2 ? 2.6 : 6;
        return `${(x + far * Math.sin((k * Math.PI) / 6)).toFixed(1)} ${(y - far * Math.cos((k * Math.PI) / 6)).toFixed(1)}`;
      };
      return `M${Array.from({ length: 12 }, (_, k) => point(k)).join("L")}Z`;
    }
    if (mark === "repairer") return `M${x - 4} ${y - 4}h8v8h-8Z`;
    return `M${x - 11} ${y}Q${x} ${y - 5} ${x + 11} ${y}Q${x} ${y + 5} ${x - 11} ${y}Z`;
  }

  function cells(kind, amount) {
    const count = Math.round((Math.max(amount, 0) * kind.whole) / kind.cells);
    let path = "";
    for (let i = 0; i < count; i += 1) {
      const [x, y] = spot(i + 2000 * (CELLS.indexOf(kind) + 8), kind.near, 14);
      path += cellShape(kind.mark, Math.round(x), Math.round(y));
    }
    return svg("path", { d: path, class: `cell ${kind.mark}` });
  }

  /** How far the channels of the last session are still open and filled with clot, 0 to 1; null before the first. */
  function channelState(course, day) {
    const session = course.sessions.filter((one) => one.day <= day).pop();
    if (!session) return null;
    const since = session.day;
    if (day - since < 0.02) return { open: 1, clot: 0, needle: true, session };
    const share = (values) => {
      const highest = values.reduce((most, value, i) => (course.days[i] >= since && course.days[i] <= since + 14 ? Math.max(most, value) : most), 0);
      return highest > 0 ? Math.min(Math.max(at(course.days, values, day) / highest, 0), 1) : 0;
    };
    const gap = course.treated.epidermal_cover.map((cover, i) => course.untreated.epidermal_cover[i] - cover);
    return { open: share(gap), clot: share(course.treated.platelets), needle: false, session };
  }

  function channels(course, day) {
    const state = channelState(course, day);
    const group = svg("g", { class: "channels" });
    if (!state || (state.open < 0.01 && state.clot < 0.01)) return group;
    const deep = TOP + Math.min(state.session.depth / DEEPEST, 1) * (HEIGHT - TOP - 20);
    for (const x of CHANNELS) {
      const wide = state.needle ? 6 : 1 + 5 * state.open;
      group.append(svg("path", { class: state.needle ? "needle" : "channel", d: `M${x - wide} ${TOP}L${x} ${deep}L${x + wide} ${TOP}Z` }));
      if (state.needle) group.append(svg("rect", { class: "needle", x: x - 6, y: 4, width: 12, height: TOP - 4 }));
      else if (state.clot > 0.01) {
        const filled = TOP + (deep - TOP) * (1 - state.clot);
        const rest = (wide * (deep - filled)) / (deep - TOP);
        group.append(svg("path", { class: "clot", d: `M${x - rest} ${filled}L${x} ${deep}L${x + rest} ${filled}Z` }));
      }
    }
    return group;
  }

  function layers() {
    return svg("g", {},
      svg("rect", { class: "dermis", x: 0, y: DERMIS, width: WIDTH, height: HEIGHT - DERMIS }),
      svg("rect", { class: "epidermis", x: 0, y: TOP, width: WIDTH, height: DERMIS - TOP }),
      svg("rect", { class: "horny", x: 0, y: TOP - 5, width: WIDTH, height: 7 }));
  }

  function name(text, y) {
    return svg("text", { x: 8, y, class: "layer-name" }, text);
  }

  /** Draws the tissue of a course on a day into an element of the page. */
  function draw(box, course, day, title) {
    const amount = (group, kind) => at(course.days, course[group][kind.name], day);
    const old = FIBRES.map((kind) => fibres(kind, Math.min(amount("untreated", kind), amount("treated", kind)), false));
    const added = FIBRES.map((kind) => fibres(kind, amount("treated", kind) - amount("untreated", kind), true));
    box.replaceChildren(svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": `${title}. ${words(course, day)}` },
      layers(), ...old.reverse(), ...added.reverse(), channels(course, day),
      ...CELLS.map((kind) => cells(kind, amount("treated", kind))),
      name("epidermis (outer layer)", TOP + 25), name("dermis (fibre layer)", HEIGHT - 10)));
  }

  /** What the drawing shows, in words. */
  function words(course, day) {
    const when = day < 0 ? "The day before" : `Day ${day}`;
    const lines = (group, kind) => at(course.days, course[group][kind.name], day) / FIBRE;
    const told = FIBRES.map((kind) => {
      const more = lines("treated", kind) - lines("untreated", kind);
      const change = more >= 0.05 ? `${plain(more)} of them added` : more <= -0.05 ? `${plain(-more)} destroyed` : "none added";
      return `${plain(lines("treated", kind), 0)} ${kind.mark} fibres (${change})`;
    });
    const state = channelState(course, day);
    const open = !state ? "No channel yet." : state.open < 0.005 ? "The channels are closed." : state.needle ? `The needles go in, ${plain(state.session.depth)} mm deep on average.` : `${plain(100 * state.open, 0)} % of the channel mouths are still open.`;
    const inflamed = at(course.days, course.treated.inflammation, day);
    return `${when}: ${told.join(", ")}. ${open} ${plain(inflamed, 0)} inflammation cells per mm³.`;
  }

  function sample(content, className) {
    return svg("svg", { viewBox: "0 0 60 18", class: "sample", "aria-hidden": "true" }, svg("path", { d: content, class: className }));
  }

  /** The legend: every mark with what it stands for. */
  function legend(list) {
    const { html } = Lesson.element;
    for (const kind of FIBRES) {
      const wave = kind.wave > 3 ? "M2 9q7 -9 14 0t14 0t14 0t14 0" : "M2 9H58";
      list.append(html("li", {}, sample(wave, `fibre ${kind.mark} added`), kind.label));
    }
    for (const kind of CELLS) {
      list.append(html("li", {}, sample([15, 45].map((x) => cellShape(kind.mark, x, 9)).join(""), `cell ${kind.mark}`), `${kind.plural}: ${kind.shape}`));
    }
  }

  /** How many cells a mark stands for, and how much collagen a line, in words. */
  function measures() {
    const told = CELLS.map((kind) => `${kind.cells} ${kind.plural}`);
    const cells = `One mark stands for ${told.slice(0, -1).join(", ")} or ${told[told.length - 1]} per mm\u00b3.`;
    return { cells, fibres: `One line of collagen: ${plain(100 * FIBRE)} % of all collagen of young skin.` };
  }

  Lesson.tissue = { CELLS, draw, words, legend, measures };
}
