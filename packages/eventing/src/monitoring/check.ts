/**
 * What is watched, declared beside the code that it watches: a module brings its checks, the monitor of any process asks them.
 * A check measures; when that becomes an alert is `alert-rule.ts`.
 */
import type { Sql } from "@tillstream/runtime";
import { CALM_FOR_SECONDS } from "./alert-rule.ts";
import type { AlertRule } from "./alert-rule.ts";
import type { Look } from "./look.ts";

/** Looks after everything that no module names its own owner for. */
export const PLATFORM = "platform";

/** What a check says of one subject. */
export interface Reading {
  /** Such as a consumer's name; "" where the check has one subject only. */
  readonly subject: string;
  /** Null where that cannot be known: then `detail` says why. */
  readonly value: number | null;
  /** What is behind the value, in words: "12 steps wait, the oldest for 40 s". */
  readonly detail: string | null;
}

/** What people are told of a check. It is stored with its alerts, so that every process can show those of any other. */
export interface AboutCheck {
  /** What an alert of it says, as a sentence without its subject: "Events wait to be published". */
  readonly title: string;
  /** Who looks after it. */
  readonly owner: string;
  readonly unit: "seconds" | "count" | "share";
  /** The part of the system whose health it tells of, such as "Relay". */
  readonly part: string;
  /** Whom it hurts. */
  readonly effect: string;
  /** The next safe step. */
  readonly next: string;
  /** The page of the console that shows more, without the host. */
  readonly path: string;
  /** Checks whose alerts explain one of this: `name`, or `name/subject`. */
  readonly follows: readonly string[];
  /** Checks whose alerts one of this explains. */
  readonly explains: readonly string[];
}

/** What is measured, and when that is an alert. */
export interface Check extends AboutCheck, AlertRule {
  /** As alerts, settings and metrics call it: "outbox-age". */
  readonly name: string;
  /**
   * A cheap query of rows of `subject text, value float8, detail text`, or, for what is not in the database, a question to it
   * with a bound. Of several subjects, one without a row is in order.
   */
  readonly readings: Sql | (() => Promise<readonly Reading[]>);
  /** For somebody who looks into an alert of it; without, there is only what the alert says. */
  readonly look?: Look;
}

const FOR_SECONDS = 10;

type Given = Pick<
  Check,
  "name" | "title" | "owner" | "unit" | "part" | "effect" | "next" | "path" | "threshold" | "readings"
>;

/** A check; unless it says otherwise, it fires after ten seconds above its threshold and is resolved after ten that are not. */
export function defineCheck(check: Given & Partial<Check>): Check {
  return { follows: [], explains: [], forSeconds: FOR_SECONDS, calmForSeconds: CALM_FOR_SECONDS, ...check };
}

/** What checks go by. */
export interface Checking {
  /** Of the processes that run the sagas; 30 s by default. */
  readonly stepTimeoutMs?: number;
  /** In place of those that the checks bring, by their names, as the setting has them: `outbox-age=15,dead-letters=10`. */
  readonly thresholds?: string | undefined;
  /** What only this process can ask. */
  readonly checks?: readonly Check[];
}

/** The checks with the thresholds of the setting. Throws, with a sentence, for one that names no check. */
export function withThresholds(checks: readonly Check[], setting = ""): readonly Check[] {
  const given = setting.split(",").flatMap((each) => {
    const [name = "", value] = each.split("=");
    return value === undefined ? [] : [[name, Number(value)] as const];
  });
  const names = checks.map(({ name }) => name);
  const unknown = given.find(([name]) => !names.includes(name));
  if (unknown !== undefined)
    throw new Error(`ALERT_THRESHOLDS: there is no check ${unknown[0]}, only ${names.toSorted().join(", ")}`);
  const thresholds = new Map(given);
  return checks.map((check) => ({ ...check, threshold: thresholds.get(check.name) ?? check.threshold }));
}

/** What is stored of a check with its alerts. */
export function aboutOf(check: Check): AboutCheck {
  const { title, owner, unit, part, effect, next, path, follows, explains } = check;
  return { title, owner, unit, part, effect, next, path, follows, explains };
}
