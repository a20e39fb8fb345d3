/** Writes what is composed of the catalogue's drawings, and says for each of them which pictures go with it. */
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Browser } from "playwright-core";
import { products } from "../seed/catalogue/index.ts";
import { DETAILS, FROM_THE_CEILING, HANGS, ON_A_BED, ON_THE_FLOOR, OUTDOORS } from "./details.ts";
import { PUBLIC, readDrawings } from "./drawing.ts";
import type { Drawing } from "./drawing.ts";
import { FRONT_ROOMS } from "./front-rooms.ts";
import type { RoomName } from "./rooms.ts";
import {
  besideTheKnown,
  frontRoom,
  fromTheCeiling,
  onBoards,
  onTable,
  onTheFloor,
  onWall,
  sizeWords,
} from "./scenes.ts";

const COMPOSED = ["products/rooms", "products/sizes", "rooms"];

interface View {
  readonly src: string;
  readonly alt: string;
}

const ASPECT = 1.25;

/** A part of the drawing itself, so that it costs no file: the address says which. */
function detailOf(slug: string, { box }: Drawing, image: string): View[] {
  const detail = DETAILS[slug];
  if (detail === undefined) return [];
  const [width, height] = [detail.span, detail.span * ASPECT];
  const inside = (at: number, length: number, whole: number) =>
    Math.round(Math.min(Math.max(at - length / 2, 0), whole - length));
  const x = inside(box.x + box.width * detail.x, width, 800);
  const y = inside(box.y + box.height * detail.y, height, 1000);
  return [{ src: `${image}#svgView(viewBox(${x},${y},${width},${height}))`, alt: `from near, ${detail.words}` }];
}

type Drawings = ReadonlyMap<string, Drawing>;

function roomPicture(
  drawings: Drawings,
  slug: string,
  hero: Drawing,
  category: RoomName,
): { svg: string; words: string } | undefined {
  if (OUTDOORS.includes(slug)) return undefined;
  if (HANGS.includes(slug)) return { svg: onWall(drawings, hero, category), words: "on a wall, over a table" };
  if (ON_THE_FLOOR.includes(slug))
    return { svg: onTheFloor(drawings, hero, category), words: "in a room, with a plant beside it" };
  if (FROM_THE_CEILING.includes(slug))
    return { svg: fromTheCeiling(drawings, hero, category), words: "over a table in the evening" };
  if (ON_A_BED.includes(slug)) return { svg: onTable(drawings, hero, "bed"), words: "on a made bed by the window" };
  if (hero.stands) return { svg: onTable(drawings, hero, category), words: TABLE_WORDS[category] };
  return { svg: onBoards(drawings, hero, category), words: "on a table, among things that go with it" };
}

const TABLE_WORDS: Readonly<Record<RoomName, string>> = {
  bed: "on a made bed",
  ceramics: "on a table by the window, among other pots",
  garden: "on a potting bench by the window",
  kitchen: "on a worktop, before tiles and jars",
  lighting: "on a sideboard in the evening",
  stationery: "on a desk by the window",
  textiles: "on a bench by the window",
};

/** Returns what was another. */
export async function writePictures(browser: Browser): Promise<string[]> {
  const drawings = await readDrawings(browser);
  const files = new Map<string, string>();
  const views: Record<string, View[]> = {};
  for (const { slug, category, variants } of products) {
    for (const { image } of variants) {
      const name = image.slice("/products/".length, -".svg".length);
      const hero = drawings.get(name);
      if (hero === undefined) throw new Error(`no drawing for ${image}`);
      const room = roomPicture(drawings, slug, hero, category as RoomName); // the seed's categories are rooms
      const size = sizeWords(name);
      const list = detailOf(slug, hero, image);
      if (room !== undefined) {
        files.set(`products/rooms/${name}.svg`, room.svg);
        list.push({ src: `/products/rooms/${name}.svg`, alt: room.words });
      }
      if (size !== undefined) {
        files.set(`products/sizes/${name}.svg`, besideTheKnown(hero, category as RoomName)); // as above
        list.push({ src: `/products/sizes/${name}.svg`, alt: size });
      }
      views[image] = list;
    }
  }
  for (const room of FRONT_ROOMS) files.set(`rooms/${room.name}.svg`, frontRoom(drawings, room));
  files.set("../src/product/views.json", `${JSON.stringify(views, null, 2)}\n`);
  const there = COMPOSED.flatMap((folder) => globSync(`${folder}/*.svg`, { cwd: PUBLIC }));
  const stale = there.filter((file) => !files.has(file));
  const differing = [...files].filter(
    ([file, text]) => !existsSync(join(PUBLIC, file)) || readFileSync(join(PUBLIC, file), "utf8") !== text,
  );
  for (const file of stale) rmSync(join(PUBLIC, file));
  for (const [file, text] of differing) {
    mkdirSync(dirname(join(PUBLIC, file)), { recursive: true });
    writeFileSync(join(PUBLIC, file), text);
  }
  return [...stale, ...differing.map(([file]) => file)];
}
