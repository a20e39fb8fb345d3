/** What stands on the desk: ink and the tape dispenser. */
import { lit, shaded, tones } from "../kit/colour.ts";
import { faceted } from "../kit/faceted.ts";
import { form } from "../kit/form.ts";
import { onTable, onTableAt, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, flat, group, line, poly, ring, shape, slab } from "../kit/path.ts";
import { behind, boxed, GROUND as G, standing } from "../kit/stage.ts";
import { band, drum, skin } from "../kit/turned.ts";

const ink: Drawing = (look) => {
  const colour = look.colour("Indigo");
  const t = tones(colour);
  const swatch = slab(196, G - 424, 210, 300, 3);
  const cap = form(430, G - 206, 0.15, [
    [0, 58, "c"],
    [58, 56, "c"],
  ]);
  return onTable(
    group(
      `rotate(-5 300 ${G - 120})`,
      behind(swatch, look.paper, 16, 18),
      shape(swatch, "#f4eee2"),
      flat(`M226 ${G - 374}q70-10 150 2`, colour, 44),
      flat(`M230 ${G - 312}q60 8 142-4`, lit(colour, 0.22), 44),
      flat(`M226 ${G - 250}q80-6 140 4`, lit(colour, 0.48), 44),
      disc(240, G - 190, 6, 6, colour),
      disc(262, G - 176, 4, 4, colour),
    ),
    standing(430, G, 128, 220),
    faceted(
      430,
      [
        [G - 178, 84],
        [G - 150, 132],
        [G - 26, 138],
        [G - 12, 126],
      ],
      "#c4d3d4",
    ),
    faceted(
      430,
      [
        [G - 128, 118],
        [G - 40, 122],
        [G - 30, 114],
      ],
      colour,
    ),
    shape(`M312 ${G - 128}A118 15 0 0 0 548 ${G - 128}A118 12 0 0 0 312 ${G - 128}Z`, t.deep),
    shape(`M346 ${G - 142}l26 4v112l-22-4Z`, "#ffffff", `opacity=".35"`),
    shape(slab(384, G - 108, 92, 58, 3), "#f4eee2"),
    disc(430, G - 79, 17, 17, colour),
    line(`M394 ${G - 100}H466M394 ${G - 58}H466`, t.light, 2),
    drum(430, G - 172, 66, 26, 0.14, "#c4d3d4"),
    skin(cap, "#3a3b40"),
    disc(430, G - 264, 56, 8.4, lit("#3a3b40", 0.3)),
    band(cap, 6, 12, colourOf("Brass"), "metal"),
  );
};

const tape: Drawing = (look) => {
  const colour = look.colour("Ink");
  const t = tones(colour);
  const kraft = "#d9b98a";
  const [x, y] = [330, G - 150];
  const side = `M170 ${G}V${G - 96}Q176 ${G - 150} 236 ${G - 150}L262 ${G - 150}A78 78 0 0 0 410 ${G - 128}C450 ${G - 96} 520 ${G - 104} 566 ${G - 152}L600 ${G - 152}L604 ${G - 20}Q604 ${G} 584 ${G}Z`;
  const depth = group("translate(40 -26)", shape(side, t.deep));
  return onTableAt(
    1.12,
    boxed(176, G + 4, 420, 80, 150),
    depth,
    disc(x + 34, y - 20, 122, 122, shaded(kraft, 0.3)),
    disc(x, y, 122, 122, kraft),
    ring(x, y, 112, 112, shaded(kraft, 0.14), 3),
    ring(x, y, 98, 98, shaded(kraft, 0.14), 2),
    ring(x, y, 84, 84, shaded(kraft, 0.14), 3),
    shape(
      `M${x - 50} ${y - 111}A122 122 0 0 0 ${x - 121} ${y + 10}L${x - 84} ${y + 8}A84 84 0 0 1 ${x - 34} ${y - 77}Z`,
      lit(kraft, 0.4),
      `opacity=".8"`,
    ),
    disc(x, y, 72, 72, "#efe6d6"),
    ring(x, y, 72, 72, shaded("#efe6d6", 0.2), 6),
    disc(x, y, 44, 44, tones(colourOf("Steel")).dark),
    disc(x - 3, y - 3, 40, 40, colourOf("Steel")),
    disc(x - 3, y - 3, 12, 12, tones(colourOf("Steel")).deep),
    shape(
      poly([
        [x + 60, y - 106],
        [x + 94, y - 128],
        [624, G - 190],
        [590, G - 164],
      ]),
      lit(kraft, 0.25),
      `opacity=".95"`,
    ),
    shape(side, t.base),
    shape(
      `M170 ${G}V${G - 96}Q176 ${G - 150} 236 ${G - 150}L262 ${G - 150}L264 ${G - 134}H240Q194 ${G - 132} 190 ${G - 90}V${G}Z`,
      t.light,
    ),
    shape(`M604 ${G - 20}Q604 ${G} 584 ${G}H260C420 ${G - 10} 540 ${G - 30} 600 ${G - 110}Z`, t.dark),
    shape(
      poly([
        [566, G - 152],
        [600, G - 152],
        [640, G - 178],
        [606, G - 178],
      ]),
      t.light,
    ),
    shape(
      poly([
        [600, G - 152],
        [640, G - 178],
        [642, G - 46],
        [604, G - 20],
      ]),
      t.deep,
    ),
    shape(
      poly([
        [588, G - 168],
        [628, G - 194],
        [632, G - 178],
        [624, G - 184],
        [618, G - 170],
        [610, G - 175],
        [604, G - 160],
        [598, G - 166],
        [592, G - 150],
      ]),
      "#d5d9d9",
    ),
    shape(`M170 ${G - 6}H604V${G}Q604 ${G + 8} 590 ${G + 8}H180Q170 ${G + 8} 170 ${G}Z`, colourOf("Cork")),
  );
};

export const desktop: Drawings = {
  "bottled-ink": ink,
  "tape-dispenser": tape,
};
