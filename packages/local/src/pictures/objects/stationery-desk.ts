/** What lies on a desk, seen from above: pen, pencils, tray and scissors. */
import { lit, shaded, tones } from "../kit/colour.ts";
import { rivet } from "../kit/faceted.ts";
import { onPaper, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, flat, group, line, n, ring, shape, slab } from "../kit/path.ts";
import { leaves } from "../kit/plants.ts";
import { grain } from "../kit/solids.ts";
import { behind } from "../kit/stage.ts";
import { PAGE, pencil, shaft } from "../kit/writing.ts";

const fountainPen: Drawing = (look) => {
  const colour = look.colour("Ink");
  const brass = colourOf("Brass");
  const sheet = slab(130, 170, 500, 660, 3);
  const capPath = "M-14-29H236Q262-24 264 0Q262 24 236 29H-14Z";
  const body = "M0-27H330Q352-24 366-17L470-15V15L366 17Q352 24 330 27H0Q-22 20-24 0Q-22-20 0-27Z";
  return onPaper(
    group(
      "rotate(6 400 500)",
      behind(sheet, look.paper, 14, 18),
      shape(sheet, PAGE),
      line("M180 250H480M180 296H540M180 342H420", shaded(PAGE, 0.12), 2),
      line(
        "M184 246c20-34 30-30 26-4s14 10 24-8s18-10 16 6s20 6 30-10s20-2 18 8s22 2 34-14s22-10 20 6s24 0 40-12M184 292c14-24 28-20 24-2s20 6 30-8s20 0 18 8s24-2 36-12",
        colour,
        4,
      ),
    ),
    `<g transform="translate(570 800)rotate(-128)">`,
    behind(body, PAGE, -22, 8),
    shaft(330, 27, colour),
    shape("M0-27Q-22-20-24 0Q-22 20 0 27Z", shaded(colour, 0.15)),
    shape("M330-27Q352-24 366-17V17Q352 24 330 27Z", tones(colour).base),
    shape("M330 12Q352 14 366 9V17Q352 24 330 27Z", tones(colour).dark),
    shape("M318-27h14v54h-14Z", brass),
    shape("M318-27h14v14h-14Z", lit(brass, 0.5)),
    group(
      "translate(366 0)",
      shaft(96, 17, shaded(colour, 0.16)),
      shape("M96-17C130-22 160-8 206 0C160 8 130 22 96 17Z", brass),
      shape("M96-17C130-22 160-8 206 0L110-2Q104-8 96-10Z", lit(brass, 0.5)),
      disc(128, 0, 5, 5, shaded(brass, 0.6)),
      line("M132 0H200", shaded(brass, 0.6), 2),
    ),
    "</g>",
    `<g transform="translate(250 780)rotate(-24)">`,
    behind(capPath, PAGE, 10, 16),
    group("translate(-14 0)", shaft(250, 29, colour)),
    shape("M236-29Q262-24 264 0Q262 24 236 29Z", tones(colour).dark),
    shape("M-14-29h20v58h-20Z", brass),
    shape("M-14-29h20v14h-20Z", lit(brass, 0.5)),
    shape("M236-8Q250-12 250-20L60-16Q44-12 46-4Q48 2 60 2Z", lit(brass, 0.2)),
    line("M60 2L236-6", shaded(brass, 0.3), 3),
    disc(54, -7, 10, 10, lit(brass, 0.3)),
    "</g>",
  );
};

const ranges: Readonly<Record<string, readonly string[]>> = {
  Earth: ["#e0c79c", "#cd9a40", "#c0764b", "#a9552f", "#7b4a34", "#4c3a34"],
  Sea: ["#dbe3dc", "#a5bfae", "#7fa3a6", "#5a7f95", "#36496d", "#2c3348"],
};

const pencils: Drawing = (look) => {
  const set = ranges[look.option("palette")] ?? [];
  const sleeve = slab(96, -116, 150, 236, 3);
  return onPaper(
    `<g transform="translate(236 800)rotate(-58)scale(1.22)">`,
    set.map((c, i) => group(`translate(${n((i % 2) * 26 + 40)} ${n(-92 + i * 37)})`, pencil(c, look.paper))).join(""),
    behind(sleeve, look.paper, 6, 8),
    shape(sleeve, PAGE),
    shape(slab(96, -116, 150, 60, 3), "#ffffff", `opacity=".5"`),
    shape("M96 84h150v36h-150Z", shaded(PAGE, 0.14)),
    flat("M112-114V118M230-114V118", set[3] ?? PAGE, 5),
    disc(171, 2, 34, 34, set[4] ?? PAGE),
    leaves("a", PAGE, 24, [
      [160, 22, -70, 44],
      [162, 12, -130, 26],
      [166, 8, -8, 24],
    ]),
    "</g>",
  );
};

const tray: Drawing = (look) => {
  const wood = look.colour("Oak");
  const t = tones(wood);
  const body = slab(170, 150, 430, 700, 46);
  const well = (d: string, inner: string): string => shape(d, t.deep) + group("translate(7 9)", shape(inner, t.dark));
  const clip = (x: number, y: number, turn: number): string =>
    group(
      `translate(${x} ${y})rotate(${turn})`,
      line("M-8 26V-22Q-8-34 4-34T16-22V24Q16 40 0 40T-16 24V-10", colourOf("Brass"), 4.5),
    );
  return onPaper(
    `<g transform="rotate(7 400 500)">`,
    behind(body, look.paper, 20, 26),
    shape(slab(170, 154, 430, 708, 46), t.dark),
    shape(body, t.base),
    grain(180, 170, 410, 670, wood, 17),
    shape(
      "M216 150H554Q600 150 600 196V200Q600 164 554 164H216Q184 164 184 196V804Q184 830 200 846Q170 836 170 804V196Q170 150 216 150Z",
      t.light,
    ),
    well(slab(212, 194, 130, 612, 40), slab(212, 194, 123, 603, 36)),
    well(slab(382, 194, 176, 290, 34), slab(382, 194, 169, 281, 30)),
    well("M558 688A88 96 0 1 1 382 688A88 96 0 1 1 558 688Z", "M551 684A83 90 0 1 1 382 684A83 90 0 1 1 551 684Z"),
    clip(430, 270, 20),
    clip(500, 300, -40),
    clip(450, 370, 80),
    clip(512, 400, 8),
    group("translate(262 760)rotate(-88)", pencil(colourOf("Clay"), t.dark)),
    group(
      "translate(310 700)rotate(-90)",
      behind("M0-12H330V12H0Z", t.dark, 8, 10),
      shaft(330, 12, colourOf("Ink")),
      shape("M330-12L356 0L330 12Z", colourOf("Brass")),
      shape("M206-12h10v24h-10Z", colourOf("Brass")),
    ),
    disc(462, 706, 44, 44, t.deep),
    disc(456, 698, 44, 44, colourOf("Chalk")),
    ring(456, 698, 32, 32, shaded(colourOf("Chalk"), 0.16), 3),
    disc(456, 698, 7, 7, shaded(colourOf("Chalk"), 0.3)),
    "</g>",
  );
};

const scissors: Drawing = (look) => {
  const handle = look.colour("Brass");
  const steel = "#b4babb";
  const blade = "M-16 0L-20-300Q-18-372 2-420Q16-372 22-300L26 20Q10 34-10 24Z";
  const bow = "M-14 0C-18 60-20 96-40 140C-74 214-70 300-8 318C60 336 96 262 70 190C54 146 30 90 26 10Z";
  const hole = "M-10 170C-36 222-36 280 0 290C42 300 60 240 42 194C32 168 4 146-10 170Z";
  const half = (turn: number, flip: 1 | -1): string =>
    group(
      `translate(400 500)rotate(${turn})scale(${flip} 1)`,
      behind(blade, look.paper, 14 * flip, 18),
      `<g fill-rule="evenodd">${behind(bow + hole, look.paper, 14 * flip, 18)}${shape(bow + hole, tones(handle).base)}</g>`,
      shape(
        "M-14 0C-18 60-20 96-40 140C-74 214-70 300-8 318C-46 280-40 212-14 164C2 124 0 60 2 0Z",
        flip === 1 ? tones(handle).light : tones(handle).dark,
      ),
      shape(
        "M26 10C30 90 54 146 70 190C96 262 60 336-8 318C48 314 72 250 52 196C40 160 14 100 14 10Z",
        flip === 1 ? tones(handle).dark : tones(handle).light,
      ),
      shape(blade, steel),
      shape("M-16 0L-20-300Q-18-372 2-420L4 24Z", flip === 1 ? lit(steel, 0.5) : shaded(steel, 0.14)),
    );
  const paper = look.option("finish") === "Brass" ? "#c98f80" : "#d9b98a";
  const sheet = "M120 640L560 250L640 340L690 820H190Z";
  return onPaper(
    behind(sheet, look.paper, 14, 18),
    shape(sheet, paper),
    shape("M120 640L560 250L640 340V345L566 262L124 652Z", lit(paper, 0.5)),
    `<g transform="translate(400 520)rotate(20)scale(1.14)translate(-400 -505)">`,
    half(-13, -1),
    half(13, 1),
    rivet(400, 494, 15, colourOf("Brass")),
    flat("M391 490L407 497", shaded(colourOf("Brass"), 0.6), 3),
    "</g>",
  );
};

export const desk: Drawings = {
  "fountain-pen": fountainPen,
  "cedar-pencils": pencils,
  "desk-tray": tray,
  "paper-scissors": scissors,
};
