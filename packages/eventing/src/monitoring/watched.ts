/** The state of what checks watch, from one answer to the next. Pure. */
import { nextAlert } from "./alert-rule.ts";
import type { Answer } from "./ask-checks.ts";
import type { Check, Reading } from "./check.ts";

/**
 * One row for each check, under the subject "", which is there from its first answer on; where it has several subjects, one more
 * for each alert that is open.
 */
export interface Watched {
  /** Null for a row that is new. */
  readonly id: number | null;
  readonly name: string;
  readonly subject: string;
  /** `ok` only under the subject "". */
  readonly status: "ok" | "pending" | "firing" | "resolved";
  readonly value: number;
  readonly peak: number;
  readonly detail: string | null;
  /** Why it cannot be asked: then the rest is as of `askedAt`. */
  readonly problem: string | null;
  /** Since when it has been in order, or was before the alert. */
  readonly since: Date;
  /** The last answer. */
  readonly askedAt: Date;
  readonly pendingAt: Date | null;
  readonly firedAt: Date | null;
  readonly calmSince: Date | null;
  readonly resolvedAt: Date | null;
}

/** What becomes of the rows of one check: these are written, and a row that came to nothing is deleted. */
export interface Moved {
  readonly written: readonly Watched[];
  readonly dropped: readonly number[];
}

export function moveWatched(check: Check, rows: readonly Watched[], answer: Answer, at: Date): Moved {
  const own = rows.find(({ subject }) => subject === "") ?? begun(check.name, "", at);
  if ("problem" in answer) return { written: [{ ...own, problem: answer.problem }], dropped: [] };
  const unknown = answer.readings.find(({ value }) => value === null);
  if (unknown !== undefined) return { written: [{ ...own, problem: unknown.detail }], dropped: [] };
  const readings = new Map(answer.readings.map((reading) => [reading.subject, reading]));
  const subjects = new Set(["", ...rows.map(({ subject }) => subject), ...readings.keys()]);
  const moves = [...subjects].map((subject) => {
    const row = subject === "" ? own : rows.find((one) => one.subject === subject);
    return moveOne(check, row, readings.get(subject) ?? { subject, value: 0, detail: null }, at);
  });
  return { written: moves.flatMap(({ written }) => written), dropped: moves.flatMap(({ dropped }) => dropped) };
}

const begun = (name: string, subject: string, at: Date): Watched => ({
  id: null,
  name,
  subject,
  status: "ok",
  value: 0,
  peak: 0,
  detail: null,
  problem: null,
  since: at,
  askedAt: at,
  pendingAt: null,
  firedAt: null,
  calmSince: null,
  resolvedAt: null,
});

function moveOne(check: Check, row: Watched | undefined, { subject, value: read, detail }: Reading, at: Date): Moved {
  const value = read ?? 0;
  const open = row === undefined ? undefined : openOf(row);
  const change = nextAlert(check, open, { at, value });
  const now: Watched = { ...(row ?? begun(check.name, subject, at)), value, detail, problem: null, askedAt: at };
  const write = (...written: readonly Watched[]): Moved => ({ written, dropped: [] });
  switch (change.kind) {
    case "none":
      return subject === "" ? write(now) : write();
    case "open": // with an id of its own, so that ids are in the order in which alerts began
      return {
        written: [{ ...now, id: null, status: "pending", pendingAt: at, peak: change.peak }],
        dropped: now.id === null ? [] : [now.id],
      };
    case "fire":
      return write({ ...now, status: "firing", firedAt: at, peak: change.peak });
    case "update":
      return write({ ...now, peak: change.peak, calmSince: change.calmSince });
    case "drop":
      if (subject === "") return write({ ...now, status: "ok", pendingAt: null });
      return { written: [], dropped: now.id === null ? [] : [now.id] };
    case "resolve": {
      const over: Watched = { ...now, status: "resolved", resolvedAt: at };
      return subject === "" ? write(over, { ...begun(check.name, subject, at), value, detail }) : write(over);
    }
  }
}

function openOf({ status, pendingAt, peak, calmSince }: Watched) {
  if (pendingAt === null || (status !== "pending" && status !== "firing")) return undefined;
  return { status, pendingAt, peak, calmSince };
}
