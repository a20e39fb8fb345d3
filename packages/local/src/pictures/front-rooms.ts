/** The rooms of the shop's front. What is in them is linked beside the picture: `apps/storefront/src/home/rooms.ts` names the products. */
import type { FrontRoom } from "./scenes.ts";

export const FRONT_ROOMS: readonly FrontRoom[] = [
  {
    name: "long-evenings",
    room: "lighting",
    perCm: 7.4,
    things: [
      ["pleated-table-lamp-ochre-large", 1270, 640],
      ["archive-box-slate", 1010, 636],
      ["hollin-bottle-vase-ink", 640, 650],
      ["roam-portable-lamp-rust", 300, 690],
      ["pillar-candles-beeswax", 800, 730],
      ["espresso-cups-rose", 1080, 760],
    ],
  },
  {
    name: "slow-kitchen",
    room: "kitchen",
    perCm: 8.2,
    shelf: [
      ["farmhouse-jug-celadon", 1110],
      ["espresso-cups-oat", 1270],
      ["moon-jar-chalk-small", 1405],
    ],
    things: [
      ["long-board-walnut-large", 330, 660],
      ["pantry-jars-cork", 680, 640],
      ["wooden-spoons-beech", 1400, 650],
      ["cast-iron-casserole-clay-28-cm", 980, 730],
      ["enamel-colander-sky", 560, 760],
      ["pepper-mill-beech-small", 1250, 748],
    ],
  },
  {
    name: "clear-desk",
    room: "stationery",
    perCm: 8,
    shelf: [
      ["archive-box-rose", 1200],
      ["dipped-mug-indigo", 1420],
    ],
    things: [
      ["reach-desk-lamp-brass", 700, 650],
      ["archive-box-fern", 1340, 646],
      ["wrapping-paper-harbour", 190, 660],
      ["dipped-mug-oat", 1080, 690],
      ["bottled-ink-indigo", 500, 744],
      ["tape-dispenser-clay", 880, 752],
    ],
  },
  {
    name: "potting-bench",
    room: "garden",
    perCm: 7.4,
    things: [
      ["hand-thrown-pot-24-cm", 1330, 650],
      ["watering-can-zinc", 700, 660],
      ["hand-thrown-pot-12-cm", 1080, 690],
      ["glass-cloche-large", 330, 700],
      ["willow-trug-buff", 880, 752],
      ["garden-twine-clay", 560, 756],
    ],
  },
];
