/** Which things stand round which, and where: pictures of products in use, and the rooms of the shop's front. */
import { beginPicture, placed } from "./drawing.ts";
import type { Drawing } from "./drawing.ts";
import { boards, onFloor, path, roomOf, ROOMS, toned, UPRIGHT, WIDE } from "./rooms.ts";
import type { Layout, RoomName } from "./rooms.ts";
import { heightOf } from "./sizes.ts";

type Drawings = ReadonlyMap<string, Drawing>;

/** What else is in a room, at the back of the table and on the shelf. */
const COMPANY: Readonly<Record<RoomName, { readonly table: readonly string[]; readonly shelf: readonly string[] }>> = {
  ceramics: {
    table: ["hollin-bottle-vase-oat", "coupe-dinner-plate-chalk", "dipped-mug-moss"],
    shelf: ["moon-jar-chalk-small", "espresso-cups-slate"],
  },
  lighting: { table: ["archive-box-slate", "hollin-bottle-vase-ink", "moon-jar-chalk-small"], shelf: [] },
  textiles: { table: ["hollin-bottle-vase-oat", "farmhouse-jug-chalk", "roam-portable-lamp-chalk"], shelf: [] },
  bed: { table: [], shelf: [] },
  kitchen: {
    table: ["wooden-spoons-beech", "pantry-jars-cork", "pepper-mill-walnut-small"],
    shelf: ["espresso-cups-oat", "farmhouse-jug-celadon"],
  },
  stationery: {
    table: ["roam-portable-lamp-chalk", "archive-box-fern", "bud-vase-trio-meadow"],
    shelf: ["archive-box-rose", "dipped-mug-indigo"],
  },
  garden: { table: ["hand-thrown-pot-18-cm", "watering-can-zinc", "garden-twine-jute"], shelf: [] },
};

/** Pixels for each centimetre: the thing itself is well seen, and everything else is as large as it is beside it. */
const HERO_MIN = 250;
const HERO_MAX = 520;
const SCALE_MAX = 15;
const TALLEST_COMPANY = 560;

const svg = ({ width, height }: Pick<Layout, "width" | "height">, drawn: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${drawn}</svg>\n`;

/** Two of one product are not put together, whatever their colours. */
const kin = (one: string, other: string): boolean =>
  one.split("-").slice(0, 2).join("-") === other.split("-").slice(0, 2).join("-");

const inOrder = (parts: readonly { readonly y: number; readonly drawn: string }[]): string =>
  parts
    .toSorted((one, other) => one.y - other.y)
    .map(({ drawn }) => drawn)
    .join("");

function at(drawings: Drawings, name: string, x: number, y: number, perCm: number) {
  const drawing = drawings.get(name);
  const height = heightOf(name);
  if (drawing === undefined || height === undefined) throw new Error(`nothing is known of the size of ${name}`);
  return { y, drawn: placed(drawing, { x, y, scale: (height * perCm) / drawing.box.height }) };
}

/** A thing on the table of its category's room. */
export function onTable(drawings: Drawings, hero: Drawing, category: RoomName): string {
  const layout = UPRIGHT;
  const height = heightOf(hero.name) ?? 30;
  const perCm = Math.min(SCALE_MAX, Math.max(HERO_MIN, Math.min(HERO_MAX, height * 10)) / height);
  beginPicture();
  const company = COMPANY[category].table.filter(
    (name) => !kin(name, hero.name) && (heightOf(name) ?? 0) * perCm < TALLEST_COMPANY,
  );
  const backs = [
    [680, 735],
    [130, 742],
  ] as const;
  const parts = company.slice(0, backs.length).flatMap((name, index) => {
    const [x, y] = backs[index] ?? [400, 735];
    return [at(drawings, name, x, y, perCm * 0.88)];
  });
  const onShelf = COMPANY[category].shelf
    .filter((name) => !kin(name, hero.name))
    .map(
      (name, index) =>
        at(drawings, name, layout.shelf[0] + 90 + index * 150, layout.shelf[1] + 2, Math.min(perCm, 7.5)).drawn,
    );
  const middle = at(drawings, hero.name, 400, 850, perCm);
  return svg(layout, roomOf(ROOMS[category], layout) + onShelf.join("") + inOrder([...parts, middle]));
}

/** What stands on the floor, with a plant beside it. */
export function onTheFloor(drawings: Drawings, hero: Drawing, category: RoomName): string {
  const layout = onFloor(UPRIGHT);
  beginPicture();
  const room = { ...ROOMS[category], shelf: false };
  const perCm = Math.min(5.4, 640 / ((hero.box.width / hero.box.height) * (heightOf(hero.name) ?? 60)));
  const plant = at(drawings, "hand-thrown-pot-24-cm", 690, 800, 4.6);
  return svg(layout, roomOf(room, layout) + inOrder([plant, at(drawings, hero.name, 370, 920, perCm)]));
}

/** What hangs from the ceiling over a table: its cord begins at the upper edge. */
export function fromTheCeiling(drawings: Drawings, hero: Drawing, category: RoomName): string {
  beginPicture();
  const parts = [at(drawings, "moon-jar-chalk-small", 110, 735, 6.5), at(drawings, "archive-box-slate", 700, 738, 6.5)];
  const scale = 850 / hero.box.height;
  const hung = { y: 850, drawn: placed(hero, { x: 400, y: 850, scale }) };
  return svg(UPRIGHT, roomOf(ROOMS[category], UPRIGHT) + inOrder([...parts, hung]));
}

/** What hangs: at its hook, over a bench with a few things. */
export function onWall(drawings: Drawings, hero: Drawing, category: RoomName): string {
  const layout = { ...UPRIGHT, back: 800, front: 930 };
  beginPicture();
  const { shelf: _none, ...room } = { shelf: false, ...ROOMS[category] };
  const { view: _dark, ...wall } = { view: undefined, ...room };
  const scale = 0.8;
  const hung = placed(hero, { x: 400, y: 90 + hero.box.height * scale, scale });
  const company = COMPANY[category].table.filter((name) => (heightOf(name) ?? 0) < 40).slice(0, 2);
  const parts = company.map((name, index) => at(drawings, name, index === 0 ? 150 : 660, 868, 6.4));
  return svg(layout, roomOf(wall, layout) + hung + inOrder(parts));
}

/** Something that everybody knows the size of, drawn in one tone. Its foot is at 0, its height in centimetres. */
const KNOWN = {
  apple: {
    height: 8,
    words: "beside an apple",
    drawn: (tone: string) =>
      path("M0 -70C-22 -84 -44 -66 -42 -38C-40 -12 -20 2 0 -4C20 2 40 -12 42 -38C44 -66 22 -84 0 -70Z", tone) +
      path("M-2 -68Q-4 -86 8 -94L13 -90Q3 -82 4 -68Z", toned(tone, -0.3)) +
      path("M-30 -50Q-26 -66 -12 -68Q-24 -58 -24 -44Z", toned(tone, 0.4)),
    unit: 94,
  },
  bottle: {
    height: 30,
    words: "beside a bottle of wine",
    drawn: (tone: string) =>
      path(
        "M-11 -300H11V-222Q12 -198 26 -184Q37 -172 37 -150V-6Q37 0 30 0H-30Q-37 0 -37 -6V-150Q-37 -172 -26 -184Q-12 -198 -11 -222Z",
        tone,
      ) +
      path("M-37 -120H37V-48H-37Z", toned(tone, 0.55)) +
      path("M-26 -172Q-31 -164 -31 -148V-8H-22V-150Q-22 -168 -12 -184Z", toned(tone, 0.3)),
    unit: 300,
  },
  chair: {
    height: 86,
    words: "beside a chair",
    drawn: (tone: string) =>
      path(
        "M-95 -430H-78V0H-95ZM78 -215H95V0H78ZM-95 -225H95V-200H-95ZM-70 -200H-56V-20H-70ZM50 -200H64V-20H50ZM-95 -430Q-104 -430 -104 -420V-300H-86V-430Z",
        tone,
      ) + path("M-95 -228H95Q102 -228 102 -220V-212H-95Z", toned(tone, 0.25)),
    unit: 430,
  },
} as const;

type Known = (typeof KNOWN)[keyof typeof KNOWN];

const knownFor = (height: number): Known => (height < 20 ? KNOWN.apple : height < 62 ? KNOWN.bottle : KNOWN.chair);

/** How a thing that stands is said to be shown at its size; undefined where nothing is known of it. */
export const sizeWords = (name: string): string | undefined => {
  const height = heightOf(name);
  return height === undefined ? undefined : `${knownFor(height).words}, to show its size`;
};

/** A thing at its true size beside one that everybody knows. */
export function besideTheKnown(hero: Drawing, category: RoomName): string {
  const height = heightOf(hero.name) ?? 30;
  const known = knownFor(height);
  beginPicture();
  const { wall } = ROOMS[category];
  const perCm = Math.min(560 / Math.max(height, known.height), 460 / ((hero.box.width / hero.box.height) * height));
  const ground = 770;
  const tone = toned(wall, -0.26);
  const scale = (known.height * perCm) / known.unit;
  return svg(
    UPRIGHT,
    path("M0 0H800V1000H0Z", toned(wall, 0.3)) +
      path("M0 640H800V1000H0Z", toned(wall, 0.55)) +
      path("M0 640H800v5H0Z", toned(wall, -0.05)) +
      path(`M110 ${ground}a90 9 0 0 1 180 0a90 9 0 0 1 -180 0Z`, toned(wall, -0.3), 'opacity=".25"') +
      `<g transform="translate(200 ${ground})scale(${scale.toFixed(3)})">${known.drawn(tone)}</g>` +
      placed(hero, { x: 520, y: ground + 20, scale: (height * perCm) / hero.box.height }),
  );
}

const LYING: Readonly<Partial<Record<RoomName, readonly string[]>>> = {
  kitchen: ["linen-tea-towels-clay"],
  stationery: ["fountain-pen-ink", "letterpress-card-fern", "paper-scissors-brass", "cedar-pencils-earth"],
  garden: ["seed-collection-meadow", "leather-gloves-tan-m", "trowel-and-fork-ash", "secateurs-moss"],
};

/** What lies, from above, among its like. */
export function onBoards(drawings: Drawings, hero: Drawing, category: RoomName): string {
  beginPicture();
  const others = (LYING[category] ?? []).filter((name) => !kin(name, hero.name)).slice(0, 2);
  const spots = [
    { x: 720, y: 400, turn: 24, scale: 0.5 },
    { x: 90, y: 1010, turn: -28, scale: 0.5 },
  ];
  const drawn = others.map((name, index) => {
    const drawing = drawings.get(name);
    const spot = spots[index];
    return drawing === undefined || spot === undefined ? "" : placed(drawing, spot);
  });
  const scale = 0.74;
  return svg(
    UPRIGHT,
    boards(ROOMS[category].table, UPRIGHT) +
      drawn.join("") +
      placed(hero, { x: 400, y: 500 + (hero.box.height * scale) / 2, scale, turn: -4 }),
  );
}

export interface FrontRoom {
  readonly name: string;
  readonly room: RoomName;
  /** From the back to the front: drawing, x, y. */
  readonly things: readonly (readonly [name: string, x: number, y: number])[];
  readonly perCm: number;
  readonly shelf?: readonly (readonly [name: string, x: number])[];
}

export function frontRoom(drawings: Drawings, { room, things, perCm, shelf = [] }: FrontRoom): string {
  beginPicture();
  const onShelf = shelf.map(([name, x]) => at(drawings, name, x, WIDE.shelf[1] + 2, perCm).drawn);
  const layers = things.map(([name, left, foot]) => at(drawings, name, left, foot, perCm));
  return svg(
    WIDE,
    roomOf({ ...ROOMS[room], ...(shelf.length > 0 ? {} : { shelf: false }) }, WIDE) +
      onShelf.join("") +
      inOrder(layers),
  );
}
