/**
 * Rooms for the catalogue's drawings: a window, a table, a wall, a bench in a shed. The same flat hand as the drawings: one
 * light from the upper left, tints of the category's paper, no line where a tone does.
 */

export interface Room {
  readonly wall: string;
  readonly table: string;
  /** What the window shows, far and near; none where there is no window. */
  readonly view?: readonly [sky: string, far: string, near: string];
  readonly tiles?: boolean;
  readonly shelf?: boolean;
}

export const ROOMS = {
  ceramics: { wall: "#e3cfb4", table: "#b98a5a", view: ["#dfe7e2", "#b9c6a6", "#8fa27c"], shelf: true },
  lighting: { wall: "#8d9896", table: "#8a6444", view: ["#54657a", "#3f4f60", "#34424f"] },
  /** A made bed. */
  bed: { wall: "#e2c8bb", table: "#e2d6c4", view: ["#e8e4d8", "#c9c3a8", "#a8ac86"] },
  textiles: { wall: "#e2c8bb", table: "#c19a74", view: ["#e8e4d8", "#c9c3a8", "#a8ac86"] },
  kitchen: { wall: "#e8dcba", table: "#c8c0b0", tiles: true, shelf: true },
  stationery: { wall: "#c6d2d6", table: "#9c7350", view: ["#e4ebe8", "#bfcdb8", "#97aa8a"], shelf: true },
  garden: { wall: "#c9d2b8", table: "#a5855f", view: ["#dbe8ea", "#a9bd8f", "#7d9567"] },
} as const satisfies Readonly<Record<string, Room>>;

export type RoomName = keyof typeof ROOMS;

/** Towards white (above 0) or towards the dark of our shadows (below). */
export function toned(colour: string, by: number): string {
  const to = by > 0 ? [255, 250, 240] : [58, 42, 34];
  const part = (at: number) => Number.parseInt(colour.slice(1 + at * 2, 3 + at * 2), 16);
  const mixed = to.map((end, at) => Math.round(part(at) + (end - part(at)) * Math.abs(by)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

export const path = (d: string, fill: string, more = ""): string =>
  `<path d="${d}" fill="${fill}"${more === "" ? "" : ` ${more}`}/>`;
const rect = (x: number, y: number, w: number, h: number, fill: string, more = ""): string =>
  path(`M${x} ${y}h${w}v${h}h${-w}Z`, fill, more);

/** A window of four panes, with its sill. */
function windowAt(
  x: number,
  y: number,
  w: number,
  h: number,
  [sky, far, near]: NonNullable<Room["view"]>,
  wall: string,
): string {
  const frame = toned(wall, 0.62);
  const low = y + h;
  return [
    rect(x + 12, y + 14, w, h, toned(wall, -0.35), 'opacity=".25"'),
    rect(x, y, w, h, frame),
    rect(x + 14, y + 14, w - 28, h - 28, sky),
    path(
      `M${x + 14} ${low - h * 0.3}Q${x + w * 0.34} ${low - h * 0.52} ${x + w * 0.66} ${low - h * 0.34}Q${x + w * 0.84} ${low - h * 0.26} ${x + w - 14} ${low - h * 0.31}V${low - 14}H${x + 14}Z`,
      far,
    ),
    path(
      `M${x + 14} ${low - h * 0.17}Q${x + w * 0.4} ${low - h * 0.3} ${x + w - 14} ${low - h * 0.16}V${low - 14}H${x + 14}Z`,
      near,
    ),
    rect(x + w / 2 - 5, y + 14, 10, h - 28, frame),
    rect(x + 14, y + h * 0.45, w - 28, 9, frame),
    rect(x + 14, y + 14, w - 28, 6, toned(wall, -0.3), 'opacity=".3"'),
    rect(x - 16, low, w + 32, 18, toned(frame, -0.06)),
    rect(x - 16, low + 18, w + 32, 9, toned(wall, -0.4), 'opacity=".35"'),
  ].join("");
}

/** Light that falls through the window across the wall. */
const light = (width: number, foot: number, wall: string): string =>
  path(
    `M${width * 0.42} 0H${width * 0.6}L${width * 0.95} ${foot}H${width * 0.77}ZM${width * 0.64} 0H${width * 0.7}L${width * 1.05} ${foot}H${width * 0.99}Z`,
    toned(wall, 0.4),
    'opacity=".5"',
  );

function tiles(width: number, top: number, foot: number, wall: string): string {
  const [w, h] = [74, 46];
  const lines: string[] = [];
  for (let y = top; y < foot; y += h) {
    lines.push(`M0 ${y}H${width}v3H0Z`);
    const shift = ((y - top) / h) % 2 === 0 ? 0 : w / 2;
    for (let x = shift; x < width; x += w) lines.push(`M${x} ${y}h3v${Math.min(h, foot - y)}h-3Z`);
  }
  return rect(0, top, width, foot - top, toned(wall, 0.55)) + path(lines.join(""), toned(wall, -0.06), 'opacity=".55"');
}

function table(width: number, back: number, front: number, height: number, colour: string): string {
  const grain = [0.24, 0.5, 0.78].map((at, index) => {
    const y = back + (front - back) * at;
    const from = width * (0.08 + ((index * 0.34) % 0.5));
    return `M${from} ${y}q${width * 0.16} -5 ${width * 0.3} 0t${width * 0.22} 1v2.5q${-width * 0.12} -4 ${-width * 0.24} -1t${-width * 0.28} -1Z`;
  });
  return [
    rect(0, back, width, front - back, toned(colour, 0.3)),
    path(grain.join(""), toned(colour, 0.08), 'opacity=".7"'),
    rect(0, back, width, 5, toned(colour, 0.02)),
    front < height
      ? rect(0, front, width, height - front, colour) +
        rect(0, front, width, 7, toned(colour, 0.45)) +
        rect(0, front + 46, width, height - front - 46, toned(colour, -0.22))
      : rect(0, back - 16, width, 16, toned(colour, 0.55)),
  ].join("");
}

/** A board on the wall; what stands on it goes to `shelfY`. */
export const shelfAt = (x: number, y: number, w: number, colour: string, wall: string): string =>
  rect(x + 8, y + 18, w, 16, toned(wall, -0.4), 'opacity=".28"') +
  rect(x, y, w, 18, toned(colour, 0.2)) +
  rect(x, y + 12, w, 6, toned(colour, -0.1)) +
  path(
    `M${x + w * 0.16} ${y + 18}h12v34q-10 -2 -12 -34ZM${x + w * 0.8} ${y + 18}h12v34q-10 -2 -12 -34Z`,
    toned(colour, -0.2),
  );

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Where the table begins and ends. */
  readonly back: number;
  readonly front: number;
  /** x, y, width and height of the window; x, y and width of the shelf. */
  readonly window: readonly [number, number, number, number];
  readonly shelf: readonly [number, number, number];
}

export const UPRIGHT: Layout = {
  width: 800,
  height: 1000,
  back: 690,
  front: 900,
  window: [60, 90, 270, 400],
  shelf: [470, 330, 330],
};
export const WIDE: Layout = {
  width: 1600,
  height: 900,
  back: 590,
  front: 800,
  window: [130, 70, 380, 400],
  shelf: [1030, 330, 460],
};

/** A floor instead of a table. */
export const onFloor = (layout: Layout): Layout => ({ ...layout, back: layout.height * 0.74, front: layout.height });

/** The empty room. */
export function roomOf({ wall, table: wood, view, tiles: tiled = false, shelf = false }: Room, layout: Layout): string {
  const { width, height, back, front } = layout;
  return [
    rect(0, 0, width, height, wall),
    tiled ? tiles(width, back - 230, back, wall) : "",
    light(width, back, wall),
    view === undefined ? "" : windowAt(...layout.window, view, wall),
    shelf ? shelfAt(...layout.shelf, wood === "#c8c0b0" ? "#b98a5a" : wood, wall) : "",
    table(width, back, front, height, wood),
  ].join("");
}

/** Boards seen from above, for what lies. */
export function boards(colour: string, { width, height }: Pick<Layout, "width" | "height">): string {
  const planks = [0, 1, 2, 3, 4].map((index) => {
    const [y, h] = [(height / 5) * index, height / 5];
    return (
      rect(0, y, width, h, toned(colour, index % 2 === 0 ? 0.34 : 0.28)) +
      path(
        `M${width * 0.1} ${y + h * 0.35}q${width * 0.2} -8 ${width * 0.42} 0t${width * 0.4} 2v3q${-width * 0.2} -7 ${-width * 0.4} -2t${-width * 0.42} 0Z`,
        toned(colour, 0.14),
        'opacity=".55"',
      ) +
      rect(0, y, width, 3, toned(colour, -0.05))
    );
  });
  return (
    planks.join("") +
    path(`M0 0H${width * 0.34}L${width} ${height * 0.9}V${height}H${width * 0.72}Z`, "#fffaf0", 'opacity=".16"')
  );
}
