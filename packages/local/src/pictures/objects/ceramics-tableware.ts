/** Cups, plates, bowls and pots for the table. */
import { lit, shaded, tones } from "../kit/colour.ts";
import { onTable, onTableAt, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, group, n, ring, shape } from "../kit/path.ts";
import { fruit } from "../kit/plants.ts";
import { bar, book } from "../kit/solids.ts";
import { boxed, GROUND as G, standing } from "../kit/stage.ts";
import { form, slice, topOf, type Form } from "../kit/form.ts";
import { dish, filled, mouth, skin, speckle } from "../kit/turned.ts";

const BARE = "#cfae88";

const mug: Drawing = (look) => {
  const colour = look.colour("Oat");
  const y = G - 42;
  const f = form(370, y, 0.2, [
    [0, 104, "c"],
    [14, 118],
    [70, 126],
    [262, 122, "c"],
  ]);
  const glazed = slice(f, 84, 262);
  const dip = topOf(slice(f, 0, 84));
  return onTable(
    boxed(214, G + 34, 340, 130, 120),
    book(214, G + 34, 340, 40, 130, colourOf("Slate")),
    disc(400, y + 8, 140, 24, "url(#s)"),
    bar(`M484 ${y - 214}C606 ${y - 236} 606 ${y - 50} 482 ${y - 74}`, 30, colour),
    skin(f, BARE),
    speckle(f, BARE, 26, look.next),
    skin(glazed, colour, "glaze"),
    shape(
      `M${n(dip.x - dip.r)} ${n(dip.y)}A${n(dip.r)} ${n(dip.r * 0.2)} 0 0 0 ${n(dip.x + dip.r)} ${n(dip.y)}v-5A${n(dip.r)} ${n(dip.r * 0.2)} 0 0 1 ${n(dip.x - dip.r)} ${n(dip.y - 5)}Z`,
      shaded(colour, 0.16),
    ),
    speckle(glazed, colour, 30, look.next),
    mouth(f, colour, 8),
    disc(370, y - 250, 106, 16, "#5b3a2a"),
  );
};

const plateEdge = (x: number, y: number, r: number, colour: string): string => {
  const t = tones(colour);
  return (
    disc(x, y + 20, r * 0.74, r * 0.2, t.deep) +
    disc(x, y + 9, r, r * 0.285, t.dark) +
    disc(x - 5, y + 6, r - 4, r * 0.285, t.base) +
    disc(x, y, r, r * 0.285, t.light)
  );
};

const plates: Drawing = (look) => {
  const colour = look.colour("Chalk");
  const [x, r, top] = [385, 226, G - 96];
  const shade = shaded(colour, 0.1);
  return onTable(
    standing(x, G + 10, 180, 140),
    [0, 1, 2, 3, 4].map((i) => plateEdge(x + (i % 2) * 5, G - 6 - i * 22, r, colour)).join(""),
    disc(x + 2, top + 3, r - 12, r * 0.265 - 2, colour),
    shape(
      `M${x + 30} ${top - 52}A${r - 20} 54 0 0 0 ${x - 120} ${top + 44}A${r - 50} 50 0 0 1 ${x + 30} ${top - 52}Z`,
      shade,
      `opacity=".8"`,
    ),
    ring(x + 4, top + 6, r * 0.66, r * 0.165, shade, 2.5),
    disc(x + 30, top + 14, 84, 16, shaded(colour, 0.3), `opacity=".6"`),
    fruit(x - 20, top - 28, 44, 42, colourOf("Plum")),
    fruit(x + 52, top - 16, 42, 40, shaded(colourOf("Plum"), 0.16)),
    bar(`M${x - 18} ${top - 68}q4-22 20-34`, 5, "#6a5844"),
  );
};

const servingBowl: Drawing = (look) => {
  const colour = look.colour("Chalk");
  const s = look.scale;
  const f = form(390, G + 10, 0.26, [
    [0, 96 * s, "c"],
    [12 * s, 98 * s, "c"],
    [44 * s, 168 * s],
    [96 * s, 232 * s],
    [146 * s, 262 * s, "c"],
  ]);
  const top = topOf(f);
  const lemon = (dx: number, dy: number, c: string): string => fruit(top.x + dx * s, top.y + dy * s, 62 * s, 54 * s, c);
  return onTable(
    standing(390, G + 10, 150 * s, 230 * s),
    skin(f, BARE),
    speckle(f, BARE, 40, look.next),
    filled(
      f,
      colour,
      9 * s,
      "n",
      lemon(-86, -26, "#dfb44c"),
      lemon(70, -40, "#d2a03f"),
      lemon(-4, 6, "#e6bf5c"),
      lemon(128, 12, "#dba94a"),
    ),
  );
};

const teapot: Drawing = (look) => {
  const colour = look.colour("Celadon");
  const t = tones(colour);
  const f = form(385, G, 0.17, [
    [0, 94, "c"],
    [20, 124],
    [60, 152],
    [102, 162, "v"],
    [152, 146],
    [190, 108],
    [206, 84, "c"],
  ]);
  const lid = form(385, G - 202, 0.17, [
    [0, 86, "c"],
    [10, 82],
    [34, 40],
    [44, 12],
    [52, 14],
    [70, 22, "v"],
    [84, 0, "h"],
  ]);
  const spout = `M250 ${G - 66}C190 ${G - 82} 204 ${G - 176} 128 ${G - 196}L150 ${G - 226}C236 ${G - 216} 236 ${G - 150} 276 ${G - 142}Z`;
  return onTableAt(
    1.08,
    standing(385, G, 140, 270),
    bar(`M500 ${G - 176}C640 ${G - 240} 660 ${G - 40} 520 ${G - 62}`, 26, colour),
    shape(spout, t.base),
    shape(
      `M240 ${G - 70}C190 ${G - 82} 204 ${G - 176} 128 ${G - 196}L135 ${G - 206}C214 ${G - 184} 204 ${G - 106} 246 ${G - 92}Z`,
      t.dark,
    ),
    shape(
      `M150 ${G - 226}C236 ${G - 216} 236 ${G - 150} 276 ${G - 142}L270 ${G - 128}C220 ${G - 140} 224 ${G - 200} 144 ${G - 217}Z`,
      t.light,
    ),
    skin(f, colour, "glaze"),
    mouth(f, colour, 4),
    skin(lid, colour, "glaze"),
    shape(`M299 ${G - 202}A86 14.6 0 0 0 471 ${G - 202}V${G - 198}A86 14.6 0 0 1 299 ${G - 198}Z`, t.deep),
    cup(610, G + 50, 0.72, lit(colour, 0.3)),
  );
};

function cup(x: number, y: number, s: number, colour: string): string {
  const f = form(x, y, 0.2, [
    [0, 44 * s, "c"],
    [14 * s, 58 * s],
    [50 * s, 78 * s],
    [120 * s, 88 * s, "c"],
  ]);
  return (
    standing(x, y, 60 * s, 110 * s) +
    skin(f, colour, "glaze") +
    mouth(f, colour, 6 * s) +
    disc(x, y - 114 * s, 76 * s, 11 * s, "#8a6a3c")
  );
}

function espresso(x: number, y: number, colour: string): string {
  const saucer = form(x, y, 0.24, [
    [0, 74, "c"],
    [6, 92],
    [26, 142, "c"],
  ]);
  const body: Form = form(x, y - 10, 0.2, [
    [0, 48, "c"],
    [8, 50, "c"],
    [24, 72],
    [56, 84],
    [142, 88, "c"],
  ]);
  return (
    standing(x, y, 120, 150) +
    skin(saucer, colour) +
    dish(saucer, colour, 6) +
    group(`translate(${n(x)} ${n(y - 10)})`, disc(20, 4, 80, 20, shaded(colour, 0.4), `opacity=".35"`)) +
    bar(
      `M${n(x + 76)} ${n(y - 126)}C${n(x + 160)} ${n(y - 140)} ${n(x + 156)} ${n(y - 44)} ${n(x + 66)} ${n(y - 56)}`,
      18,
      colour,
    ) +
    skin(body, colour, "glaze") +
    mouth(body, colour, 6) +
    disc(x, y - 146, 76, 12, "#4a2d1f") +
    ring(x, y - 146, 72, 11, "#a8703f", 4)
  );
}

const espressoCups: Drawing = (look) =>
  onTable(espresso(480, G - 60, look.colour("Rose")), espresso(290, G + 54, look.colour("Rose")));

export const tableware: Drawings = {
  "dipped-mug": mug,
  "coupe-dinner-plate": plates,
  "wide-serving-bowl": servingBowl,
  "round-teapot": teapot,
  "espresso-cups": espressoCups,
};
