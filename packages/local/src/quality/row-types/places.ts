import { join } from "node:path";
import { REPOSITORY_ROOT } from "../../environment/places.ts";

/** What tests have seen, a line for each type of row. */
export const SEEN_FILE = join(REPOSITORY_ROOT, ".data", "row-types.jsonl");
