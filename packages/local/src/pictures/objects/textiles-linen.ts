/** Linen that lies: napkins, towels and the tablecloth. */
import { folded, folds, pattern } from "../kit/cloth.ts";
import { lit, mix, shaded, tones } from "../kit/colour.ts";
import { form } from "../kit/form.ts";
import { onTable, onTableAt, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, flat, line, poly, ring, shape } from "../kit/path.ts";
import { pear, sprig } from "../kit/plants.ts";
import { boxed, GROUND as G, standing } from "../kit/stage.ts";
import { drum, mouth, skin } from "../kit/turned.ts";

const napkins: Drawing = (look) => {
  const colour = look.colour("Linen");
  const seam = shaded(colour, 0.3);
  const top = (y: number): string =>
    line(
      poly(
        [
          [212, y - 6],
          [276, y - 46],
          [566, y - 46],
        ],
        false,
      ),
      seam,
      2.5,
      `stroke-dasharray="8 6"`,
    );
  const wood = colourOf("Walnut");
  return onTableAt(
    1.12,
    boxed(180, G + 30, 400, 190, 110),
    [0, 1, 2, 3]
      .map((i) =>
        folded(
          180 + (i % 2) * 5,
          G + 30 - i * 30,
          380 - (i % 2) * 6,
          30,
          200,
          i % 2 === 0 ? colour : mix(colour, "#ffffff", 0.06),
        ),
      )
      .join(""),
    top(G - 96),
    sprig({
      id: "a",
      from: [322, G - 104],
      via: [420, G - 118],
      to: [566, G - 178],
      pairs: 5,
      size: 58,
      fat: 19,
      colour: colourOf("Leaf"),
      stem: "#6a5844",
      bare: 0.25,
    }),
    disc(378, G - 100, 52, 15, "url(#s)"),
    ring(372, G - 122, 40, 34, shaded(wood, 0.24), 22),
    ring(369, G - 124, 40, 34, wood, 16),
    line(`M334 ${G - 140}A40 34 0 0 1 366 ${G - 158}`, lit(wood, 0.35), 4),
  );
};

const waffle: Drawing = (look) => {
  const colour = look.colour("Chalk");
  const weave = pattern(
    "w",
    15,
    15,
    `<path d="M0 0h15M0 0v15" stroke="${shaded(colour, 0.22)}" stroke-width="3"/><path d="M5 12h8v-8" fill="none" stroke="${lit(colour, 0.5)}" stroke-width="2"/>`,
  );
  const t = tones(colour);
  const roll = (x: number, y: number): string =>
    disc(x, y, 62, 62, t.base) +
    ring(x, y, 59, 59, t.light, 6) +
    ring(x + 2, y + 2, 44, 44, t.dark, 4) +
    ring(x + 1, y, 31, 31, t.light, 7) +
    ring(x + 2, y + 2, 18, 18, t.dark, 4) +
    disc(x, y, 9, 9, t.deep);
  const length = (x: number, y: number): string => {
    const d = `M${x} ${y - 62}L${x + 96} ${y - 122}A62 62 0 0 1 ${x + 150} ${y - 32}L${x + 44} ${y + 44}Z`;
    return shape(d, t.dark) + shape(d, "url(#w)", `opacity=".8"`);
  };
  const hand = look.option("size") === "Hand";
  const soap = drum(hand ? 560 : 600, G + 70, 52, 34, 0.5, "#c9b08a");
  return onTable(
    `<defs>${weave}</defs>`,
    ...(hand
      ? [
          boxed(190, G + 40, 330, 110, 120),
          length(260, G - 26),
          length(410, G - 26),
          roll(260, G - 22),
          roll(410, G - 22),
          length(335, G - 134),
          roll(335, G - 130),
        ]
      : [
          boxed(170, G + 30, 390, 140, 240),
          folded(170, G + 30, 390, 84, 150, colour, "url(#w)"),
          folded(178, G - 54, 376, 78, 144, colour, "url(#w)"),
          folded(172, G - 132, 386, 82, 148, colour, "url(#w)"),
        ]),
    hand ? soap : "",
    hand
      ? ""
      : sprig({
          id: "a",
          from: [330, G - 240],
          via: [400, G - 262],
          to: [500, G - 262],
          pairs: 4,
          size: 46,
          fat: 17,
          colour: colourOf("Olive"),
          stem: "#6a5844",
          bare: 0.2,
        }),
  );
};

const tablecloth: Drawing = (look) => {
  const colour = look.colour("Sky");
  const cloth = "#f1e9db";
  const t = tones(cloth);
  const top = G - 210;
  const hem = `V${top + 236}q-36 22-74 2t-76 6t-80-4t-76 8t-80-6t-84 0`;
  const drop = `M86 ${top}H640${hem}L86 ${top + 236}Z`;
  const face = poly([
    [86, top],
    [176, top - 96],
    [694, top - 96],
    [640, top],
  ]);
  const side = `M640 ${top}L694 ${top - 96}L704 ${top + 122}Q676 ${top + 160} 640 ${top + 238}Z`;
  const vase = form(430, top - 46, 0.18, [
    [0, 40, "c"],
    [10, 52],
    [50, 64, "v"],
    [100, 34],
    [126, 30, "c"],
  ]);
  const edge = (dy: number): string => `M88 ${top + dy}q84 6 164 0t156 4t156-2t74-2`;
  return onTableAt(
    1.02,
    boxed(110, G + 70, 500, 150, 200),
    shape(`M120 ${top + 200}h22v220h-22ZM590 ${top + 200}h22v220h-22Z`, colourOf("Oak")),
    shape(`M134 ${top + 200}h8v220h-8ZM604 ${top + 200}h8v220h-8Z`, shaded(colourOf("Oak"), 0.25)),
    shape(side, t.dark),
    shape(drop, t.base),
    flat(edge(170) + edge(200), colour, 16),
    flat(edge(150) + edge(222), colour, 4),
    shape(
      poly([
        [640, top + 164],
        [699, top + 56],
        [700, top + 76],
        [640, top + 182],
      ]) +
        poly([
          [640, top + 194],
          [701, top + 84],
          [702, top + 102],
          [640, top + 210],
        ]),
      shaded(colour, 0.2),
    ),
    folds(cloth, [
      [176, top + 8, top + 242, 28],
      [330, top + 8, top + 246, 34],
      [470, top + 8, top + 244, 30],
      [580, top + 8, top + 240, 28],
    ]),
    shape(face, t.light),
    shape(
      poly([
        [110, top - 26],
        [120, top - 37],
        [661, top - 37],
        [654, top - 26],
      ]) +
        poly([
          [148, top - 66],
          [156, top - 76],
          [683, top - 76],
          [677, top - 66],
        ]),
      colour,
    ),
    standing(430, top - 46, 50, 120),
    sprig({
      id: "a",
      from: [430, top - 160],
      via: [424, top - 260],
      to: [500, top - 350],
      pairs: 4,
      size: 70,
      fat: 20,
      colour: colourOf("Leaf"),
      stem: "#6a5844",
      bare: 0.25,
    }),
    skin(vase, colourOf("Clay"), "glaze"),
    mouth(vase, colourOf("Clay"), 5),
    pear(270, top - 26, 0.62, "#b9993f"),
  );
};

export const laidLinen: Drawings = {
  "hemmed-napkins": napkins,
  "waffle-towels": waffle,
  "striped-tablecloth": tablecloth,
};
