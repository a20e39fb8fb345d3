/** Seed packets, each with its own printed plant. */
import { lit, mix, shaded } from "../kit/colour.ts";
import { onPaper, type Drawing, type Drawings } from "../kit/look.ts";
import { flat, group, line, shape, slab } from "../kit/path.ts";
import { bloom, fruit, leaves, sprig } from "../kit/plants.ts";
import { behind } from "../kit/stage.ts";

type Motif = (ink: string, id: string) => string;

const poppy: Motif = (ink, id) =>
  line("M0 130Q-8 40 4-50", "#6c7d55", 5) +
  leaves(id, "#6c7d55", 18, [
    [0, 90, -150, 70],
    [-2, 60, -34, 72],
  ]) +
  bloom(`${id}f`, 4, -66, 78, ink);

const spires: Motif = (ink, id) =>
  line("M0 130Q-4 20 0-120", "#6c7d55", 5) +
  leaves(
    id,
    ink,
    34,
    [-118, -92, -66, -40, -14, 12].flatMap(
      (y, i) =>
        [
          [0, y, -24, 34 + i * 4],
          [0, y, -156, 34 + i * 4],
        ] as const,
    ),
  ) +
  leaves(`${id}l`, "#6c7d55", 18, [
    [0, 110, -30, 70],
    [0, 110, -150, 70],
  ]);

const head: Motif = (ink, id) =>
  leaves(id, ink, 44, [
    [0, 60, -170, 110],
    [0, 60, -10, 110],
    [0, 60, -140, 130],
    [0, 60, -40, 130],
    [0, 60, -112, 140],
    [0, 60, -68, 140],
    [0, 66, -90, 110],
  ]);

const root: Motif = (ink, id) =>
  shape("M-44-10C-50-50 50-50 44-10C40 40 10 60 4 132H-4C-10 60-40 40-44-10Z", ink) +
  shape("M-44-10C-48-36-20-42-6-40C-30-10-24 40-4 132C-10 60-40 40-44-10Z", lit(ink, 0.3)) +
  leaves(id, "#6c7d55", 22, [
    [0, -34, -118, 90],
    [0, -34, -90, 104],
    [0, -34, -62, 90],
  ]);

const herb: Motif = (ink, id) =>
  sprig({
    id,
    from: [0, 132],
    via: [-10, 10],
    to: [8, -110],
    pairs: 5,
    size: 74,
    fat: 34,
    colour: ink,
    stem: ink,
    bare: 0.2,
  });

const needle: Motif = (ink, id) =>
  sprig({
    id,
    from: [0, 132],
    via: [14, 10],
    to: [-6, -120],
    pairs: 10,
    size: 54,
    fat: 9,
    colour: ink,
    stem: "#7a6048",
    bare: 0.1,
  });

const sets: Readonly<Record<string, readonly (readonly [string, string, Motif])[]>> = {
  Meadow: [
    ["#9db7c4", "#4a5f86", spires],
    ["#d9a68c", "#b8503a", poppy],
    ["#e0c98f", "#f3ecdf", poppy],
  ],
  Salad: [
    ["#b9c7a2", "#5f7d4a", head],
    ["#e3c3b4", "#a8483f", root],
    ["#d5cfae", "#6d4a58", head],
  ],
  Herbs: [
    ["#cfd6bd", "#55704c", herb],
    ["#c9c0d0", "#66668a", spires],
    ["#e2d5b4", "#5f7560", needle],
  ],
};

const seeds: Drawing = (look) => {
  const packet = slab(-118, -210, 236, 420, 4);
  const places = [
    [276, 450, -17],
    [524, 440, 14],
    [400, 560, -3],
  ] as const;
  const grains = [
    [590, 806],
    [612, 826],
    [566, 832],
    [636, 800],
    [600, 850],
    [548, 804],
  ] as const;
  return onPaper(
    ...(sets[look.option("collection")] ?? []).map(([ground, ink, motif], i) => {
      const [x, y, turn] = places[i] ?? [400, 500, 0];
      return group(
        `translate(${x} ${y})rotate(${turn})`,
        behind(packet, look.paper, 14, 18),
        shape(packet, ground),
        shape("M-118-206V-210H118L-118 60Z", "#ffffff", `opacity=".18"`),
        shape("M-118-210H118V-166H-118Z", lit(ground, 0.5)),
        line("M-110-166H110", shaded(ground, 0.2), 2, `stroke-dasharray="6 5"`),
        group("translate(0 6)scale(.92)", motif(ink, `s${i}`)),
        shape(slab(-74, 148, 148, 34, 3), "#f4eee2"),
        flat("M-54 165H54", mix("#f4eee2", ink, 0.5), 4),
        shape("M112-210H118V210H112Z", shaded(ground, 0.2)),
      );
    }),
    grains.map(([x, y], i) => fruit(x, y, 8, 5, i % 2 === 0 ? "#6b4f38" : "#8a6a48")).join(""),
  );
};

export const seedPackets: Drawings = {
  "seed-collection": seeds,
};
