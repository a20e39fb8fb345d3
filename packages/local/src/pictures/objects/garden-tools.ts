/** What the gardener holds: trowel, fork and secateurs. */
import { lit, shaded, tones } from "../kit/colour.ts";
import { rivet } from "../kit/faceted.ts";
import { onPaper, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, line, shape } from "../kit/path.ts";
import { bloom, sprig } from "../kit/plants.ts";
import { behind } from "../kit/stage.ts";

const STEEL = "#8f9696";

/** A wooden grip along y from 0 (ferrule) down to 250, with a leather loop at its end. */
function grip(wood: string, paper: string): string {
  const t = tones(wood);
  const d = "M-17 0H17C24 60 34 110 30 170C28 220 26 250 0 252C-26 250-28 220-30 170C-34 110-24 60-17 0Z";
  return (
    line("M0 244C-46 320 46 330 4 246", shaded("#8a5a3a", 0.1), 8) +
    behind(d, paper, 12, 16) +
    shape(d, t.base) +
    shape("M-17 0H-7C-14 80-20 180-4 252C-26 248-28 220-30 170C-34 110-24 60-17 0Z", t.light) +
    shape("M8 0H17C24 60 34 110 30 170C28 220 26 248 4 252C18 180 16 80 8 0Z", t.dark) +
    shape("M-19-26H19V6H-19Z", STEEL) +
    shape("M-19-26H-8V6H-19Z", lit(STEEL, 0.5)) +
    shape("M9-26H19V6H9Z", shaded(STEEL, 0.3))
  );
}

const handTools: Drawing = (look) => {
  const wood = colourOf(look.option("handle") || "Ash");
  const blade = "M-13-20C-11-80-26-110-58-140C-76-190-66-300 0-372C66-300 76-190 58-140C26-110 11-80 13-20Z";
  const neck = "M-12-20C-10-70-14-110-16-140H16C14-110 10-70 12-20Z";
  const fork = `${neck}M-72-150Q-72-128-48-126H48Q72-128 72-150L60-350Q56-362 52-350L46-160H14L8-356Q0-370-8-356L-14-160H-46L-52-350Q-56-362-60-350Z`;
  return onPaper(
    `<g transform="translate(300 600)rotate(-9)scale(1.08)">`,
    behind(blade, look.paper, 14, 18),
    shape(blade, STEEL),
    shape("M-13-20C-11-80-26-110-58-140C-76-190-66-300 0-372C-34-290-30-170-4-120V-20Z", lit(STEEL, 0.4)),
    shape(
      "M0-372C66-300 76-190 58-140C26-110 11-80 13-20H4C6-100 20-120 28-170C34-250 24-320 0-372Z",
      shaded(STEEL, 0.24),
    ),
    grip(wood, look.paper),
    "</g>",
    `<g transform="translate(520 610)rotate(8)scale(1.08)">`,
    behind(fork, look.paper, 14, 18),
    shape(fork, STEEL),
    shape(
      "M-72-150Q-72-128-48-126H-20L-46-160L-52-350Q-56-362-60-350ZM-14-160L-8-356Q-4-362 0-362L-2-160Z",
      lit(STEEL, 0.4),
    ),
    shape("M72-150L60-350Q58-358 55-356L60-150Q58-132 30-126H48Q72-128 72-150Z", shaded(STEEL, 0.24)),
    grip(wood, look.paper),
    "</g>",
  );
};

const secateurs: Drawing = (look) => {
  const colour = colourOf(look.option("grip") || "Clay");
  const t = tones(colour);
  const lower =
    "M-20 0C-40 60-84 110-96 200C-104 270-96 330-84 372Q-70 392-52 376C-60 320-58 250-38 190C-20 130 14 90 26 30Z";
  const upper =
    "M20 0C44 50 96 110 104 200C110 270 100 330 88 368Q74 388 56 372C66 320 62 250 44 190C28 130-10 90-24 30Z";
  const hook = "M-24 20C-44-30-60-90-44-150C-36-176-22-190-14-186C-20-150-12-110 22-60L28 20Z";
  const blade = "M24 26C44-10 62-80 44-150C34-196 10-232-8-246C-18-180-22-100-26 10Z";
  return onPaper(
    `<g transform="translate(410 440)rotate(24)scale(1.12)">`,
    behind(lower + upper, look.paper, 16, 20),
    behind(blade, look.paper, 14, 18),
    shape(hook, shaded(STEEL, 0.36)),
    shape(lower, t.base),
    shape(
      "M-20 0C-40 60-84 110-96 200C-104 270-96 330-84 372Q-80 380-74 382C-86 320-84 250-64 180C-44 120-14 80-4 14Z",
      t.light,
    ),
    shape(blade, "#b4bbba"),
    shape("M-8-246C10-232 34-196 44-150C40-150 36-140 32-130C22-170 6-210-10-226Z", "#e3e7e4"),
    shape("M24 26C44-10 62-80 44-150C36-60 10-10-26 10Z", shaded("#b4bbba", 0.2)),
    shape(upper, t.base),
    shape(
      "M104 200C110 270 100 330 88 368Q80 382 68 380C84 320 86 260 78 200C66 130 30 70 20 0C44 50 96 110 104 200Z",
      t.dark,
    ),
    shape("M-24 30C-10 90 28 130 44 190C50 210 54 240 56 260C46 200 26 150 0 110C-14 80-26 60-24 30Z", t.light),
    line("M-40 250Q0 226 46 250M-42 262Q0 282 48 262", shaded(STEEL, 0.2), 7),
    line("M-40 250Q0 226 46 250", lit(STEEL, 0.4), 3),
    rivet(2, 22, 24, STEEL),
    disc(2, 22, 9, 9, shaded(STEEL, 0.4)),
    "</g>",
    sprig({
      id: "a",
      from: [150, 470],
      via: [210, 380],
      to: [214, 250],
      pairs: 4,
      size: 70,
      fat: 28,
      colour: colourOf("Fern"),
      stem: "#6d6a44",
      bare: 0.2,
    }),
    bloom("r", 214, 232, 52, "#c98f80"),
  );
};

export const tools: Drawings = {
  "trowel-and-fork": handTools,
  secateurs,
};
