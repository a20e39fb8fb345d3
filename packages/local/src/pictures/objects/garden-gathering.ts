/** What comes along for the picking: trug, twine and boots. */
import { pattern } from "../kit/cloth.ts";
import { lit, mix, shaded, tones } from "../kit/colour.ts";
import { form, radiusAt, topOf } from "../kit/form.ts";
import { onTable, onTableAt, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, group, line, n, poly, shape } from "../kit/path.ts";
import { fruit, leaves } from "../kit/plants.ts";
import { bar } from "../kit/solids.ts";
import { GROUND as G, standing } from "../kit/stage.ts";
import { dish, drum, outline, skin } from "../kit/turned.ts";

const trug: Drawing = (look) => {
  const willow = colourOf(look.option("willow") || "Buff");
  const t = tones(willow);
  const basket = form(395, G, 0.2, [
    [0, 170, "c"],
    [12, 182],
    [80, 228],
    [140, 250, "c"],
  ]);
  const weave = pattern(
    "w",
    40,
    28,
    `<path d="M-2 7Q10-1 20 7T42 7M-22 21Q-10 13 0 21T20 21T40 21" fill="none" stroke="${t.dark}" stroke-width="4"/><path d="M0 3Q10-4 20 3M20 17Q30 10 40 17" fill="none" stroke="${t.light}" stroke-width="3"/>`,
  );
  const top = topOf(basket);
  const carrot = (x: number, y: number, turn: number): string =>
    group(
      `translate(${n(x)} ${n(y)})rotate(${turn})`,
      shape("M-22 0C-26-20 26-20 22 0L3 92Q0 98-3 92Z", "#cb7a3e"),
      shape("M-22 0C-24-12-14-15-6-15L-2 90Q-3 94-3 92Z", "#dc9a5c"),
      shape("M22 0C24-10 18-15 10-15L1 94Q3 94 3 92Z", "#a85d2e"),
    );
  const tuft = leaves("t", colourOf("Fern"), 24, [
    [250, top.y - 44, -130, 76],
    [252, top.y - 46, -96, 90],
    [256, top.y - 46, -64, 84],
    [306, top.y - 58, -112, 82],
    [310, top.y - 58, -76, 92],
    [312, top.y - 56, -46, 76],
  ]);
  const lettuce = leaves("l", colourOf("Leaf"), 46, [
    [470, top.y + 14, -160, 96],
    [480, top.y + 14, -128, 112],
    [490, top.y + 12, -100, 120],
    [500, top.y + 12, -66, 116],
    [506, top.y + 14, -34, 100],
    [490, top.y + 18, -90, 84],
    [500, top.y + 20, -58, 74],
  ]);
  return onTableAt(
    1.08,
    standing(395, G, 200, 200),
    line(`M300 ${top.y - 30}C300 ${top.y - 270} 500 ${top.y - 270} 500 ${top.y - 30}`, t.deep, 22),
    skin(basket, willow),
    shape(outline(basket), "url(#w)"),
    `<defs>${weave}</defs>`,
    dish(basket, shaded(willow, 0.3), 12),
    carrot(256, top.y - 30, -12),
    carrot(310, top.y - 42, 8),
    tuft,
    lettuce,
    fruit(404, top.y + 4, 40, 38, "#a8483a"),
    fruit(366, top.y + 18, 36, 34, "#b75a42"),
    fruit(570, top.y + 2, 36, 34, "#a8483a"),
    shape(
      `M${top.x - 250} ${top.y}A250 50 0 0 0 ${top.x + 250} ${top.y}L${top.x + 238} ${top.y + 42}A236 46 0 0 1 ${top.x - 238} ${top.y + 42}Z`,
      willow,
    ),
    shape(
      `M${top.x - 250} ${top.y}A250 50 0 0 0 ${top.x + 250} ${top.y}L${top.x + 238} ${top.y + 42}A236 46 0 0 1 ${top.x - 238} ${top.y + 42}Z`,
      "url(#w)",
    ),
    bar(`M${top.x - 248} ${top.y + 2}A248 50 0 0 0 ${top.x + 248} ${top.y + 2}`, 18, willow),
    bar(`M330 ${top.y + 62}C300 ${top.y - 300} 470 ${top.y - 320} 478 ${top.y + 60}`, 20, lit(willow, 0.1)),
  );
};

const twine: Drawing = (look) => {
  const colour = look.colour("Jute");
  const t = tones(colour);
  const wood = colourOf("Beech");
  const core = form(390, G - 34, 0.18, [
    [0, 118, "c"],
    [30, 136],
    [98, 146, "v"],
    [166, 136],
    [196, 118, "c"],
  ]);
  let turns = "";
  for (let i = 0; i < 13; i += 1) {
    const h = 8 + i * 15;
    const [a, b] = [radiusAt(core, h), radiusAt(core, Math.min(195, h + 22))];
    turns += `M${n(390 - a)} ${n(G - 34 - h)}Q390 ${n(G - 4 - h)} ${n(390 + b)} ${n(G - 34 - h - 22)}`;
  }
  return onTable(
    standing(390, G, 150, 300),
    line(`M512 ${G - 110}C590 ${G - 60} 470 ${G + 70} 560 ${G + 74}S640 ${G + 20} 600 ${G + 4}`, t.dark, 9),
    line(`M510 ${G - 112}C588 ${G - 62} 468 ${G + 68} 558 ${G + 72}S638 ${G + 18} 598 ${G + 2}`, t.light, 4),
    drum(390, G, 152, 34, 0.18, wood),
    skin(core, colour),
    line(turns, t.dark, 4),
    group("translate(0 -5)", line(turns, t.light, 2.5)),
    drum(390, G - 224, 140, 34, 0.18, wood),
    disc(390, G - 258, 44, 8, shaded(wood, 0.5)),
    shape(
      poly([
        [470, G - 262],
        [520, G - 272],
        [526, G - 304],
        [486, G - 290],
      ]),
      "#c3c9c8",
    ),
    shape(
      poly([
        [470, G - 262],
        [486, G - 290],
        [492, G - 288],
        [478, G - 262],
      ]),
      "#e6e9e6",
    ),
    line(`M390 ${G - 258}C380 ${G - 330} 450 ${G - 330} 470 ${G - 284}`, t.dark, 8),
    line(`M388 ${G - 260}C378 ${G - 332} 448 ${G - 332} 468 ${G - 286}`, t.light, 3.5),
  );
};

const boots: Drawing = (look) => {
  const colour = look.colour("Fern");
  const sole = shaded(mix(colour, "#3a3028", 0.6), 0.1);
  const boot = (dx: number, dy: number, dim: number): string => {
    const c = shaded(colour, dim);
    const k = tones(c);
    const d =
      "M300-256C344-270 420-270 452-256C452-200 456-150 470-124C500-104 590-98 616-50Q626-26 620-14H292C300-80 306-170 300-256Z";
    return group(
      `translate(${dx} ${dy})`,
      shape("M286-16H622Q634-14 630 4Q628 16 612 16H470Q452 16 444 6H376L372 18H296Q284 18 284 4Z", sole),
      shape(d, k.base),
      shape("M300-256C320-262 340-265 356-266C352-180 350-90 330-14H292C300-80 306-170 300-256Z", k.light),
      shape("M616-50Q626-26 620-14H420C500-20 560-30 590-78Q608-66 616-50Z", k.dark),
      shape(
        "M452-256C452-200 456-150 470-124C450-120 430-140 424-180C420-210 420-240 422-264Q440-261 452-256Z",
        k.dark,
      ),
      shape("M300-256C344-270 420-270 452-256C452-246 420-240 376-240S300-246 300-256Z", k.deep),
      shape("M316-252C350-260 410-260 438-252C430-246 404-244 376-244S322-246 316-252Z", "#cdb48d"),
      shape("M396-243L428-246L430-150Q412-140 404-150Z", k.deep, `opacity=".55"`),
      line("M292-30H620", k.light, 4, `opacity=".7"`),
      bar("M300-250C270-290 316-306 324-258", 11, k.base),
    );
  };
  return onTable(
    standing(400, G + 8, 190, 200),
    boot(-20, G - 44, 0.16),
    standing(340, G + 40, 170, 160),
    boot(-108, G + 30, 0),
    leaves("a", colourOf("Leaf"), 22, [
      [620, G + 70, -150, 64],
      [622, G + 72, 166, 60],
    ]),
  );
};

export const gathering: Drawings = {
  "willow-trug": trug,
  "garden-twine": twine,
  "short-garden-boots": boots,
};
