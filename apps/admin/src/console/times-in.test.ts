import { expect, test } from "vitest";
import { timesIn } from "./times-in.ts";

test.each([
  [
    "Omar drained worker-1 at 2026-12-01 07:15:27 UTC, and no other is running.",
    ["Omar drained worker-1 at ", { at: "2026-12-01T07:15:27.000Z" }, ", and no other is running."],
  ],
  ["the oldest since 2026-12-01 07:15 UTC", ["the oldest since ", { at: "2026-12-01T07:15:00.000Z" }, ""]],
  [
    "Nora changed it at 1 Sept 2026, 02:18 UTC, so nothing was saved.",
    ["Nora changed it at ", { at: "2026-09-01T02:18:00.000Z" }, ", so nothing was saved."],
  ],
  ["12 of 2026 calls failed at 07:15:27", ["12 of 2026 calls failed at 07:15:27"]],
  ["at 2026-99-99 07:15 UTC", ["at ", "2026-99-99 07:15 UTC", ""]],
])("the times in %j are told apart from its words", (text, parts) => expect(timesIn(text)).toEqual(parts));
