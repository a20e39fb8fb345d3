/** Confluent's compatibility levels: which of the earlier schemas a new one is held against, and in which direction. */
import type avro from "avsc";
import { resolutionProblems } from "../schema/compatibility.ts";

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
  readonly type: avro.Type;
}

export function isCompatibilityLevel(value: unknown): value is CompatibilityLevel {
  return COMPATIBILITY_LEVELS.some((level) => level === value);
}

/**
 * What speaks against a schema beside the earlier ones; empty when nothing does. `BACKWARD`: the new schema reads what
 * was written with the last one. `FORWARD`: the last one reads what the new one writes. `FULL`: both.
 * @param earlier in the order of their versions
 */
export function incompatibilities(
  level: CompatibilityLevel,
  candidate: avro.Type,
  earlier: readonly EarlierSchema[],
): readonly string[] {
  if (level === "NONE") return [];
  const heldAgainst = level.endsWith("_TRANSITIVE") ? earlier : earlier.slice(-1);
  const backward = !level.startsWith("FORWARD");
  const forward = !level.startsWith("BACKWARD");
  return heldAgainst.flatMap(({ version, type }) => [
    ...(backward
      ? resolutionProblems(candidate, type, "new").map((problem) => `version ${version} cannot be read: ${problem}`)
      : []),
    ...(forward
      ? resolutionProblems(type, candidate, "earlier").map((problem) => `version ${version} cannot read it: ${problem}`)
      : []),
  ]);
}
