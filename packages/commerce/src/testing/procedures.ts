/** Every procedure of a router, from its own list, with the inputs that it takes. */
import type { JsonSchema } from "@tillstream/eventing";
import fc from "fast-check";
import { expect } from "vitest";
import { z } from "zod";
import { arbitraryOf } from "./arbitrary-of.ts";

export interface Procedure {
  /** Such as `orders.cancel`. */
  readonly path: string;
  readonly type: "query" | "mutation" | "subscription";
  /** A query that no link may send. */
  readonly byPost: boolean;
  readonly schema: JsonSchema;
}

type Defined = Record<
  string,
  { _def: { type: Procedure["type"]; meta?: { costs?: boolean }; inputs: readonly z.ZodType[] } }
>;

/** @param router its procedures by path, as tRPC keeps them */
export function proceduresOf(router: { readonly _def: { readonly procedures: object } }): Procedure[] {
  return Object.entries(router._def.procedures as Defined).map(([path, { _def }]) => {
    const input = _def.inputs[0] ?? expect.fail(`${path} takes whatever is sent: give it \`nothing\` as its input`);
    const schema = z.toJSONSchema(input, { io: "input" }) as JsonSchema;
    return { path, type: _def.type, byPost: _def.type === "mutation" || _def.meta?.costs === true, schema };
  });
}

/** One input for each seed, with and without the optional fields. */
export const examples = (schema: JsonSchema): unknown[] => fc.sample(arbitraryOf(schema), { numRuns: 8, seed: 42 });
