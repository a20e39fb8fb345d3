/** The point of a stream that an address names: a version, or an instant; and where that lies in the stream. Pure. */
import { typedInstant } from "../console/typed-instant.ts";

/** Events of a stream on one page. */
export const STREAM_PAGE = 200;

const VERSION = /^\d{1,10}$/;

export type At =
  | { readonly version: number }
  /** ISO 8601 in UTC. */
  | { readonly instant: string }
  | { readonly problem: string };

/** Reads `?at=`. */
export function parseAt(text: string): At {
  if (VERSION.test(text)) return { version: Number(text) };
  const instant = typedInstant(text);
  if (instant !== undefined) return { instant };
  return {
    problem: `“${text}” is neither a version nor an instant. Write a version, such as 12, or an instant with its zone, such as 2026-01-31T10:00:00Z.`,
  };
}

/** NaN for a text that is no version. */
export const typedVersion = (text: string): number => (VERSION.test(text) ? Number(text) : NaN);

export const instantOf = (at: At | undefined) => (at !== undefined && "instant" in at ? at.instant : undefined);

/** What the server knows: the newest version, and the one that was the latest at the instant that was asked for. */
export interface Point {
  readonly newest: number;
  readonly version: number;
}

export interface Standing {
  readonly version: number;
  readonly newest: number;
  /** Whether the address says so; otherwise one stands at the newest version, and moves on with it. */
  readonly isChosen: boolean;
  /** Why one does not stand where the address says. */
  readonly problem: string | undefined;
}

/** Where one stands in a stream. A place that is none leaves one at the newest version, and says which there are. */
export function standingAt(at: At | undefined, { newest, version }: Point): Standing {
  const now = { version: newest, newest, isChosen: false };
  if (at === undefined) return { ...now, problem: undefined };
  if ("problem" in at) return { ...now, problem: at.problem };
  if ("instant" in at) {
    if (version > 0) return { version, newest, isChosen: true, problem: undefined };
    return { ...now, problem: `Nothing had happened yet by ${at.instant}: the first event was recorded later.` };
  }
  const problem = versionProblem(at.version, newest);
  if (problem !== undefined) return { ...now, problem };
  return { version: at.version, newest, isChosen: true, problem: undefined };
}

/** Why the stream has no such version; undefined when it has. */
export function versionProblem(version: number, newest: number): string | undefined {
  if (Number.isInteger(version) && version >= 1 && version <= newest) return undefined;
  const versions = newest === 1 ? "only version 1" : `the versions 1 to ${newest}`;
  return Number.isInteger(version)
    ? `The stream has no version ${version}: it has ${versions}.`
    : `Enter a whole number: the stream has ${versions}.`;
}

/** The version that another is compared with, unless one is named: now, or seen from now the step before. */
export function defaultOther({ version, newest }: Standing): number | undefined {
  if (version < newest) return newest;
  return newest > 1 ? newest - 1 : undefined;
}

/** The page of the ledger that holds a version, or that begins after one: what precedes it, and how many events it has. */
export function pageOf({ version, newest }: Standing, after: number | null): { afterVersion: number; limit: number } {
  const afterVersion = after === null ? Math.floor((version - 1) / STREAM_PAGE) * STREAM_PAGE : Math.max(0, after);
  return { afterVersion, limit: Math.max(0, Math.min(STREAM_PAGE, newest - afterVersion)) };
}
