import { expect, test } from "vitest";
import { parsePidFile } from "./postmaster.ts";

test("a pid file that is still being written has no status yet", () => {
  expect(parsePidFile("4711\n/data\n1780000000\n54320\n\n127.0.0.1\n")).toMatchObject({ pid: 4711 });
  expect(parsePidFile("4711\n/data\n1780000000\n54320\n\n127.0.0.1\n  54320001    131072\nready   \n")).toEqual({
    pid: 4711,
    status: "ready",
  });
  expect(parsePidFile("")).toBeUndefined();
  expect(parsePidFile("-4711\n")).toBeUndefined();
});
