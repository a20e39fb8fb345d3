/** What stands among the plants: watering can, pot and cloche. */
import { lit, shaded, tones } from "../kit/colour.ts";
import { form } from "../kit/form.ts";
import { onTable, onTableAt, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, group, n, poly, ring, shape } from "../kit/path.ts";
import { bloom, leaves, sprig } from "../kit/plants.ts";
import { bar, rod } from "../kit/solids.ts";
import { GROUND as G, standing } from "../kit/stage.ts";
import { band, dish, mouth, outline, skin } from "../kit/turned.ts";

const SOIL = "#5b4334";

const wateringCan: Drawing = (look) => {
  const colour = look.colour("Moss");
  const brass = colourOf("Brass");
  const t = tones(colour);
  const finish = look.option("finish") === "Zinc" ? "metal" : "matte";
  const body = form(460, G, 0.18, [
    [0, 132, "c"],
    [10, 134, "c"],
    [196, 116, "c"],
    [222, 88],
    [232, 74, "c"],
  ]);
  const rose = form(0, 0, 0.3, [
    [0, 16, "c"],
    [46, 54, "c"],
    [56, 54, "c"],
  ]);
  return onTableAt(
    1.08,
    standing(460, G, 140, 260),
    bar(
      `M392 ${G - 214}C380 ${G - 372} 560 ${G - 400} 606 ${G - 240}C624 ${G - 170} 610 ${G - 100} 578 ${G - 74}`,
      20,
      colour,
    ),
    shape(
      poly([
        [348, G - 34],
        [342, G - 92],
        [150, G - 302],
        [132, G - 288],
      ]),
      t.base,
    ),
    shape(
      poly([
        [342, G - 92],
        [150, G - 302],
        [143, G - 296],
        [344, G - 72],
      ]),
      t.light,
    ),
    shape(
      poly([
        [348, G - 34],
        [347, G - 48],
        [136, G - 292],
        [132, G - 288],
      ]),
      t.dark,
    ),
    rod([252, G - 176], [366, G - 214], 9, 9, shaded(colour, 0.14)),
    group(
      `translate(146 ${G - 286})rotate(-44)`,
      skin(rose, brass),
      disc(0, -56, 54, 16.2, lit(brass, 0.36)),
      [-30, -15, 0, 15, 30]
        .map((x) => disc(x, -58, 3, 2, shaded(brass, 0.6)) + disc(x * 0.8, -50, 3, 2, shaded(brass, 0.6)))
        .join(""),
      disc(0, -64, 3, 2, shaded(brass, 0.6)),
    ),
    skin(body, colour, finish),
    band(body, 18, 24, t.dark),
    band(body, 168, 174, t.dark),
    mouth(body, colour, 5),
    shape(`M386 ${G - 232}A74 13.3 0 0 1 534 ${G - 232}Q500 ${G - 222} 460 ${G - 222}T386 ${G - 232}Z`, t.light),
  );
};

const pot: Drawing = (look) => {
  const clay = colourOf("Terracotta");
  const s = look.scale;
  const saucer = form(390, G + 12, 0.2, [
    [0, 112 * s, "c"],
    [34 * s, 142 * s, "c"],
  ]);
  const body = form(390, G - 2, 0.18, [
    [0, 92 * s, "c"],
    [200 * s, 146 * s, "c"],
  ]);
  const rim = form(390, G - 2 - 190 * s, 0.18, [
    [0, 158 * s, "c"],
    [46 * s, 166 * s, "c"],
    [54 * s, 160 * s, "c"],
  ]);
  const y = G - 244 * s;
  const stalk = (id: string, dx: number, via: number, h: number, pairs: number, colour: string): string =>
    sprig({
      id,
      from: [390 + dx * 0.1 * s, y],
      via: [390 + via * s, y - h * 0.6 * s],
      to: [390 + dx * s, y - h * s],
      pairs,
      size: 92 * s,
      fat: 30,
      colour,
      stem: "#5f6d45",
      bare: 0.12,
    });
  const plant = {
    "12 cm": leaves("a", colourOf("Celadon"), 30, [
      [390, y, -162, 120],
      [390, y, -18, 120],
      [390, y, -140, 150],
      [390, y, -40, 150],
      [390, y, -116, 168],
      [390, y, -64, 168],
      [390, y, -90, 180],
    ]),
    "18 cm":
      stalk("a", -120, -40, 210, 4, colourOf("Fern")) +
      stalk("b", 130, 46, 190, 4, colourOf("Fern")) +
      stalk("c", 10, -10, 270, 5, colourOf("Leaf")),
    "24 cm":
      stalk("a", -130, -30, 200, 4, colourOf("Leaf")) +
      stalk("b", 140, 40, 170, 4, colourOf("Leaf")) +
      stalk("c", 16, -6, 230, 4, colourOf("Fern")) +
      bloom("f", 318, y - 176, 38, "#e7dccb") +
      bloom("h", 408, y - 236, 42, "#e7dccb") +
      bloom("i", 482, y - 150, 36, "#e7dccb"),
  }[look.option("size")];
  return onTable(
    standing(390, G + 12, 140 * s, 330 * s),
    skin(saucer, clay),
    dish(saucer, clay, 6),
    skin(body, clay),
    skin(rim, clay),
    shape(
      `M${n(390 - 150 * s)} ${n(G - 186 * s)}A${n(150 * s)} ${n(24 * s)} 0 0 0 ${n(390 + 150 * s)} ${n(G - 186 * s)}L${n(390 + 147 * s)} ${n(G - 174 * s)}A${n(148 * s)} ${n(26 * s)} 0 0 1 ${n(390 - 147 * s)} ${n(G - 174 * s)}Z`,
      shaded(clay, 0.36),
      `opacity=".5"`,
    ),
    mouth(rim, clay, 10 * s),
    disc(390, y + 6 * s, 146 * s, 22 * s, SOIL),
    plant ?? "",
  );
};

const cloche: Drawing = (look) => {
  const s = look.scale;
  const bell = form(395, G, 0.17, [
    [0, 178 * s, "c"],
    [8 * s, 172 * s, "c"],
    [180 * s, 160 * s, "v"],
    [286 * s, 118 * s],
    [338 * s, 40 * s],
    [346 * s, 16 * s, "c"],
  ]);
  const knob = form(395, G - 340 * s, 0.17, [
    [0, 16 * s, "c"],
    [12 * s, 14 * s],
    [40 * s, 34 * s, "v"],
    [66 * s, 0, "h"],
  ]);
  const glass = colourOf("Glass");
  const d = outline(bell);
  const y = G - 26 * s;
  return onTable(
    standing(395, G, 180 * s, 330 * s),
    disc(395, G + 6, 200 * s, 44 * s, SOIL),
    disc(395, G, 186 * s, 36 * s, lit(SOIL, 0.14)),
    sprig({
      id: "a",
      from: [395, y],
      via: [388, y - 120 * s],
      to: [408, y - 210 * s],
      pairs: 4,
      size: 92 * s,
      fat: 34,
      colour: colourOf("Leaf"),
      stem: "#5f6d45",
      bare: 0.16,
    }),
    leaves("b", colourOf("Fern"), 36, [
      [330, y + 14, -50, 64 * s],
      [328, y + 14, -128, 58 * s],
      [466, y + 10, -56, 62 * s],
      [464, y + 10, -130, 60 * s],
    ]),
    shape(d, lit(glass, 0.2), `opacity=".36"`),
    `<path d="${d}" fill="none" stroke="${lit(glass, 0.4)}" stroke-width="4"/>`,
    group(
      `translate(395 ${G})scale(${s})`,
      shape(
        "M-146-40C-150-150-144-240-104-296C-92-310-82-306-88-294C-116-232-124-140-118-30Z",
        "#ffffff",
        `opacity=".5"`,
      ),
      shape("M130-40C136-140 130-220 108-272C126-232 148-160 144-44Z", shaded(glass, 0.3), `opacity=".45"`),
      shape("M-66-318C-52-330-34-336-18-338C-34-330-48-322-58-312Z", "#ffffff", `opacity=".6"`),
    ),
    skin(knob, glass, "glaze"),
    ring(395, G, 176 * s, 17 * s, "#ffffff", 1.5),
  );
};

export const growing: Drawings = {
  "watering-can": wateringCan,
  "hand-thrown-pot": pot,
  "glass-cloche": cloche,
};
