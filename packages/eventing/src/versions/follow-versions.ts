/** The worker's loop that counts versions. */
import { AT_ONCE, sql } from "@tillstream/runtime";
import type { Loop } from "@tillstream/runtime";
import { countNextVersions } from "./count-versions.ts";

/** Each reader adds what is not counted yet, so nothing depends on how often this runs. */
const POLL_MS = 1_000;
const BATCH_SIZE = 5_000;

/** Keeps the counts of versions up with the log. */
export const versionCount: Loop = {
  name: "event versions",
  intervalMs: POLL_MS,
  due: sql`(SELECT position FROM event_log_head) > (SELECT position FROM event_version_head)`,
  turn: async ({ db }) => ((await countNextVersions(db, BATCH_SIZE)) === BATCH_SIZE ? AT_ONCE : POLL_MS),
};
