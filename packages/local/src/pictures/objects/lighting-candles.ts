/** Candles and what shields them. */
import { lit, mix, shaded, tones } from "../kit/colour.ts";
import { form } from "../kit/form.ts";
import { flame } from "../kit/light.ts";
import { onTable, onTableAt, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, poly, shape } from "../kit/path.ts";
import { bar, box, rod } from "../kit/solids.ts";
import { boxed, GROUND as G, standing } from "../kit/stage.ts";
import { dish, mouth, skin } from "../kit/turned.ts";

const hurricane: Drawing = (look) => {
  const colour = look.colour("Ink");
  const t = tones(colour);
  const [x, y, w, h, d] = [290, G + 10, 180, 270, 130];
  const [dx, dy] = [d * 0.55, d * 0.34];
  const roof: readonly (readonly [number, number])[] = [
    [x - 14, y - h - 10],
    [x + 64 + dx / 2, y - h - 92],
    [x + 116 + dx / 2, y - h - 92],
    [x + w + 14, y - h - 10],
  ];
  const candle = form(x + w / 2 + 26, y - 30, 0.2, [
    [0, 44, "c"],
    [118, 44, "c"],
  ]);
  return onTable(
    boxed(x, y, w, d, 340),
    shape(
      poly([
        [x, y - h],
        [x + dx, y - h - dy],
        [x + w + dx, y - h - dy],
        [x + w + dx, y - dy],
        [x + w, y],
        [x, y],
      ]),
      mix(look.paper, "#fff4d6", 0.35),
      `opacity=".6"`,
    ),
    box(x, y, w, 24, d, colour),
    rod([x + dx, y - 24 - dy], [x + dx, y - h - dy], 9, 9, shaded(colour, 0.2)),
    skin(candle, "#efe0bd"),
    disc(x + w / 2 + 26, y - 148, 44, 8.8, "#fbf0d0"),
    flame(x + w / 2 + 26, y - 148, 0.9),
    shape(
      poly([
        [x + 22, y - 34],
        [x + 60, y - 34],
        [x + 120, y - h + 20],
        [x + 82, y - h + 20],
      ]),
      "#ffffff",
      `opacity=".2"`,
    ),
    rod([x + w + dx - 5, y - 20 - dy], [x + w + dx - 5, y - h - dy], 11, 11, t.dark),
    rod([x + 6, y - 20], [x + 6, y - h], 14, 14, colour),
    rod([x + w - 4, y - 20], [x + w - 4, y - h], 14, 14, colour),
    shape(
      poly([
        [x - 14, y - h - 10],
        [x - 14, y - h + 8],
        [x + w + 14, y - h + 8],
        [x + w + 14 + dx + 8, y - h - dy + 2],
        [x + w + 22 + dx, y - h - dy - 14],
        [x + w + 14, y - h - 10],
      ]),
      t.dark,
    ),
    shape(
      poly([
        [x - 14, y - h - 10],
        [x - 14, y - h + 8],
        [x + w + 14, y - h + 8],
        [x + w + 14, y - h - 10],
      ]),
      t.base,
    ),
    shape(poly(roof), t.light),
    shape(
      poly([
        [x + w + 14, y - h - 10],
        [x + 116 + dx / 2, y - h - 92],
        [x + w + dx + 22, y - h - dy - 14],
      ]),
      t.dark,
    ),
    box(x + 66 + dx / 2, y - h - 88, 48, 22, 34, colour),
    bar(
      `M${x + 70 + dx / 2} ${y - h - 116}C${x + 30 + dx / 2} ${y - h - 220} ${x + 168 + dx / 2} ${y - h - 220} ${x + 122 + dx / 2} ${y - h - 118}`,
      9,
      colour,
    ),
  );
};

const candles: Drawing = (look) => {
  const wax = colourOf(look.option("wax") || "Beeswax");
  const pillar = (x: number, y: number, h: number): string => {
    const f = form(x, y, 0.2, [
      [0, 66, "c"],
      [h - 6, 66, "c"],
      [h, 62, "c"],
    ]);
    return (
      standing(x, y, 70, h) +
      skin(f, wax) +
      mouth(f, lit(wax, 0.3), 9) +
      disc(x, y - h, 50, 10, lit(wax, 0.42)) +
      flame(x, y - h, 0.82)
    );
  };
  const tray = form(395, G + 40, 0.22, [
    [0, 226, "c"],
    [6, 236],
    [20, 250, "c"],
  ]);
  return onTableAt(
    1.08,
    standing(395, G + 40, 230, 60),
    skin(tray, colourOf("Walnut")),
    dish(tray, colourOf("Walnut"), 6),
    pillar(400, G - 18, 300),
    pillar(288, G + 28, 130),
    pillar(498, G + 36, 204),
  );
};

export const candlelight: Drawings = {
  "hurricane-lantern": hurricane,
  "pillar-candles": candles,
};
