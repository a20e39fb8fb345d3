/** What hangs in the shed and on its wall: gloves and the bird box. */
import { lit, mix, shaded, tones } from "../kit/colour.ts";
import { rivet } from "../kit/faceted.ts";
import { onPaper, onWall, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, group, line, poly, shape, slab } from "../kit/path.ts";
import { leaves, sprig } from "../kit/plants.ts";
import { grain } from "../kit/solids.ts";
import { behind } from "../kit/stage.ts";

const STEEL = "#8f9696";

const gloves: Drawing = (look) => {
  const colour = look.colour("Tan");
  const s = 1 - (1 - look.scale) * 0.5;
  const suede = shaded(mix(colour, "#8a6a4a", 0.4), 0.06);
  const hand =
    "M-92 0C-104-70-110-130-106-196C-104-260-112-330-104-366Q-90-392-72-366L-56-226C-56-300-54-380-46-420Q-28-446-10-420L-2-232C6-310 14-380 24-412Q42-434 58-408L46-224C56-280 70-330 82-352Q100-368 112-346C108-280 98-220 94-176C120-210 150-232 176-232Q196-222 188-202C160-160 124-90 96 0Z";
  const cuff = "M-96-10C-104 70-124 150-142 214Q0 246 136 214C118 150 102 70 98-10Q0 14-96-10Z";
  const glove = (x: number, y: number, turn: number, flip: 1 | -1, dim: number): string => {
    const [c, k] = [shaded(colour, dim), shaded(suede, dim)];
    const [a, b] = [tones(c), tones(k)];
    return group(
      `translate(${x} ${y})rotate(${turn})scale(${flip * s} ${s})`,
      behind(hand + cuff, look.paper, 14 * flip, 18),
      shape(hand, a.base),
      shape(
        "M-92 0C-104-70-110-130-106-196C-104-260-112-330-104-366Q-98-378-90-380C-84-300-88-200-66-130C-52-80-50-40-52 6Z",
        flip === 1 ? a.light : a.dark,
      ),
      shape(
        "M96 0C124-90 160-160 188-202Q190-210 188-216C150-200 110-150 84-100C66-60 58-20 56 6Z",
        flip === 1 ? a.dark : a.light,
      ),
      line(
        "M-56-226Q-54-180-50-150M-2-232Q-2-190 0-160M46-224Q42-190 44-160M94-176Q70-140 64-100M-60-60Q0-40 62-70",
        a.dark,
        4,
      ),
      shape(cuff, b.base),
      shape(
        "M-96-10C-104 70-124 150-142 214Q-110 222-80 226C-70 150-60 70-58 0Q-80-4-96-10Z",
        flip === 1 ? b.light : b.dark,
      ),
      line("M-96 14Q0 38 100 14M-132 190Q0 220 128 190", lit(k, 0.4), 3, `stroke-dasharray="8 7"`),
    );
  };
  return onPaper(
    glove(490, 560, 16, -1, 0.14),
    glove(320, 590, -12, 1, 0),
    leaves("a", colourOf("Fern"), 22, [
      [610, 820, -120, 84],
      [614, 824, -66, 76],
      [608, 822, -164, 70],
    ]),
  );
};

const birdBox: Drawing = (look) => {
  const wood = look.colour("Cedar");
  const t = tones(wood);
  const roof = look.option("finish") === "Cedar" ? shaded(wood, 0.3) : "#8a7460";
  const r = tones(roof);
  const front = poly([
    [260, 420],
    [400, 262],
    [540, 420],
    [540, 760],
    [260, 760],
  ]);
  const side = poly([
    [540, 420],
    [606, 384],
    [606, 716],
    [540, 760],
  ]);
  const whole = poly([
    [236, 430],
    [400, 240],
    [470, 206],
    [640, 384],
    [606, 402],
    [606, 716],
    [540, 760],
    [260, 760],
    [260, 420],
  ]);
  return onWall(
    sprig({
      id: "b",
      from: [800, 180],
      via: [690, 160],
      to: [560, 110],
      pairs: 5,
      size: 90,
      fat: 30,
      colour: colourOf("Leaf"),
      stem: "#6a5844",
      bare: 0.1,
    }),
    behind(whole, look.paper, 34, 40),
    shape(side, t.dark),
    shape(front, t.base),
    shape(
      poly([
        [260, 420],
        [400, 262],
        [400, 290],
        [330, 400],
        [330, 760],
        [260, 760],
      ]),
      t.light,
      `opacity=".7"`,
    ),
    grain(276, 430, 250, 320, wood, 8),
    line("M330 342V760M400 268V760M470 342V760", t.dark, 2, `opacity=".6"`),
    shape(
      poly([
        [236, 430],
        [222, 410],
        [400, 214],
        [578, 410],
        [564, 430],
        [400, 250],
      ]),
      r.light,
    ),
    shape(
      poly([
        [400, 214],
        [470, 180],
        [648, 372],
        [578, 410],
      ]),
      r.base,
    ),
    shape(
      poly([
        [578, 410],
        [648, 372],
        [640, 390],
        [564, 430],
      ]),
      r.deep,
    ),
    shape(
      poly([
        [264, 424],
        [400, 272],
        [536, 424],
        [536, 440],
        [400, 292],
        [264, 440],
      ]),
      shaded(wood, 0.5),
      `opacity=".4"`,
    ),
    disc(400, 470, 54, 54, t.light),
    disc(401, 471, 48, 48, "#3b2f2b"),
    shape("M400 423A48 48 0 0 1 430 508A52 52 0 0 0 400 423Z", "#5a463a"),
    shape(slab(398, 566, 18, 76, 9), t.deep, `opacity=".5"`),
    shape(slab(391, 560, 18, 76, 9), colourOf("Brass")),
    shape(slab(391, 560, 7, 76, 4), lit(colourOf("Brass"), 0.4)),
    rivet(400, 572, 6, colourOf("Brass")),
    rivet(290, 730, 6, STEEL),
    rivet(510, 730, 6, STEEL),
    rivet(290, 450, 6, STEEL),
    rivet(510, 450, 6, STEEL),
    sprig({
      id: "a",
      from: [0, 820],
      via: [110, 800],
      to: [236, 716],
      pairs: 5,
      size: 84,
      fat: 30,
      colour: colourOf("Fern"),
      stem: "#6a5844",
      bare: 0.1,
    }),
  );
};

export const shed: Drawings = {
  "leather-gloves": gloves,
  "bird-box": birdBox,
};
