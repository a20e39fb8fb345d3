/** What boils water: moka pot and kettle. */
import { lit, shaded, tones } from "../kit/colour.ts";
import { faceted, rivet } from "../kit/faceted.ts";
import { form } from "../kit/form.ts";
import { onTable, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, group, line, n, poly, shape, slab } from "../kit/path.ts";
import { bar, rod } from "../kit/solids.ts";
import { GROUND as G, standing } from "../kit/stage.ts";
import { band, drum, mouth, skin } from "../kit/turned.ts";

const mokaPot: Drawing = (look) => {
  const colour = look.colour("Steel");
  const wood = colourOf("Beech");
  const t = tones(colour);
  const s = look.scale;
  const cup = form(214, G + 64, 0.2, [
    [0, 36, "c"],
    [8, 40],
    [40, 58],
    [84, 62, "c"],
  ]);
  return onTable(
    standing(410, G, 112 * s, 420 * s),
    group(
      `matrix(${s} 0 0 ${s} ${n(410 * (1 - s))} ${n(G * (1 - s))})`,
      shape(
        poly([
          [484, G - 372],
          [606, G - 382],
          [612, G - 350],
          [566, G - 160],
          [536, G - 166],
          [562, G - 340],
          [486, G - 344],
        ]),
        wood,
      ),
      shape(
        poly([
          [484, G - 372],
          [606, G - 382],
          [608, G - 370],
          [486, G - 360],
        ]),
        lit(wood, 0.35),
      ),
      shape(
        poly([
          [606, G - 382],
          [612, G - 350],
          [566, G - 160],
          [556, G - 162],
        ]),
        shaded(wood, 0.22),
      ),
      shape(
        poly([
          [316, G - 380],
          [268, G - 392],
          [330, G - 290],
        ]),
        t.light,
      ),
      faceted(
        410,
        [
          [G - 186, 76],
          [G - 14, 112],
          [G - 6, 108],
        ],
        colour,
      ),
      drum(410, G - 180, 84, 34, 0.13, colour),
      faceted(
        410,
        [
          [G - 386, 98],
          [G - 214, 70],
        ],
        colour,
      ),
      line(`M326 ${G - 188}A84 11 0 0 0 494 ${G - 188}M326 ${G - 204}A84 11 0 0 0 494 ${G - 204}`, t.dark, 3),
      rivet(386, G - 116, 14, colourOf("Brass")),
      faceted(
        410,
        [
          [G - 424, 34],
          [G - 392, 102],
          [G - 382, 100],
        ],
        lit(colour, 0.1),
      ),
      shape(`M376 ${G - 424}Q410 ${G - 432} 444 ${G - 424}Q410 ${G - 416} 376 ${G - 424}Z`, t.light),
      rod([410, G - 422], [410, G - 446], 14, 14, t.dark),
      disc(410, G - 458, 26, 22, shaded(wood, 0.2)),
      disc(407, G - 461, 22, 18, wood),
      disc(401, G - 466, 9, 6, lit(wood, 0.4)),
    ),
    standing(214, G + 64, 44, 80),
    skin(cup, colourOf("Chalk"), "glaze"),
    mouth(cup, colourOf("Chalk"), 5),
    disc(214, G - 16, 52, 8, "#4a2d1f"),
  );
};

const kettle: Drawing = (look) => {
  const colour = look.colour("Chalk");
  const finish = look.option("finish") === "Steel" ? "metal" : "glaze";
  const wood = colourOf("Beech");
  const t = tones(colour);
  const steel = colourOf("Steel");
  const body = form(400, G, 0.15, [
    [0, 170, "c"],
    [8, 184],
    [54, 192, "v"],
    [120, 172],
    [176, 122],
    [200, 92, "c"],
  ]);
  const lid = form(400, G - 196, 0.15, [
    [0, 96, "c"],
    [10, 94],
    [28, 60],
    [36, 18, "c"],
  ]);
  return onTable(
    standing(400, G, 180, 240),
    line(`M302 ${G - 176}C250 ${G - 420} 550 ${G - 420} 498 ${G - 176}`, tones(steel).dark, 14),
    line(`M300 ${G - 178}C248 ${G - 422} 548 ${G - 422} 496 ${G - 178}`, lit(steel, 0.2), 6),
    bar(`M322 ${G - 318}C354 ${G - 374} 446 ${G - 374} 478 ${G - 318}`, 32, wood),
    shape(
      `M254 ${G - 72}C214 ${G - 100} 204 ${G - 160} 142 ${G - 196}L178 ${G - 226}C244 ${G - 198} 262 ${G - 158} 300 ${G - 146}Z`,
      t.base,
    ),
    shape(
      `M178 ${G - 226}C244 ${G - 198} 262 ${G - 158} 300 ${G - 146}L292 ${G - 132}C246 ${G - 150} 232 ${G - 188} 166 ${G - 216}Z`,
      t.light,
    ),
    shape(
      `M254 ${G - 72}C214 ${G - 100} 204 ${G - 160} 142 ${G - 196}L152 ${G - 204}C220 ${G - 168} 222 ${G - 110} 262 ${G - 90}Z`,
      t.dark,
    ),
    group(
      `rotate(-42 160 ${G - 212})`,
      shape(slab(136, G - 236, 48, 30, 6), tones(steel).dark),
      shape(slab(136, G - 236, 20, 30, 6), lit(steel, 0.4)),
      disc(160, G - 242, 18, 9, wood),
    ),
    skin(body, colour, finish),
    band(body, 12, 17, t.dark),
    skin(lid, colour, finish === "metal" ? "metal" : "matte"),
    line(`M304 ${G - 196}A96 14.4 0 0 0 496 ${G - 196}`, t.deep, 3),
    rod([400, G - 228], [400, G - 246], 12, 12, steel),
    disc(400, G - 256, 24, 18, shaded(wood, 0.2)),
    disc(397, G - 259, 20, 14, wood),
    rivet(304, G - 180, 10, steel),
    rivet(496, G - 180, 10, steel),
  );
};

export const brewing: Drawings = {
  "moka-pot": mokaPot,
  "whistling-kettle": kettle,
};
