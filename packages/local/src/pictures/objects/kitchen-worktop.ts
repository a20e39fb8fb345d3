/** What stands on the worktop: mill, jars, spoons and mortar. */
import { lit, shaded, tones } from "../kit/colour.ts";
import { form, slice, topOf, type Form } from "../kit/form.ts";
import { onTable, onTableAt, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, group, line, n, ring, shape } from "../kit/path.ts";
import { fruit, leaves } from "../kit/plants.ts";
import { rod } from "../kit/solids.ts";
import { GROUND as G, standing } from "../kit/stage.ts";
import { band, dish, outline, skin, speckle } from "../kit/turned.ts";

const mill: Drawing = (look) => {
  const wood = look.colour("Beech");
  const tall = look.option("size") === "Large";
  const x = 395;
  const base: Form = tall
    ? form(x, G, 0.17, [
        [0, 66, "c"],
        [22, 68, "c"],
        [30, 58],
        [60, 50],
        [130, 36, "v"],
        [200, 44],
        [244, 56, "v"],
        [262, 44],
        [270, 36, "c"],
      ])
    : form(x, G, 0.17, [
        [0, 70, "c"],
        [20, 72, "c"],
        [28, 60],
        [60, 48, "v"],
        [104, 58, "v"],
        [124, 48],
        [132, 40, "c"],
      ]);
  const top = topOf(base);
  const head = form(x, top.y + 1, 0.17, [
    [0, 40, "c"],
    [8, 52],
    [44, 68, "v"],
    [86, 44],
    [100, 16, "c"],
  ]);
  const corns = [
    [250, 40],
    [280, 66],
    [226, 78],
    [306, 48],
    [520, 70],
    [546, 46],
    [268, 94],
    [572, 80],
  ] as const;
  return onTableAt(
    tall ? 1.2 : 1.34,
    standing(x, G, 76, tall ? 400 : 260),
    skin(base, wood, "glaze"),
    tall ? band(base, 24, 30, shaded(wood, 0.3)) : band(base, 21, 26, shaded(wood, 0.3)),
    skin(head, wood, "glaze"),
    disc(x, top.y + 2, 38, 5, shaded(wood, 0.5)),
    rod([x, top.y - 96], [x, top.y - 112], 12, 12, colourOf("Steel")),
    disc(x, top.y - 120, 17, 14, shaded(colourOf("Steel"), 0.3)),
    disc(x - 3, top.y - 123, 11, 8, lit(colourOf("Steel"), 0.4)),
    corns.map(([cx, dy], i) => fruit(cx, G + dy, 8, 7.4, i % 3 === 0 ? "#5b4a40" : "#3e3530")).join(""),
  );
};

/** A clear jar: its contents first, then the glass as two reflections and a rim. */
function jar(x: number, y: number, r: number, h: number, level: number, inside: string, marks: string): string {
  const glass = form(x, y, 0.17, [
    [0, r - 8, "c"],
    [10, r, "c"],
    [h - 22, r],
    [h, r - 10, "c"],
  ]);
  const fill = slice(glass, 6, h * level);
  const top = topOf(fill);
  const cork = form(x, y - h + 4, 0.17, [
    [0, r - 12, "c"],
    [30, r - 4, "c"],
  ]);
  return (
    standing(x, y, r * 0.95, h) +
    shape(outline(glass), colourOf("Glass"), `opacity=".55"`) +
    skin(fill, inside) +
    marks +
    disc(top.x, top.y, top.r, top.r * 0.17, lit(inside, 0.3)) +
    shape(
      `M${n(x - r * 0.76)} ${n(y - h + 40)}v${n(h - 66)}h${n(r * 0.16)}v${n(66 - h)}Z`,
      "#ffffff",
      `opacity=".45"`,
    ) +
    shape(
      `M${n(x + r * 0.78)} ${n(y - h + 34)}v${n(h - 56)}h${n(r * 0.08)}v${n(56 - h)}Z`,
      "#ffffff",
      `opacity=".25"`,
    ) +
    ring(x, y - h, r - 10, (r - 10) * 0.17, "#ffffff", 2) +
    skin(cork, colourOf("Cork")) +
    disc(x, y - h - 26, r - 4, (r - 4) * 0.17, lit(colourOf("Cork"), 0.3))
  );
}

const jars: Drawing = (look) => {
  const dots = (x: number, y: number, w: number, h: number, c: string, count: number, rx: number): string =>
    Array.from({ length: count }, () =>
      disc(x + (look.next() - 0.5) * w, y - look.next() * h, rx, rx * 0.62, c, ""),
    ).join("");
  const strands = Array.from({ length: 9 }, (_, i) => `M${256 + i * 12} ${G - 24}V${G - 250}`).join("");
  return onTable(
    jar(300, G - 30, 78, 320, 0.8, "#dfc07a", line(strands.replaceAll(String(G - 24), String(G - 44)), "#c9a458", 3)),
    jar(478, G - 14, 82, 220, 0.7, "#8c4a34", dots(478, G - 40, 130, 104, "#a8634a", 22, 8)),
    jar(380, G + 58, 74, 150, 0.72, "#efe5d2", dots(380, G + 40, 100, 60, "#d9cbb0", 10, 4)),
  );
};

const spoons: Drawing = (look) => {
  const wood = look.colour("Beech");
  const t = tones(wood);
  const crock = form(395, G, 0.18, [
    [0, 96, "c"],
    [10, 104],
    [120, 112, "v"],
    [204, 104],
    [216, 110, "c"],
  ]);
  const spoon = (turn: number, lift: number, art: string): string =>
    group(`translate(395 ${G - 120})rotate(${turn})translate(0 ${-lift})`, rod([0, 180], [0, -90], 17, 14, wood), art);
  const bowl =
    disc(0, -142, 42, 62, t.base) +
    shape("M-8 -203C-56 -196 -56 -88 -8 -81C-30 -110 -32 -170 -8 -203Z", t.light) +
    disc(5, -138, 27, 45, t.dark) +
    disc(9, -130, 19, 34, t.base);
  const blade =
    shape("M-34 -190Q-34 -204 -20 -204H30Q40 -204 38 -190L22 -92Q14 -78 0 -78T-20 -92Z", t.base) +
    shape("M-34 -190Q-34 -204 -20 -204H-8L-6 -80Q-16 -82 -20 -92Z", t.light) +
    shape("M16 -204H30Q40 -204 38 -190L22 -92Q20 -86 14 -82Z", t.dark);
  const slotted =
    disc(0, -142, 44, 60, t.base) +
    shape("M-8 -201C-58 -194 -58 -88 -8 -83C-30 -110 -32 -170 -8 -201Z", t.light) +
    shape("M-16 -176h9v66h-9ZM-2 -182h9v78h-9ZM12 -176h9v66h-9Z", t.deep);
  return onTable(
    standing(395, G, 116, 300),
    spoon(-17, 118, slotted),
    spoon(19, 112, blade),
    spoon(
      -3,
      150,
      shape("M-13 -90C-16 -160 -18 -190 0 -192S16 -160 13 -90Z", t.base) +
        shape("M-13 -90C-16 -160 -18 -190 0 -192C-8 -170 -6 -120 -4 -90Z", t.light),
    ),
    spoon(8, 70, bowl),
    skin(crock, "#ddd2be", "glaze"),
    band(crock, 160, 172, colourOf("Indigo")),
    band(crock, 146, 150, colourOf("Indigo")),
    frontLip(crock, "#ddd2be"),
  );
};

/** The near half of a rim, drawn over what stands inside. */
function frontLip(f: Form, colour: string): string {
  const { x, y, r } = topOf(f);
  return line(
    `M${n(x - r + 3)} ${n(y)}A${n(r - 3)} ${n((r - 3) * f.tilt)} 0 0 0 ${n(x + r - 3)} ${n(y)}`,
    lit(colour, 0.4),
    6,
  );
}

const mortar: Drawing = (look) => {
  const stone = colourOf(look.option("stone") || "Granite");
  const marble = look.option("stone") === "Marble";
  const bowl = form(390, G, 0.22, [
    [0, 116, "c"],
    [22, 120, "c"],
    [40, 106],
    [70, 126],
    [120, 172],
    [212, 190, "c"],
  ]);
  const top = topOf(bowl);
  const veins = line(
    `M262 ${G - 150}C310 ${G - 120} 330 ${G - 70} 322 ${G + 10}M470 ${G - 168}C440 ${G - 110} 480 ${G - 90} 464 ${G - 20}M330 ${G - 108}C370 ${G - 96} 400 ${G - 110} 446 ${G - 92}`,
    "#a9a5a6",
    3,
    `opacity=".7"`,
  );
  return onTable(
    standing(390, G, 140, 240),
    skin(bowl, stone, marble ? "glaze" : "matte"),
    marble ? veins : speckle(bowl, stone, 60, look.next) + speckle(bowl, lit(stone, 0.9), 30, look.next),
    dish(bowl, stone, 22),
    disc(top.x + 6, top.y + 16, 108, 20, colourOf("Fern"), `opacity=".8"`),
    rod([400, top.y + 16], [528, top.y - 190], 44, 38, stone),
    disc(530, top.y - 192, 25, 23, tones(stone).base),
    disc(523, top.y - 198, 14, 11, tones(stone).light),
    disc(398, top.y + 16, 40, 19, tones(stone).dark),
    leaves("a", colourOf("Fern"), 32, [
      [330, top.y + 18, -150, 60],
      [336, top.y + 22, 190, 54],
      [430, top.y + 22, -20, 56],
      [228, G + 76, -20, 84],
      [232, G + 80, 24, 76],
      [226, G + 72, -66, 66],
    ]),
  );
};

export const worktop: Drawings = {
  "pepper-mill": mill,
  "pantry-jars": jars,
  "wooden-spoons": spoons,
  "pestle-and-mortar": mortar,
};
