/** Pots and pans, and the colander they are drained into. */
import { lit, shaded } from "../kit/colour.ts";
import { rivet } from "../kit/faceted.ts";
import { form, radiusAt } from "../kit/form.ts";
import { onTableAt, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, line, n, ring, shape } from "../kit/path.ts";
import { leaves } from "../kit/plants.ts";
import { bar } from "../kit/solids.ts";
import { GROUND as G, standing } from "../kit/stage.ts";
import { band, dish, mouth, skin } from "../kit/turned.ts";

const casserole: Drawing = (look) => {
  const colour = look.colour("Clay");
  const s = look.scale;
  const inner = form(395, G, 0.16, [
    [0, 176 * s, "c"],
    [10 * s, 194 * s],
    [50 * s, 216 * s],
    [196 * s, 222 * s, "c"],
  ]);
  const lid = form(395, G - 194 * s, 0.16, [
    [0, 232 * s, "c"],
    [14 * s, 230 * s, "c"],
    [52 * s, 150 * s],
    [70 * s, 70 * s],
    [74 * s, 20 * s, "c"],
  ]);
  const brass = colourOf("Brass");
  const knob = form(395, G - 264 * s, 0.16, [
    [0, 14 * s, "c"],
    [14 * s, 13 * s],
    [26 * s, 36 * s, "v"],
    [40 * s, 30 * s],
    [46 * s, 0, "h"],
  ]);
  const ear = (side: number): string =>
    bar(
      `M${n(395 + side * 206 * s)} ${n(G - 140 * s)}C${n(395 + side * 282 * s)} ${n(G - 160 * s)} ${n(395 + side * 282 * s)} ${n(G - 92 * s)} ${n(395 + side * 206 * s)} ${n(G - 102 * s)}`,
      26 * s,
      colour,
    );
  return onTableAt(
    1.1,
    standing(395, G, 200 * s, 260 * s),
    ear(-1),
    ear(1),
    skin(inner, colour, "glaze"),
    band(inner, 180 * s, 196 * s, shaded(colour, 0.26)),
    disc(395, G - 195 * s, 222 * s, 35.5 * s, shaded(colour, 0.5)),
    skin(lid, colour),
    band(lid, 0, 14 * s, shaded(colour, 0.1)),
    skin(knob, brass, "metal"),
    leaves("a", colourOf("Fern"), 22, [
      [160, G + 92, -14, 90],
      [170, G + 96, -52, 76],
      [158, G + 88, -92, 62],
    ]),
    line(`M120 ${G + 100}L176 ${G + 88}`, "#5b6a45", 5),
  );
};

const saucepan: Drawing = (look) => {
  const copper = colourOf("Copper");
  const iron = colourOf("Iron");
  const s = look.scale;
  const pan = form(330, G, 0.2, [
    [0, 150 * s, "c"],
    [6 * s, 158 * s],
    [176 * s, 160 * s],
    [186 * s, 168 * s, "c"],
  ]);
  const [x, y] = [330 + 158 * s, G - 148 * s];
  const grip = `M${n(x - 8)} ${n(y - 12 * s)}C${n(x + 60 * s)} ${n(y - 40 * s)} ${n(x + 100 * s)} ${n(y - 66 * s)} ${n(x + 220 * s)} ${n(y - 86 * s)}L${n(x + 222 * s)} ${n(y - 62 * s)}C${n(x + 110 * s)} ${n(y - 38 * s)} ${n(x + 60 * s)} ${n(y - 10 * s)} ${n(x - 8)} ${n(y + 24 * s)}Z`;
  return onTableAt(
    1.2,
    standing(330, G, 160 * s, 220 * s),
    shape(grip, iron),
    shape(
      `M${n(x - 8)} ${n(y - 12 * s)}C${n(x + 60 * s)} ${n(y - 40 * s)} ${n(x + 100 * s)} ${n(y - 66 * s)} ${n(x + 220 * s)} ${n(y - 86 * s)}V${n(y - 79 * s)}C${n(x + 100 * s)} ${n(y - 56 * s)} ${n(x + 60 * s)} ${n(y - 30 * s)} ${n(x - 8)} ${n(y - 2 * s)}Z`,
      lit(iron, 0.3),
    ),
    ring(x + 206 * s, y - 74 * s, 16 * s, 15 * s, iron, 9 * s),
    skin(pan, copper, "metal"),
    mouth(pan, colourOf("Steel"), 7 * s),
    disc(330, G - 170 * s, 148 * s, 22 * s, shaded(colourOf("Steel"), 0.08), `opacity=".6"`),
    rivet(330 + 138 * s, G - 146 * s, 8 * s, copper),
    rivet(330 + 148 * s, G - 122 * s, 8 * s, copper),
    garlic(560, G + 62),
  );
};

function garlic(x: number, y: number): string {
  const c = "#ece2d2";
  return (
    standing(x, y, 50, 60) +
    shape(
      `M${x} ${y - 92}C${x + 6} ${y - 62} ${x + 58} ${y - 58} ${x + 54} ${y - 22}C${x + 50} ${y + 4} ${x + 18} ${y + 4} ${x} ${y + 2}C${x - 18} ${y + 4} ${x - 50} ${y + 4} ${x - 54} ${y - 22}C${x - 58} ${y - 58} ${x - 6} ${y - 62} ${x} ${y - 92}Z`,
      c,
    ) +
    shape(
      `M${x} ${y - 92}C${x + 6} ${y - 62} ${x + 58} ${y - 58} ${x + 54} ${y - 22}C${x + 50} ${y + 4} ${x + 30} ${y + 4} ${x + 22} ${y + 2}C${x + 40} ${y - 30} ${x + 10} ${y - 50} ${x} ${y - 92}Z`,
      shaded(c, 0.2),
    ) +
    line(
      `M${x - 2} ${y - 70}C${x - 30} ${y - 40} ${x - 28} ${y - 14} ${x - 18} ${y}M${x} ${y - 70}C${x + 8} ${y - 40} ${x + 4} ${y - 14} ${x + 2} ${y}`,
      "#b99aa0",
      2.5,
    )
  );
}

const colander: Drawing = (look) => {
  const colour = look.colour("Chalk");
  const rim = colourOf("Ink");
  const foot = form(395, G, 0.2, [
    [0, 112, "c"],
    [26, 96, "c"],
  ]);
  const bowl = form(395, G - 20, 0.24, [
    [0, 92, "c"],
    [20, 134],
    [80, 202],
    [176, 242, "c"],
  ]);
  let holes = "";
  for (const [row, h] of [54, 84, 114, 142].entries()) {
    const r = radiusAt(bowl, h);
    for (let i = -6; i <= 6; i += 1) {
      const turn = (i + (row % 2) * 0.5) * 0.235;
      if (Math.abs(turn) > 1.2) continue;
      holes += disc(
        395 + r * Math.sin(turn),
        G - 20 - h + 0.2 * r * Math.cos(turn),
        7.5 * Math.cos(turn) + 0.6,
        7.5,
        shaded(colour, 0.56),
      );
    }
  }
  const ear = (side: number): string =>
    bar(
      `M${395 + side * 216} ${G - 178}C${395 + side * 300} ${G - 206} ${395 + side * 300} ${G - 126} ${395 + side * 206} ${G - 134}`,
      16,
      rim,
    );
  return onTableAt(
    1.08,
    standing(395, G, 130, 220),
    ear(-1),
    ear(1),
    skin(foot, shaded(colour, 0.06)),
    skin(bowl, colour, "glaze"),
    holes,
    band(bowl, 164, 176, rim),
    dish(bowl, colour, 7),
    ring(395, G - 196, 240, 57, rim, 6),
  );
};

export const pans: Drawings = {
  "cast-iron-casserole": casserole,
  "copper-saucepan": saucepan,
  "enamel-colander": colander,
};
