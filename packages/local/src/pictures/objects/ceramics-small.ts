/** The small ceramics of a window sill. */
import { lit, mix } from "../kit/colour.ts";
import { form } from "../kit/form.ts";
import { onTable, onTableAt, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { line, shape } from "../kit/path.ts";
import { bloom, leaves } from "../kit/plants.ts";
import { bar, book } from "../kit/solids.ts";
import { boxed, GROUND as G, standing } from "../kit/stage.ts";
import { dish, mouth, skin } from "../kit/turned.ts";

const budTones: Readonly<Record<string, readonly [string, string, string]>> = {
  Meadow: ["Moss", "Chalk", "Ochre"],
  Dusk: ["Plum", "Rose", "Slate"],
};

const budVases: Drawing = (look) => {
  const [tall, middle, low] = (budTones[look.option("palette")] ?? ["Moss", "Chalk", "Ochre"]).map(colourOf) as [
    string,
    string,
    string,
  ]; // three names in, three colours out
  const a = form(330, G - 26, 0.17, [
    [0, 52, "c"],
    [20, 68],
    [66, 78, "v"],
    [112, 62],
    [158, 32],
    [196, 17],
    [250, 15, "v"],
    [268, 22, "c"],
  ]);
  const b = form(492, G, 0.17, [
    [0, 50, "c"],
    [16, 68],
    [54, 82, "v"],
    [96, 68],
    [132, 36],
    [158, 19],
    [176, 25, "c"],
  ]);
  const c = form(280, G + 44, 0.18, [
    [0, 40, "c"],
    [12, 54],
    [42, 68, "v"],
    [72, 54],
    [92, 28],
    [98, 24],
    [110, 28, "c"],
  ]);
  return onTable(
    standing(330, G - 26, 62, 250),
    standing(492, G, 66, 170),
    line(`M330 ${G - 290}Q326 ${G - 400} 372 ${G - 520}`, "#71805a", 4),
    leaves("s", "#71805a", 15, [
      [330, G - 350, -130, 74],
      [334, G - 390, -40, 76],
      [346, G - 440, -122, 62],
    ]),
    bloom("x", 374, G - 524, 40, mix(middle, "#d98a5c", 0.35)),
    skin(a, tall, "glaze"),
    mouth(a, tall, 4),
    line(`M492 ${G - 180}Q500 ${G - 250} 540 ${G - 318}M492 ${G - 180}Q488 ${G - 230} 468 ${G - 284}`, "#7d7a4e", 3.5),
    bloom("y", 542, G - 322, 34, lit(low, 0.2)),
    bloom("z", 466, G - 288, 30, lit(low, 0.36)),
    skin(b, middle, "glaze"),
    mouth(b, middle, 4),
    standing(280, G + 44, 52, 100),
    skin(c, low, "glaze"),
    mouth(c, low, 4),
  );
};

const candlestick: Drawing = (look) => {
  const colour = look.colour("Moss");
  const wax = "#ecdcb8";
  const saucer = form(385, G, 0.24, [
    [0, 108, "c"],
    [8, 122],
    [34, 168, "c"],
  ]);
  const cup = form(385, G - 2, 0.24, [
    [0, 58],
    [16, 40],
    [52, 34, "v"],
    [70, 44, "c"],
  ]);
  const candle = form(385, G - 64, 0.22, [
    [0, 25, "c"],
    [322, 22, "c"],
  ]);
  return onTableAt(
    1.14,
    standing(385, G, 150, 130),
    bar(`M544 ${G - 34}C640 ${G - 70} 650 ${G + 24} 534 ${G - 4}`, 22, colour),
    skin(saucer, colour),
    dish(saucer, colour, 8),
    skin(cup, colour, "glaze"),
    mouth(cup, colour, 5),
    skin(candle, wax),
    shape(`M363 ${G - 388}a22 5 0 0 1 44 0q-3 8-8 6q-3 44-9 44t-8-40q-6 8-10 0t-9-10Z`, lit(wax, 0.5)),
    line(`M385 ${G - 388}q-2-12 4-22`, "#3c3230", 4),
    boxed(500, G + 90, 150, 90, 30),
    book(500, G + 90, 150, 30, 90, colourOf("Rose")),
  );
};

export const smallCeramics: Drawings = {
  "bud-vase-trio": budVases,
  "chamber-candlestick": candlestick,
};
