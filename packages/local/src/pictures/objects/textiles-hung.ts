/** Linen that hangs: tea towels and the apron. */
import { folds, stripes } from "../kit/cloth.ts";
import { lit, shaded, tones } from "../kit/colour.ts";
import { onWall, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, line, shape, slab } from "../kit/path.ts";
import { behind } from "../kit/stage.ts";

/** A peg on the wall, seen end on. */
const peg = (x: number, y: number, wood: string, paper: string): string =>
  behind(slab(x - 15, y - 15, 30, 30, 15), paper, 10, 14) +
  disc(x, y, 17, 17, shaded(wood, 0.2)) +
  disc(x - 2, y - 2, 14, 14, wood) +
  disc(x - 5, y - 5, 6, 6, lit(wood, 0.4));

const rail = (y: number, wood: string, paper: string): string => {
  const plank = slab(70, y - 34, 660, 68, 8);
  return (
    behind(plank, paper, 10, 14) +
    shape(plank, wood) +
    shape(slab(70, y - 34, 660, 12, 6), lit(wood, 0.3)) +
    line(`M90 ${y + 4}q280 10 600-4M120 ${y + 20}q200-6 420 2`, shaded(wood, 0.16), 2)
  );
};

/** A towel hanging from one loop: gathered at the top, opening into folds. */
function hung(x: number, y: number, colour: string, paper: string, prints: string): string {
  const t = tones(colour);
  const d = `M${x - 16} ${y}C${x - 30} ${y + 60} ${x - 96} ${y + 90} ${x - 112} ${y + 190}L${x - 122} ${y + 560}Q${x - 80} ${y + 578} ${x - 50} ${y + 562}T${x + 20} ${y + 566}T${x + 122} ${y + 548}L${x + 108} ${y + 190}C${x + 92} ${y + 90} ${x + 30} ${y + 60} ${x + 16} ${y}Z`;
  return (
    behind(d, paper, 18, 22) +
    shape(d, t.base) +
    prints.replaceAll("D", d) +
    shape(
      `M${x - 16} ${y}C${x - 30} ${y + 60} ${x - 96} ${y + 90} ${x - 112} ${y + 190}L${x - 122} ${y + 560}Q${x - 100} ${y + 570} ${x - 82} ${y + 572}C${x - 84} ${y + 400} ${x - 90} ${y + 200} ${x - 12} ${y}Z`,
      t.light,
      `opacity=".6"`,
    ) +
    folds(colour, [
      [x - 4, y + 20, y + 563, 34],
      [x + 8, y + 20, y + 562, 62],
      [x + 14, y + 10, y + 551, 96],
      [x - 10, y + 40, y + 563, -30],
    ]) +
    line(`M${x - 8} ${y + 2}q8-34 16 0`, t.dark, 5)
  );
}

const teaTowels: Drawing = (look) => {
  const colour = look.colour("Clay");
  const linen = "#efe6d4";
  const wood = colourOf("Oak");
  return onWall(
    `<defs>${stripes("s1", 34, 9, colour)}${stripes("s2", 34, 3, colour, 0)}</defs>`,
    rail(190, wood, look.paper),
    peg(270, 196, wood, look.paper),
    peg(540, 196, wood, look.paper),
    hung(270, 208, linen, look.paper, `<path d="D" fill="url(#s1)"/>`),
    hung(540, 208, colour, look.paper, ""),
    line("M424 714Q470 732 492 718T560 722T658 702", linen, 7),
    line("M424 736Q470 754 492 740T560 744T659 724", linen, 3),
  );
};

const apron: Drawing = (look) => {
  const colour = look.colour("Indigo");
  const t = tones(colour);
  const leather = "#9a6a43";
  const d =
    "M312 262H488C492 340 520 392 606 424C600 560 606 720 618 858Q520 876 400 868T182 858C194 720 200 560 194 424C280 392 308 340 312 262Z";
  const seam = (p: string): string => line(p, t.light, 2.5, `stroke-dasharray="9 7"`);
  return onWall(
    peg(400, 128, colourOf("Oak"), look.paper),
    line("M322 268C330 200 380 150 398 136M478 268C470 200 420 150 402 136", t.dark, 15),
    line("M320 266C328 198 378 150 396 134M476 266C468 198 422 150 404 134", t.base, 9),
    behind(d, look.paper, 20, 24),
    line("M604 432C640 520 620 600 644 690M196 432C160 520 176 590 154 660", t.dark, 11),
    shape(d, t.base),
    shape(
      "M312 262H366C340 420 262 560 252 866L182 858C194 720 200 560 194 424C280 392 308 340 312 262Z",
      t.light,
      `opacity=".75"`,
    ),
    shape(
      "M488 262C492 340 520 392 606 424C600 560 606 720 618 858L556 866C560 640 520 430 462 262Z",
      t.dark,
      `opacity=".8"`,
    ),
    folds(colour, [
      [330, 440, 868, 26],
      [470, 400, 869, 34],
    ]),
    seam("M326 276H474M208 436C290 404 322 350 326 276M592 436C510 404 478 350 474 276M196 842Q400 858 604 842"),
    shape(
      "M248 556H392V700Q392 716 376 716H264Q248 716 248 700ZM408 556H552V700Q552 716 536 716H424Q408 716 408 700Z",
      t.base,
    ),
    shape("M408 556H552V700Q552 716 536 716H520L532 572H408Z", t.dark),
    seam("M258 570H382M258 570V700H382V570M418 570H542V700H418V570"),
    shape("M304 256h32v26h-32ZM464 256h32v26h-32Z", leather),
    line("M474 600V520M488 600V512", "#c9a06c", 9),
    disc(488, 500, 12, 18, "#d2aa78"),
    shape("M464 524h20v-34h-20Z", "#d2aa78"),
    shape("M424 572H536V600H424Z", t.base),
    seam("M418 570H542"),
  );
};

export const hungLinen: Drawings = {
  "linen-tea-towels": teaTowels,
  "canvas-apron": apron,
};
