/** Lights that hang from a ceiling or a wall. */
import { shaded, tones } from "../kit/colour.ts";
import { form, topOf } from "../kit/form.ts";
import { glow, pool } from "../kit/light.ts";
import { onTableAt, onWall, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, line, n, shape, slab } from "../kit/path.ts";
import { fruit } from "../kit/plants.ts";
import { book, rod } from "../kit/solids.ts";
import { behind, boxed, GROUND as G, standing } from "../kit/stage.ts";
import { drum, filled, skin } from "../kit/turned.ts";

const LIT = "#fdeec6";

const CABLE = "#4a4745";

const pendant: Drawing = (look) => {
  const colour = look.colour("Ink");
  const shade = form(400, 404, 0.08, [
    [0, 250, "c"],
    [8, 251, "c"],
    [52, 196],
    [100, 98],
    [124, 40, "c"],
    [166, 30, "c"],
    [176, 12, "c"],
  ]);
  const bowl = form(400, G + 50, 0.24, [
    [0, 66, "c"],
    [10, 68, "c"],
    [34, 120],
    [86, 160, "c"],
  ]);
  const top = topOf(bowl);
  return onTableAt(
    1,
    line("M400 0V234", CABLE, 6),
    pool(400, 408, 236, G + 44, 330),
    disc(400, 408, 242, 19, LIT),
    disc(400, 412, 70, 9, "#fffaf0"),
    skin(shade, colour),
    standing(400, G + 50, 100, 90),
    skin(bowl, colourOf("Chalk")),
    filled(
      bowl,
      colourOf("Chalk"),
      6,
      "n",
      fruit(top.x - 52, top.y - 20, 46, 44, "#b9683f"),
      fruit(top.x + 50, top.y - 24, 44, 42, "#c98a4a"),
      fruit(top.x + 2, top.y, 46, 42, "#c0764b"),
    ),
  );
};

const paperLantern: Drawing = (look) => {
  const s = look.scale;
  const [x, y, r] = [400, 250 + 170 * s, 236 * s];
  const paper = "#f8efd9";
  let ribs = "";
  for (let i = 1; i < 15; i += 1) {
    const turn = (Math.PI * i) / 15;
    const [half, h] = [r * Math.sin(turn), -r * 0.92 * Math.cos(turn)];
    ribs += `M${n(x - half)} ${n(y + h)}A${n(half)} ${n(half * 0.1)} 0 0 0 ${n(x + half)} ${n(y + h)}`;
  }
  return onTableAt(
    1,
    line(`M400 0V${n(y - r * 0.9)}`, CABLE, 5),
    glow(x, y, r * 1.7),
    disc(x, y, r, r * 0.93, paper),
    shape(
      `M${n(x + r * 0.3)} ${n(y - r * 0.887)}A${n(r)} ${n(r * 0.93)} 0 0 1 ${n(x + r * 0.3)} ${n(y + r * 0.887)}A${n(r * 0.9)} ${n(r)} 0 0 0 ${n(x + r * 0.3)} ${n(y - r * 0.887)}Z`,
      shaded(paper, 0.1),
    ),
    glow(x, y, r),
    line(ribs, "#c9b48c", 2, `opacity=".7"`),
    disc(x, y - r * 0.915, r * 0.26, r * 0.05, CABLE),
    disc(x, y + r * 0.92, r * 0.24, r * 0.04, LIT),
    boxed(250, G + 86, 250, 120, 90),
    book(250, G + 86, 250, 34, 120, colourOf("Indigo")),
    book(268, G + 52, 216, 28, 104, colourOf("Rose")),
    drum(382, G + 10, 40, 44, 0.24, colourOf("Chalk"), "glaze"),
    disc(382, G - 34, 33, 7, "#6a4a30"),
  );
};

const circle = (x: number, y: number, r: number): string =>
  `M${n(x + r)} ${n(y)}A${n(r)} ${n(r)} 0 1 0 ${n(x - r)} ${n(y)}A${n(r)} ${n(r)} 0 1 0 ${n(x + r)} ${n(y)}Z`;

const wallLight: Drawing = (look) => {
  const colour = look.colour("Brass");
  const t = tones(colour);
  const [x, y, r] = [400, 384, 172];
  const holder = form(x, 598, 0.15, [
    [0, 16, "c"],
    [8, 30],
    [20, 66],
    [62, 78, "c"],
  ]);
  const opal = "#f9f1df";
  return onWall(
    glow(x, y, 470),
    behind(circle(x, 724, 82), look.paper, 16, 20),
    behind(circle(x, y, r), look.paper, 46, 58),
    shape(circle(x, 724, 82), t.dark),
    disc(x - 3, 720, 78, 78, t.base),
    shape(`M${x - 3} 642A78 78 0 0 0 ${x - 46} 785A90 90 0 0 1 ${x - 3} 642Z`, t.light),
    disc(x - 50, 724, 7, 7, t.deep),
    disc(x + 48, 724, 7, 7, t.deep),
    shape(slab(x - 17, 590, 38, 152, 18), t.deep, `opacity=".5"`),
    rod([x, 724], [x, 592], 32, 24, colour),
    disc(x, 726, 24, 24, t.dark),
    disc(x - 3, 723, 19, 19, t.light),
    skin(holder, colour, "metal"),
    disc(x, 536, 78, 11, t.deep),
    shape(circle(x, y, r), opal),
    shape(
      `M${x + 62} ${y - 160}A${r} ${r} 0 0 1 ${x + 42} ${y + 166}A182 182 0 0 0 ${x + 62} ${y - 160}Z`,
      shaded(opal, 0.12),
    ),
    glow(x - 10, y, 155),
    disc(x - 72, y - 72, 28, 38, "#ffffff", `opacity=".7" transform="rotate(28 ${x - 72} ${y - 72})"`),
  );
};

export const hungLights: Drawings = {
  "spun-pendant": pendant,
  "paper-lantern": paperLantern,
  "opal-wall-light": wallLight,
};
