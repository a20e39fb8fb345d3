/** Confluent's compatibility levels: which of the earlier schemas a new one is checked against, and in which direction. */
import type { AvroType } from "../schema/avro-type.ts";
import { resolutionProblems } from "../schema/compatibility.ts";
import { canonicalSchema } from "./canonical.ts";

export const COMPATIBILITY_LEVELS = [
  "BACKWARD",
  "BACKWARD_TRANSITIVE",
  "FORWARD",
  "FORWARD_TRANSITIVE",
  "FULL",
  "FULL_TRANSITIVE",
  "NONE",
] as const;
export type CompatibilityLevel = (typeof COMPATIBILITY_LEVELS)[number];
export const COMPATIBILITY_DEFAULT: CompatibilityLevel = "BACKWARD";

export interface EarlierSchema {
  readonly version: number;
  readonly schema: string;
}

export function isCompatibilityLevel(value: string): value is CompatibilityLevel {
  return COMPATIBILITY_LEVELS.some((level) => level === value);
}

/**
 * The problems of a schema beside the earlier ones; empty when it is compatible. `BACKWARD`: the new schema reads what
 * was written with the last one. `FORWARD`: the last one reads what the new one writes. `FULL`: both.
 * @param earlier in the order of their versions
 */
export function incompatibilities(
  level: CompatibilityLevel,
  candidate: AvroType,
  earlier: readonly EarlierSchema[],
): readonly string[] {
  if (level === "NONE") return [];
  const heldAgainst = level.endsWith("_TRANSITIVE") ? earlier : earlier.slice(-1);
  const backward = !level.startsWith("FORWARD");
  const forward = !level.startsWith("BACKWARD");
  return heldAgainst.flatMap(({ version, schema }) => {
    const { type } = canonicalSchema(schema);
    const unread = backward ? resolutionProblems(candidate, type, "new") : [];
    const unreadable = forward ? resolutionProblems(type, candidate, "earlier") : [];
    return [
      ...unread.map((problem) => `version ${version} cannot be read: ${problem}`),
      ...unreadable.map((problem) => `version ${version} cannot read it: ${problem}`),
    ];
  });
}
