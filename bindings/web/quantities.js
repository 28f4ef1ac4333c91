// The quantities that the page shows, declared once: what they are called, their unit and how they are drawn.
"use strict";
{
  /** The three clocks, one chart each; `gain` is in per cent of untreated skin, else the excess in the unit. */
  const CLOCKS = [
    {
      name: "inflammation", pace: "Days", title: "Inflammation", short: "inflammation", gain: false, unit: "cells/mm³",
      colour: "--inflammation", says: "Defence cells that clean up: more than in untreated skin.",
    },
    {
      name: "collagen_iii", pace: "Weeks", title: "New soft collagen (type III)", short: "soft collagen", gain: true, unit: "%",
      colour: "--matrix", says: "Thin first fibres: gain over untreated skin.",
    },
    {
      name: "collagen_i_mature", pace: "Months", title: "Strong collagen (cross-linked type I)", short: "strong collagen",
      gain: true, unit: "%", colour: "--maturation",
      says: "Thick fibres, their strands tied together: gain over untreated skin.",
    },
  ];
  /** The chain of causes from the wound to the result. */
  const CHAIN = [
    { name: "tgf_beta1_active", label: "Healing signal (TGF-beta1)", says: "comes from the clot and cells of the wound; makes builder cells lay down more" },
    { name: "fibroblasts", label: "Builder cells (fibroblasts)", says: "other signals of the wound (PDGF) make them grow in number; they make fibres" },
    { name: "collagen_iii", label: "Soft collagen (type III)", says: "laid down by builder cells, the more the stronger the signal: thin first fibres", clock: 1 },
    { name: "collagen_i_mature", label: "Strong collagen (type I)", says: "young fibres, some in place of soft ones, once their strands are tied together", clock: 2 },
  ];
  /** What the drawing of the tissue needs besides. */
  const TISSUE = [
    "platelets", "neutrophils", "macrophages_m1", "macrophages_m2", "fibroblasts", "collagen_iii", "collagen_i_immature",
    "collagen_i_mature", "epidermal_cover",
  ];
  const NAMES = [...new Set([...CLOCKS, ...CHAIN].map((one) => one.name).concat(TISSUE))];

  /** A number with few digits and no sign before nothing. */
  function plain(value, digits = 1) {
    const text = Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(digits);
    return Number(text) === 0 ? Number(text).toFixed(0) : text;
  }

  /** A change with its sign and unit, `+13.2 %`. */
  function signed(value, unit) {
    const text = plain(value);
    return `${Number(text) > 0 ? "+" : ""}${text} ${unit}`;
  }

  Lesson.quantities = { CLOCKS, CHAIN, NAMES, plain, signed };
}
