/** What stands on the shelf above the desk: paper rolls and boxes. */
import { pattern } from "../kit/cloth.ts";
import { lit, mix, shaded, tones } from "../kit/colour.ts";
import { form, topOf } from "../kit/form.ts";
import { onTable, onTableAt, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, line, n, ring, shape, slab } from "../kit/path.ts";
import { leaves } from "../kit/plants.ts";
import { box } from "../kit/solids.ts";
import { boxed, GROUND as G, standing } from "../kit/stage.ts";
import { outline, skin } from "../kit/turned.ts";

interface Roll {
  readonly ground: string;
  readonly mark: string;
}

const rollSets: Readonly<Record<string, readonly [Roll, Roll, Roll]>> = {
  Orchard: [
    { ground: "#e9dfc9", mark: "#b9613d" },
    { ground: "#6d7b53", mark: "#e9dfc9" },
    { ground: "#cd9a40", mark: "#8a5a2c" },
  ],
  Harbour: [
    { ground: "#e8e6dd", mark: "#36496d" },
    { ground: "#36496d", mark: "#a9bfc9" },
    { ground: "#9db7c4", mark: "#f1ece0" },
  ],
};

const rolls: Drawing = (look) => {
  const [a, b, c] = rollSets[look.option("palette")] ?? [];
  if (a === undefined || b === undefined || c === undefined) throw new Error("wrapping paper without a palette");
  const roll = (x: number, y: number, h: number, r: number, paper: Roll, print: string): string => {
    const f = form(x, y, 0.24, [
      [0, r, "c"],
      [h, r, "c"],
    ]);
    const top = topOf(f);
    return (
      standing(x, y, r, h * 0.7) +
      skin(f, paper.ground) +
      shape(outline(f), `url(#${print})`, `opacity=".85"`) +
      disc(top.x, top.y, r, r * 0.24, tones(paper.ground).light) +
      ring(top.x, top.y, r * 0.74, r * 0.17, shaded(paper.ground, 0.25), 2.5) +
      ring(top.x, top.y, r * 0.5, r * 0.115, shaded(paper.ground, 0.25), 2.5) +
      disc(top.x, top.y, r * 0.28, r * 0.065, shaded(paper.ground, 0.6)) +
      line(`M${x - r} ${y - h * 0.42}A${r} ${n(r * 0.2)} 0 0 0 ${x + r} ${y - h * 0.42}`, "#c4a171", 5)
    );
  };
  const dots = pattern("p1", 44, 44, disc(11, 11, 7, 7, a.mark) + disc(33, 33, 7, 7, a.mark));
  const sprigs = pattern(
    "p2",
    48,
    56,
    `<path d="M14 40Q12 24 24 8M16 30q-12-2-12-12q12 0 12 12M19 20q12 0 14-12q-14 0-14 12" fill="none" stroke="${b.mark}" stroke-width="3"/>`,
  );
  const waves = pattern(
    "p3",
    40,
    24,
    `<path d="M0 16q10-14 20 0t20 0" fill="none" stroke="${c.mark}" stroke-width="4"/>`,
  );
  return onTable(
    `<defs>${dots}${sprigs}${waves}</defs>`,
    roll(330, G - 26, 470, 60, a, "p1"),
    roll(470, G - 6, 400, 62, b, "p2"),
    roll(380, G + 60, 330, 58, c, "p3"),
  );
};

const archive: Drawing = (look) => {
  const colour = look.colour("Slate");
  const brass = colourOf("Brass");
  const carton = (x: number, y: number, c: string): string =>
    box(x, y, 380, 120, 150, c) +
    box(x - 8, y - 78, 396, 54, 166, lit(c, 0.04)) +
    shape(`M${x - 8} ${y - 78}h396v8h-396Z`, shaded(c, 0.36), `opacity=".6"`) +
    shape(slab(x + 130, y - 58, 120, 44, 4), tones(brass).dark) +
    shape(slab(x + 130, y - 60, 118, 42, 4), brass) +
    shape(slab(x + 138, y - 53, 102, 28, 2), "#f4eee2") +
    line(`M${x + 152} ${y - 39}h70`, mix("#f4eee2", c, 0.6), 3);
  return onTableAt(
    1.12,
    boxed(176, G + 40, 380, 160, 260),
    carton(176, G + 40, colour),
    carton(190, G - 92, mix(colour, colourOf("Linen"), 0.45)),
    leaves("a", colourOf("Olive"), 16, [
      [330, G - 256, -8, 80],
      [340, G - 254, -40, 60],
      [336, G - 252, 20, 56],
    ]),
    line(`M270 ${G - 244}L350 ${G - 258}`, "#6a5844", 4),
  );
};

export const shelf: Drawings = {
  "wrapping-paper": rolls,
  "archive-box": archive,
};
