/** What cutting is done with and on. */
import { lit, mix, shaded, tones } from "../kit/colour.ts";
import { rivet } from "../kit/faceted.ts";
import { onPaper, onTable, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, group, line, n, shape, slab } from "../kit/path.ts";
import { fruit, leaves } from "../kit/plants.ts";
import { grain } from "../kit/solids.ts";
import { behind, GROUND as G, standing } from "../kit/stage.ts";

const knife: Drawing = (look) => {
  const handle = colourOf(look.option("handle") || "Walnut");
  const oak = colourOf("Oak");
  const board = slab(150, 190, 470, 640, 34);
  const steel = "#b9bfc0";
  const blade = "M372 132C338 240 322 420 330 560H414V150C404 128 384 118 372 132Z";
  const grip = "M352 560H416C420 640 424 720 434 800C438 838 400 846 384 824C366 760 356 660 352 560Z";
  return onPaper(
    `<g transform="rotate(-9 400 500)">`,
    behind(board, look.paper, 18, 24),
    shape(slab(150, 190, 470, 652, 34), shaded(oak, 0.24)),
    shape(board, oak),
    grain(160, 200, 450, 620, oak, 13),
    "</g>",
    `<g transform="translate(20 -6)rotate(24 400 500)">`,
    behind(blade, oak, 10, 16),
    behind(grip, oak, 10, 16),
    shape(blade, steel),
    shape("M372 132C338 240 322 420 330 560H352C346 420 356 250 384 124C380 124 376 126 372 132Z", "#dfe3e1"),
    shape("M392 126C404 130 414 140 414 150V560H398C402 420 400 250 392 126Z", shaded(steel, 0.2)),
    shape(slab(350, 548, 68, 26, 5), shaded(steel, 0.3)),
    shape(grip, handle),
    shape("M352 560H372C376 660 384 760 404 836Q392 834 384 824C366 760 356 660 352 560Z", lit(handle, 0.26)),
    shape(
      "M402 560H416C420 640 424 720 434 800C436 820 426 832 414 836C416 760 406 660 402 560Z",
      shaded(handle, 0.24),
    ),
    rivet(388, 610, 9, colourOf("Brass")),
    rivet(396, 690, 9, colourOf("Brass")),
    rivet(406, 768, 9, colourOf("Brass")),
    "</g>",
    line("M318 400Q270 430 240 500", "#56663f", 5),
    leaves("a", colourOf("Fern"), 30, [
      [314, 402, -40, 74],
      [296, 412, 190, 70],
      [270, 440, 30, 72],
      [262, 452, 168, 66],
      [244, 492, 60, 64],
      [242, 492, 130, 60],
    ]),
    behind("M592 700a56 50 0 1 1-112 0a56 50 0 1 1 112 0Z", oak, 12, 14),
    fruit(536, 700, 56, 50, "#dcb24c"),
  );
};

const board: Drawing = (look) => {
  const wood = look.colour("Oak");
  const t = tones(wood);
  const s = look.scale;
  const d =
    "M300 0V-330Q300 -362 330 -372C352 -380 364 -392 366 -420V-480Q366 -514 400 -514T434 -480V-420C436 -392 448 -380 470 -372Q500 -362 500 -330V0Q500 14 486 14H314Q300 14 300 0Z";
  const loaf = "#b57a42";
  return onTable(
    standing(390, G - 40, 110 * s, 120),
    group(
      `translate(${n(390 - 400 * s * 1.08)} ${n(G - 40)})scale(${s * 1.08})rotate(-3 400 0)`,
      group("translate(12 3)", shape(d, t.deep)),
      shape(d, t.base),
      shape(
        "M300 0V-330Q300 -362 330 -372C352 -380 364 -392 366 -420V-480Q366 -514 400 -514C376 -500 382 -470 380 -420C378 -384 356 -368 338 -360Q316 -350 316 -320V14Q300 14 300 0Z",
        t.light,
      ),
      grain(316, -350, 176, 350, wood, 6),
      disc(400, -462, 14, 15, t.deep),
      disc(403, -459, 11, 12, mix(look.paper, "#6a5a40", 0.2)),
    ),
    standing(520, G + 44, 110, 110),
    shape(
      `M380 ${G + 30}C372 ${G - 40} 430 ${G - 74} 520 ${G - 72}S666 ${G - 36} 656 ${G + 30}Q652 ${G + 50} 620 ${G + 52}H414Q384 ${G + 50} 380 ${G + 30}Z`,
      loaf,
    ),
    shape(
      `M380 ${G + 30}C372 ${G - 40} 430 ${G - 74} 520 ${G - 72}C450 ${G - 60} 410 ${G - 20} 414 ${G + 52}Q384 ${G + 50} 380 ${G + 30}Z`,
      lit(loaf, 0.3),
    ),
    shape(
      `M600 ${G - 58}C650 ${G - 40} 662 ${G - 10} 656 ${G + 30}Q652 ${G + 50} 620 ${G + 52}H560C610 ${G + 40} 630 ${G - 10} 600 ${G - 58}Z`,
      shaded(loaf, 0.24),
    ),
    line(`M450 ${G - 30}q30-26 50-26M506 ${G - 34}q34-24 54-22M562 ${G - 30}q30-20 48-16`, "#ead3a8", 8),
  );
};

export const boards: Drawings = {
  "cooks-knife": knife,
  "long-board": board,
};
