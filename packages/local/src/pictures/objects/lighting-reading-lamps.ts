/** Lamps to read by, at the desk and beside a chair. */
import { lit, mix, shaded, tones } from "../kit/colour.ts";
import { form } from "../kit/form.ts";
import { glow, pool } from "../kit/light.ts";
import { onTableAt, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, line } from "../kit/path.ts";
import { sprig } from "../kit/plants.ts";
import { book, rod } from "../kit/solids.ts";
import { GROUND as G, standing } from "../kit/stage.ts";
import { drum, mouth, skin } from "../kit/turned.ts";

const LIT = "#fdeec6";

const deskLamp: Drawing = (look) => {
  const colour = look.colour("Ink");
  const metal = look.option("finish") === "Brass" ? "metal" : "matte";
  const t = tones(colour);
  const joint = (x: number, y: number, r: number): string =>
    disc(x, y, r, r, t.dark) +
    disc(x - 2, y - 2, r * 0.72, r * 0.72, colourOf("Brass")) +
    disc(x - 3, y - 4, r * 0.26, r * 0.26, lit(colourOf("Brass"), 0.6));
  const head = form(0, 0, 0.2, [
    [0, 96, "c"],
    [40, 84],
    [84, 44],
    [100, 34, "c"],
    [140, 32],
    [152, 20, "c"],
    [156, 0, "c"],
  ]);
  return onTableAt(
    1.12,
    standing(500, G, 110, 300),
    pool(234, G - 328, 82, G + 22, 176, 74),
    drum(500, G, 104, 26, 0.22, colour, metal),
    rod([500, G - 26], [500, G - 62], 30, 24, colour),
    rod([492, G - 60], [594, G - 290], 13, 13, colour),
    rod([516, G - 60], [618, G - 290], 13, 13, colour),
    line(`M520 ${G - 112}l30-68`, t.deep, 9, `stroke-dasharray="3 4"`),
    rod([600, G - 302], [312, G - 452], 13, 13, colour),
    rod([612, G - 278], [324, G - 428], 13, 13, colour),
    joint(504, G - 62, 18),
    joint(606, G - 290, 22),
    `<g transform="translate(236 ${G - 334})rotate(24)">`,
    disc(0, 4, 92, 18, LIT),
    disc(0, 4, 34, 12, "#fffaf0"),
    skin(head, colour, metal),
    "</g>",
    joint(316, G - 440, 18),
    book(150, G + 40, 150, 22, 80, colourOf("Rose")),
  );
};

const floorLamp: Drawing = (look) => {
  const wood = look.colour("Oak");
  const foot = G + 70;
  const shade = form(420, foot - 596, 0.08, [
    [0, 156, "c"],
    [172, 132, "c"],
  ]);
  const pot = form(170, foot + 10, 0.18, [
    [0, 50, "c"],
    [96, 70, "c"],
  ]);
  return onTableAt(
    0.95,
    standing(420, foot - 10, 150, 300),
    rod([420, foot - 470], [470, foot - 30], 16, 9, shaded(wood, 0.2)),
    rod([414, foot - 470], [280, foot + 6], 18, 10, wood),
    rod([428, foot - 470], [566, foot + 14], 18, 10, wood),
    rod([420, foot - 520], [420, foot - 598], 12, 12, colourOf("Brass")),
    drum(420, foot - 462, 40, 40, 0.14, wood),
    line(`M362 ${foot - 596}v96`, colourOf("Brass"), 3),
    disc(362, foot - 498, 6, 8, colourOf("Brass")),
    skin(shade, mix(colourOf("Linen"), LIT, 0.5)),
    disc(420, foot - 768, 132, 10.5, LIT),
    glow(420, foot - 660, 250),
    standing(170, foot + 10, 56, 220),
    skin(pot, "#d9cdb8"),
    mouth(pot, "#6a5138", 7),
    sprig({
      id: "a",
      from: [170, foot - 86],
      via: [168, foot - 200],
      to: [226, foot - 318],
      pairs: 4,
      size: 104,
      fat: 34,
      colour: colourOf("Fern"),
      stem: "#4b5b3e",
      bare: 0.22,
    }),
    sprig({
      id: "b",
      from: [168, foot - 86],
      via: [150, foot - 170],
      to: [92, foot - 250],
      pairs: 3,
      size: 96,
      fat: 34,
      colour: colourOf("Leaf"),
      stem: "#4b5b3e",
      bare: 0.3,
    }),
  );
};

export const readingLamps: Drawings = {
  "reach-desk-lamp": deskLamp,
  "tripod-floor-lamp": floorLamp,
};
