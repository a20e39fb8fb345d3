import { raw } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";

const IDENTIFIER = /^[a-z][a-z0-9_]*$/;

/** A table or column as SQL. The names come from our own code only, so an unusual one is a bug. */
export function identifier(name: string): Sql {
  if (!IDENTIFIER.test(name)) throw new Error(`not a table or column of ours: ${name}`);
  return raw(`"${name}"`);
}
