/** Vases, jars and jugs. */
import { shaded, tones } from "../kit/colour.ts";
import { form } from "../kit/form.ts";
import { onTable, onTableAt, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { shape } from "../kit/path.ts";
import { pear, sprig } from "../kit/plants.ts";
import { bar } from "../kit/solids.ts";
import { GROUND as G, standing } from "../kit/stage.ts";
import { band, mouth, skin, speckle } from "../kit/turned.ts";

const bottleVase: Drawing = (look) => {
  const colour = look.colour("Oat");
  const f = form(380, G, 0.16, [
    [0, 76, "c"],
    [24, 98],
    [70, 120],
    [112, 126, "v"],
    [166, 112],
    [224, 70],
    [286, 32],
    [336, 26, "v"],
    [372, 36, "c"],
  ]);
  return onTableAt(
    1.04,
    standing(380, G, 96, 420),
    sprig({
      id: "a",
      from: [380, G - 366],
      via: [372, G - 524],
      to: [470, G - 664],
      pairs: 5,
      size: 92,
      fat: 21,
      colour: colourOf("Leaf"),
      stem: "#6a5844",
      bare: 0.28,
    }),
    sprig({
      id: "b",
      from: [380, G - 366],
      via: [370, G - 454],
      to: [286, G - 578],
      pairs: 3,
      size: 76,
      fat: 18,
      colour: colourOf("Olive"),
      stem: "#6a5844",
      bare: 0.4,
    }),
    skin(f, colour),
    speckle(f, colour, 34, look.next),
    mouth(f, colour, 6),
    pear(560, G + 26, 0.92, "#c3a14a"),
  );
};

const moonJar: Drawing = (look) => {
  const colour = look.colour("Chalk");
  const s = look.scale;
  const f = form(395, G, 0.16, [
    [0, 84 * s, "c"],
    [30 * s, 132 * s],
    [96 * s, 183 * s],
    [176 * s, 200 * s, "v"],
    [262 * s, 178 * s],
    [320 * s, 130 * s],
    [352 * s, 84 * s],
    [362 * s, 80 * s],
    [386 * s, 84 * s, "c"],
  ]);
  const seam = 186 * s;
  return onTable(
    standing(395, G, 130 * s, 360 * s),
    skin(f, colour, "glaze"),
    band(f, seam - 2, seam + 2, shaded(colour, 0.07)),
    mouth(f, colour, 7 * s),
    s < 1 ? pear(598, G + 18, 0.8, "#a9793c") : "",
  );
};

const jug: Drawing = (look) => {
  const colour = look.colour("Chalk");
  const t = tones(colour);
  const f = form(390, G, 0.17, [
    [0, 92, "c"],
    [10, 102],
    [120, 134, "v"],
    [240, 92],
    [292, 84, "v"],
    [336, 98, "c"],
  ]);
  const lip = G - 336;
  return onTable(
    standing(390, G, 116, 370),
    bar(`M474 ${lip + 40}C590 ${lip - 6} 610 ${lip + 190} 506 ${lip + 222}`, 30, colour),
    skin(f, colour, "glaze"),
    mouth(f, colour, 7),
    shape(
      `M300 ${lip + 8}C282 ${lip - 6} 258 ${lip - 22} 240 ${lip - 22}C246 ${lip + 20} 284 ${lip + 56} 316 ${lip + 66}C322 ${lip + 40} 318 ${lip + 18} 318 ${lip + 10}Z`,
      t.light,
    ),
    shape(
      `M292 ${lip + 6}C276 ${lip - 6} 258 ${lip - 22} 240 ${lip - 22}C262 ${lip - 26} 300 ${lip - 12} 322 ${lip - 10}Z`,
      t.dark,
    ),
    pear(196, G + 34, 0.9, "#b9863f"),
    pear(604, G + 42, 0.8, "#8f9150"),
  );
};

export const vessels: Drawings = {
  "hollin-bottle-vase": bottleVase,
  "moon-jar": moonJar,
  "farmhouse-jug": jug,
};
