/** Notebook and card, seen from above. */
import { stripes } from "../kit/cloth.ts";
import { mix, shaded, tones } from "../kit/colour.ts";
import { onPaper, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, group, line, n, shape, slab } from "../kit/path.ts";
import { leaves, pear, sprig } from "../kit/plants.ts";
import { behind } from "../kit/stage.ts";
import { PAGE, pencil } from "../kit/writing.ts";

const notebook: Drawing = (look) => {
  const colour = look.colour("Clay");
  const t = tones(colour);
  const cover = slab(170, 180, 420, 590, 12);
  return onPaper(
    `<g transform="translate(-24 0)rotate(-8 400 500)">`,
    behind(slab(170, 180, 432, 604, 14), look.paper, 20, 24),
    shape(slab(176, 190, 426, 594, 12), t.deep),
    shape(slab(178, 186, 418, 590, 6), PAGE),
    line("M200 780H588M200 774H592M596 200V776", shaded(PAGE, 0.2), 1.5),
    shape("M396 764h20v76l-10-14l-10 14Z", shaded(mix(colour, "#cd9a40", 0.6), 0.1)),
    `<defs>${stripes("c", 5, 1.4, t.dark)}${stripes("d", 5, 1.2, t.dark, 90)}</defs>`,
    shape(cover, t.base),
    shape(cover, "url(#c)", `opacity=".28"`),
    shape(cover, "url(#d)", `opacity=".24"`),
    shape("M182 180H226V770H182Q170 770 170 758V192Q170 180 182 180Z", t.dark, `opacity=".75"`),
    line("M228 182V768", t.deep, 3, `opacity=".7"`),
    shape("M232 180H578Q590 180 590 192V260L232 520Z", t.light, `opacity=".3"`),
    shape(slab(318, 290, 180, 104, 4), shaded(PAGE, 0.03)),
    line("M338 324H478M338 350H452", mix(PAGE, colour, 0.5), 3),
    "</g>",
    `<g transform="translate(600 812)rotate(-70)">${pencil(colourOf(look.option("colour") === "Indigo" ? "Ochre" : "Indigo"), look.paper)}</g>`,
  );
};

const motifs: Readonly<Record<string, string>> = {
  Fern: sprig({
    id: "m",
    from: [0, 170],
    via: [-14, 20],
    to: [26, -150],
    pairs: 9,
    size: 96,
    fat: 15,
    colour: colourOf("Fern"),
    stem: colourOf("Fern"),
    bare: 0.14,
  }),
  Pear: pear(0, 128, 2.1, "#c59c43") + leaves("m", colourOf("Leaf"), 30, [[16, -122, -8, 84]]),
  Sun:
    disc(0, -6, 66, 66, "#c8743f") +
    shape("M0-72A66 66 0 0 1 40 46A80 80 0 0 0 0-72Z", "#b05f30") +
    Array.from({ length: 16 }, (_, i) =>
      group(
        `translate(0 -6)rotate(${n(i * 22.5)})`,
        shape(i % 2 === 0 ? "M84-7L142 0L84 7Z" : "M84-5L116 0L84 5Z", "#cd9a40"),
      ),
    ).join("") +
    line("M-120 168q30-16 60 0t60 0t60 0t60 0", colourOf("Indigo"), 5) +
    line("M-90 192q30-16 60 0t60 0t60 0", colourOf("Indigo"), 4),
};

const card: Drawing = (look) => {
  const kraft = { Fern: "#b9c1a4", Pear: "#d8b98c", Sun: "#c9907a" }[look.option("motif")] ?? "#d8b98c";
  const t = tones(kraft);
  const envelope = slab(120, 300, 560, 400, 8);
  const front = slab(230, 190, 360, 520, 4);
  return onPaper(
    `<g transform="translate(30 60)rotate(9 400 500)">`,
    behind(envelope, look.paper, 16, 22),
    shape(envelope, t.base),
    shape("M120 308L400 520L680 308Q680 300 672 300H128Q120 300 120 308Z", t.light),
    line("M122 306L400 520L678 306", t.dark, 3),
    line("M124 694L330 468M676 694L470 468", t.dark, 2, `opacity=".7"`),
    "</g>",
    `<g transform="rotate(-6 400 480)">`,
    behind(front, kraft, 16, 20),
    shape(front, PAGE),
    shape("M586 190H590V706Q590 710 586 710H234V704H584Z", shaded(PAGE, 0.14)),
    shape("M230 194Q230 190 234 190H590L230 470Z", "#ffffff", `opacity=".4"`),
    line(slab(254, 214, 312, 472, 2), shaded(kraft, 0.1), 2),
    group("translate(408 450)", motifs[look.option("motif")] ?? ""),
    "</g>",
  );
};

export const paperGoods: Drawings = {
  "cloth-notebook": notebook,
  "letterpress-card": card,
};
