/** Lamps for a table or a bedside. */
import { mix, shaded, tones } from "../kit/colour.ts";
import { form } from "../kit/form.ts";
import { glow, pool } from "../kit/light.ts";
import { onTable, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, n, poly, shape } from "../kit/path.ts";
import { bar, book, rod } from "../kit/solids.ts";
import { boxed, GROUND as G, standing } from "../kit/stage.ts";
import { band, drum, outline, skin } from "../kit/turned.ts";

const LIT = "#fdeec6";

const capLamp: Drawing = (look) => {
  const colour = look.colour("Clay");
  const dome = form(400, G - 268, 0.1, [
    [0, 182, "c"],
    [14, 183],
    [84, 148],
    [136, 78],
    [152, 0, "h"],
  ]);
  return onTable(
    standing(400, G, 100, 300),
    pool(400, G - 262, 168, G - 2, 250),
    drum(400, G, 92, 16, 0.2, colour),
    rod([400, G - 12], [400, G - 270], 22, 22, colour),
    disc(400, G - 264, 176, 20, LIT),
    disc(400, G - 258, 60, 9, "#fffaf0"),
    skin(dome, colour),
    band(dome, 0, 9, shaded(colour, 0.16)),
    rod([400, G - 416], [400, G - 438], 16, 12, colour),
    boxed(500, G + 66, 130, 80, 60),
    book(500, G + 66, 130, 26, 80, colourOf("Slate")),
    book(508, G + 40, 116, 22, 70, colourOf("Oat")),
  );
};

/** A pleated shade: narrow folds that follow the roundness, each with a lit and a shaded side. */
function pleats(x: number, top: number, foot: number, rTop: number, rFoot: number, colour: string): string {
  const t = tones(mix(colour, LIT, 0.16));
  const folds = 17;
  const edge = (i: number): readonly [number, number] => {
    const turn = (Math.PI * i) / folds - Math.PI / 2;
    return [Math.sin(turn), Math.cos(turn)];
  };
  let [light, dark] = ["", ""];
  for (let i = 0; i < folds; i += 1) {
    const [a, b] = [edge(i), edge(i + 0.5)];
    const fold = poly([
      [x + a[0] * rTop, top + a[1] * rTop * 0.1],
      [x + b[0] * rTop, top + b[1] * rTop * 0.1],
      [x + b[0] * rFoot, foot + b[1] * rFoot * 0.1],
      [x + a[0] * rFoot, foot + a[1] * rFoot * 0.1],
    ]);
    if (i < folds * 0.55) light += fold;
    else dark += fold;
  }
  const body = `M${n(x - rTop)} ${n(top)}A${n(rTop)} ${n(rTop * 0.1)} 0 0 0 ${n(x + rTop)} ${n(top)}L${n(x + rFoot)} ${n(foot)}A${n(rFoot)} ${n(rFoot * 0.1)} 0 0 1 ${n(x - rFoot)} ${n(foot)}Z`;
  return (
    disc(x, top, rTop, rTop * 0.1, LIT) +
    shape(body, t.base) +
    shape(light, t.light) +
    shape(dark, t.dark) +
    glow(x, foot - (foot - top) * 0.4, rFoot * 1.15)
  );
}

const pleatedLamp: Drawing = (look) => {
  const colour = look.colour("Indigo");
  const s = look.scale;
  const glaze = "#e6dcc8";
  const base = form(395, G, 0.16, [
    [0, 58 * s, "c"],
    [8 * s, 60 * s, "c"],
    [26 * s, 84 * s],
    [76 * s, 106 * s, "v"],
    [126 * s, 84 * s],
    [158 * s, 40 * s],
    [178 * s, 22 * s],
    [200 * s, 20 * s, "c"],
  ]);
  return onTable(
    standing(395, G, 84 * s, 400 * s),
    skin(base, glaze, "glaze"),
    band(base, 176 * s, 196 * s, colourOf("Brass"), "metal"),
    rod([395, G - 190 * s], [395, G - 226 * s], 10 * s, 10 * s, colourOf("Brass")),
    pleats(395, G - 424 * s, G - 214 * s, 104 * s, 176 * s, colour),
  );
};

const roamLamp: Drawing = (look) => {
  const colour = look.colour("Chalk");
  const cap = form(395, G - 262, 0.12, [
    [0, 124, "c"],
    [12, 126],
    [62, 102],
    [92, 58],
    [102, 0, "h"],
  ]);
  const diffuser = form(395, G - 206, 0.14, [
    [0, 46, "c"],
    [60, 60, "c"],
  ]);
  const stem = form(395, G, 0.18, [
    [0, 88, "c"],
    [10, 86],
    [24, 48],
    [60, 34],
    [150, 32, "v"],
    [206, 46, "c"],
  ]);
  return onTable(
    standing(395, G, 84, 280),
    pool(395, G - 250, 104, G + 4, 220),
    skin(stem, colour),
    glow(395, G - 226, 190),
    shape(outline(diffuser), LIT),
    skin(cap, colour),
    bar(`M395 ${G - 366}c-34-60 46-64 12 0`, 7, colourOf("Brass")),
  );
};

export const tableLamps: Drawings = {
  "cap-table-lamp": capLamp,
  "pleated-table-lamp": pleatedLamp,
  "roam-portable-lamp": roamLamp,
};
