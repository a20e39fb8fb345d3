import { uuidv7 } from "uuidv7";

/** Ids as a dependency. UUIDv7: sortable by creation time, so that inserts stay at one end of an index. */
export interface IdGenerator {
  next(): string;
}

export const uuidGenerator: IdGenerator = { next: uuidv7 };
