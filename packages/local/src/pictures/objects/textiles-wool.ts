/** Wool that warms a room: throw, rug and hot water bottle. */
import { folds, fringe, stripes } from "../kit/cloth.ts";
import { lit, shaded, tones } from "../kit/colour.ts";
import { onPaper, onTableAt, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, line, n, poly, ring, shape } from "../kit/path.ts";
import { bar, book, box, rod } from "../kit/solids.ts";
import { behind, boxed, GROUND as G } from "../kit/stage.ts";

const throwOnStool: Drawing = (look) => {
  const colour = look.colour("Ochre");
  const t = tones(colour);
  const wood = colourOf("Oak");
  const top = G - 262;
  const weave = stripes("w", 26, 5, shaded(colour, 0.16)) + stripes("v", 52, 6, lit(colour, 0.34), 90);
  const drop = `M238 ${top}H500C508 ${top + 60} 498 ${top + 140} 506 ${top + 208}C440 ${top + 216} 300 ${top + 214} 236 ${top + 206}C244 ${top + 130} 232 ${top + 60} 238 ${top}Z`;
  const over = poly([
    [238, top],
    [300, top - 44],
    [566, top - 44],
    [500, top],
  ]);
  return onTableAt(
    1.14,
    boxed(190, G + 24, 380, 120, 200),
    rod([300, top - 20], [282, G - 42], 18, 15, shaded(wood, 0.16)),
    rod([592, top - 20], [612, G - 42], 18, 15, shaded(wood, 0.16)),
    rod([206, top + 10], [190, G + 26], 22, 17, wood),
    rod([546, top + 10], [564, G + 26], 22, 17, wood),
    rod([198, G - 80], [556, G - 80], 13, 13, wood),
    box(180, top + 14, 386, 24, 116, wood),
    `<defs>${weave}</defs>`,
    shape(drop, t.base),
    shape(drop, "url(#w)", `opacity=".5"`),
    shape(drop, "url(#v)", `opacity=".55"`),
    folds(colour, [
      [300, top + 4, top + 210, 26],
      [400, top + 4, top + 211, 32],
      [474, top + 4, top + 209, 26],
    ]),
    shape(`M238 ${top}h44c6 80-6 130 0 209l-46-4c8-75-4-145 2-205Z`, t.light, `opacity=".5"`),
    fringe(238, top + 206, 268, 36, t.dark),
    shape(over, t.light),
    shape(over, "url(#w)", `opacity=".4"`),
    shape(over, "url(#v)", `opacity=".5"`),
    book(420, top - 24, 110, 20, 64, colourOf("Indigo")),
  );
};

const rug: Drawing = (look) => {
  const colour = look.colour("Clay");
  const pale = "#e9dcc4";
  const [near, far] = [G + 120, G - 110];
  const left = (y: number): number => 64 + (near - y) * 0.42;
  const right = (y: number): number => 700 - (near - y) * 0.26;
  const stripe = (a: number, b: number, c: string): string => {
    const [ya, yb] = [near + (far - near) * a, near + (far - near) * b];
    return shape(
      poly([
        [left(ya), ya],
        [right(ya), ya],
        [right(yb), yb],
        [left(yb), yb],
      ]),
      c,
    );
  };
  const teeth = Array.from({ length: 15 }, (_, i) => {
    const x = left(near - 52) + i * 40 + 6;
    return poly([
      [x, near - 44],
      [x + 17, near - 62],
      [x + 34, near - 44],
      [x + 17, near - 27],
    ]);
  }).join("");
  const threads = Array.from({ length: 64 }, (_, i) => `M${n(66 + i * 10)} ${near}l${n(-4 + (i % 3))} 22`).join("");
  const t = tones(colour);
  const [lx, rx, cy] = [left(far) - 8, right(far) + 8, far - 40];
  return onTableAt(
    1,
    shape(
      poly([
        [70, near + 8],
        [716, near + 10],
        [640, far],
        [180, far],
      ]),
      shaded(look.paper, 0.6),
      `opacity=".25"`,
    ),
    line(threads, shaded(pale, 0.1), 3.5),
    stripe(0, 1, colour),
    stripe(0.1, 0.36, pale),
    shape(teeth, shaded(colour, 0.1)),
    stripe(0.05, 0.07, pale),
    stripe(0.39, 0.42, shaded(colour, 0.3)),
    stripe(0.52, 0.55, pale),
    stripe(0.6, 0.62, pale),
    disc((lx + rx) / 2, far + 12, (rx - lx) * 0.54, 22, "url(#s)"),
    shape(
      `M${n(lx)} ${cy - 52}H${n(rx)}A30 54 0 0 1 ${n(rx)} ${cy + 56}H${n(lx)}A30 54 0 0 1 ${n(lx)} ${cy - 52}Z`,
      t.base,
    ),
    shape(`M${n(lx)} ${cy - 52}H${n(rx)}v34H${n(lx - 25)}Q${n(lx - 14)} ${cy - 50} ${n(lx)} ${cy - 52}Z`, t.light),
    shape(`M${n(lx - 24)} ${cy + 22}H${n(rx)}v34H${n(lx)}Q${n(lx - 18)} ${cy + 50} ${n(lx - 24)} ${cy + 22}Z`, t.dark),
    disc(rx, cy + 2, 30, 54, shaded(pale, 0.1)),
    ring(rx, cy + 2, 22, 41, t.base, 5),
    ring(rx, cy + 2, 14, 27, t.dark, 4),
    disc(rx, cy + 2, 7, 14, t.deep),
  );
};

const waterBottle: Drawing = (look) => {
  const colour = look.colour("Oat");
  const t = tones(colour);
  const body =
    "M276 330C236 340 214 376 214 420V760C214 806 240 826 286 826H514C560 826 586 806 586 760V420C586 376 564 340 524 330C494 322 474 306 470 270H330C326 306 306 322 276 330Z";
  const cable = (x: number): string =>
    Array.from({ length: 9 }, (_, i) => {
      const y = 360 + i * 50;
      return (
        shape(
          `M${x - 26} ${y + 50}C${x - 28} ${y + 20} ${x + 28} ${y + 30} ${x + 26} ${y}C${x + 40} ${y + 34} ${x - 6} ${y + 34} ${x - 26} ${y + 50}Z`,
          t.light,
        ) +
        shape(
          `M${x - 26} ${y}C${x - 28} ${y + 22} ${x - 8} ${y + 24} ${x - 4} ${y + 24}C${x - 16} ${y + 18} ${x - 18} ${y + 10} ${x - 16} ${y}Z`,
          t.dark,
        )
      );
    }).join("");
  const ribs = Array.from({ length: 15 }, (_, i) => `M${n(338 + i * 9)} 274v52`).join("");
  return onPaper(
    `<g transform="rotate(-7 400 540)">`,
    behind(body, look.paper, 20, 26),
    shape("M342 176Q340 160 360 158H440Q460 160 458 176L466 276H334Z", "#8a4a3c"),
    shape("M342 176Q340 160 360 158H384L372 276H334Z", "#a56553"),
    disc(400, 158, 40, 12, "#6b372d"),
    bar("M376 150q24-46 48 0", 12, "#8a4a3c"),
    shape(body, t.base),
    shape("M276 330C236 340 214 376 214 420V760C214 806 240 826 286 826C250 790 248 420 300 340Z", t.light),
    shape("M524 330C564 340 586 376 586 420V760C586 806 560 826 514 826C548 780 548 420 500 340Z", t.dark),
    cable(300),
    cable(400),
    cable(500),
    line("M350 360V800M450 360V800M254 420V790M546 420V790", t.dark, 3, `stroke-dasharray="7 7"`),
    shape("M326 266H474L470 326H330Z", t.base),
    line(ribs, t.dark, 3.5),
    "</g>",
  );
};

export const woollens: Drawings = {
  "lambswool-throw": throwOnStool,
  "flatweave-rug": rug,
  "hot-water-bottle": waterBottle,
};
