import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { HOME_ROOMS, roomsIn } from "./rooms.ts";

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);

it("each month has a room of its own, and the others follow it", () => {
  for (const month of MONTHS) {
    expect(HOME_ROOMS.filter(({ months }) => months.includes(month)).length, `month ${month}`).toBe(1);
    expect(roomsIn(month)[0]?.months).toContain(month);
    expect(roomsIn(month).length).toBe(HOME_ROOMS.length);
  }
});

it("each room is drawn", () => {
  for (const { name } of HOME_ROOMS)
    expect(existsSync(join(import.meta.dirname, `../../public/rooms/${name}.svg`)), name).toBe(true);
});
