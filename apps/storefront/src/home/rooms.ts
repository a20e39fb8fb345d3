/** The rooms of the front, as `packages/local/src/pictures/front-rooms.ts` draws them, and the products that are seen in each. */

export interface HomeRoom {
  /** Of its picture, `/rooms/<name>.svg`. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
  /** What is seen. */
  readonly alt: string;
  /** Slugs, from the most to the least prominent. */
  readonly products: readonly string[];
  /** 1 to 12: when it comes first. */
  readonly months: readonly number[];
}

export const HOME_ROOMS: readonly HomeRoom[] = [
  {
    name: "long-evenings",
    title: "Light for the long evenings",
    text: "One lamp to read by, one to carry from room to room, and candles for the table. None of them shows its bulb, and all of them make a small room feel like enough.",
    alt: "A sideboard at dusk with a pleated lamp, beeswax candles, a dark vase with a branch, grey boxes and two small cups",
    products: [
      "pleated-table-lamp",
      "pillar-candles",
      "roam-portable-lamp",
      "hollin-bottle-vase",
      "espresso-cups",
      "archive-box",
    ],
    months: [11, 12, 1],
  },
  {
    name: "clear-desk",
    title: "A desk that stays clear",
    text: "Everything on it has a place, and goes back there. A lamp that reaches, boxes for what is finished, ink for what is not.",
    alt: "A desk by the window with a brass reading lamp, cloth boxes, rolls of paper, ink and a mug",
    products: ["reach-desk-lamp", "archive-box", "bottled-ink", "tape-dispenser", "wrapping-paper", "dipped-mug"],
    months: [2, 9, 10],
  },
  {
    name: "potting-bench",
    title: "At the potting bench",
    text: "Seeds under glass, pots that breathe and a can that pours where you point it. A balcony is garden enough.",
    alt: "A bench by the window with a glass cloche, a zinc watering can, a willow trug of vegetables and two planted pots",
    products: ["glass-cloche", "watering-can", "hand-thrown-pot", "willow-trug", "garden-twine", "trowel-and-fork"],
    months: [3, 4, 5],
  },
  {
    name: "slow-kitchen",
    title: "A kitchen that takes its time",
    text: "A pot that goes from the stove to the table, a board that is worth looking at, and jars in which one sees what is left.",
    alt: "A tiled kitchen with a red casserole, a walnut board and bread, a blue colander, jars, and a shelf with a jug and cups",
    products: ["cast-iron-casserole", "long-board", "enamel-colander", "pantry-jars", "wooden-spoons", "farmhouse-jug"],
    months: [6, 7, 8],
  },
];

/** All rooms, that of the season first. @param month 1 to 12 */
export function roomsIn(month: number): readonly HomeRoom[] {
  const ofSeason = (room: HomeRoom) => room.months.includes(month);
  return [...HOME_ROOMS.filter(ofSeason), ...HOME_ROOMS.filter((room) => !ofSeason(room))];
}
