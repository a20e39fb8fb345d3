/**
 * What a check knows beyond its value: whom an alert of it hits, what speaks for which cause, and what sets it right. It is asked
 * when somebody looks into the alert, and never by what watches.
 */
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import type { EventCatalogue } from "../event/catalogue.ts";

/** An alert as its check is asked about it. */
export interface LookedInto {
  readonly subject: string;
  /** When it began. */
  readonly since: Date;
}

/** A step that is safe to take, by a procedure of the console. */
export interface Remedy {
  /** Such as `projections.resume`; its input, but for the reason. */
  readonly procedure: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What its button says. */
  readonly label: string;
  /** The same at the terminal, after `tillstream`; null where only the console has it. */
  readonly command: string | null;
  /** What it would do, as a sentence; undefined where there is nothing that it could. It changes nothing. */
  dryRun(db: SqlExecutor, catalogue: EventCatalogue): Promise<string | undefined>;
}

export interface Look {
  /** A query of one column: ids of streams, or subjects of runs, each any number of times. */
  readonly hits?: (alert: LookedInto) => Sql;
  /**
   * A query of `cause text, says text, path text`: the cause, where it can be told, by its code, which stays when its words change,
   * and, without a code, what speaks for it, in order.
   */
  readonly evidence?: (alert: LookedInto) => Sql;
  /** Undefined where there is none now. */
  readonly remedy?: (alert: LookedInto, db: SqlExecutor) => Remedy | Promise<Remedy | undefined>;
}
