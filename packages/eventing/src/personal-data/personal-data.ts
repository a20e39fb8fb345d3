/**
 * What a module keeps of persons. Each module says it beside the tables that hold it; an export and an erasure go through the
 * list and know no table themselves.
 */
import type { SqlExecutor } from "@tillstream/runtime";
import type { Keyring } from "./keyring.ts";

/** Whom an export or an erasure is about. */
export interface DataSubject {
  readonly id: string;
  /** The address that they are known by, in lower case; null when it is not known any more. */
  readonly email: string | null;
  /** Ids of the aggregates that are about them, such as their orders. */
  readonly aggregateIds: readonly string[];
}

/** What a module keeps of persons: how an export reads it and how an erasure takes it away. */
export interface PersonalData {
  /** What it is to people, such as `mails`: the name in an export, and in the count of an erasure. */
  readonly name: string;
  /** Where it is kept in plain text. */
  readonly tables: readonly string[];
  /** Everything that is kept of the person, as JSON. */
  find(db: SqlExecutor, subject: DataSubject, keyring: Keyring): Promise<readonly unknown[]>;
  /**
   * Deletes it, or takes the person out of what has to stay. What is still needed to carry out what the person asked for stays
   * until that is over. Resolves to the rows that it touched. Repeatable.
   */
  erase(tx: SqlExecutor, subject: DataSubject): Promise<number>;
}
