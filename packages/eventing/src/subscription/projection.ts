/**
 * A projection keeps a read model. It is pure: (view, event) -> view. The kernel loads the views that a
 * batch touches, folds the batch to one view per key, and writes each once, together with the checkpoint.
 */
import type { SqlExecutor } from "@tillstream/runtime";
import type { AnyEventDefinition } from "../event/definition.ts";
import type { EventOf } from "../event/definition.ts";
import type { Column } from "./table-view.ts";

/** A projection as the runner keeps it. */
export interface Projection {
  readonly kind: "projection";
  readonly name: string;
  readonly definitions: readonly AnyEventDefinition[];
  /** The tables it fills, which have shadows of the same name in the schema `rebuild`. */
  readonly tables: readonly string[];
  /** Of a projection over a `tableView`: its columns, by their names in the database. */
  readonly columns?: ReadonlyMap<string, Column>;
  key(event: never): string;
  leadingKey(key: string): string;
  /** Where rows are of one stream each: the stream that those of this leading key come from. */
  streamOf?(leadingKey: string): string;
  project(view: never, event: never): unknown;
  load(tx: SqlExecutor, keys: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
  store(tx: SqlExecutor, views: ReadonlyMap<string, never>): Promise<void>;
}

export interface ProjectionSpec<View, Definitions extends readonly AnyEventDefinition[]> {
  readonly name: string;
  readonly definitions: Definitions;
  /** The tables it fills; each has a shadow of the same name in the schema `rebuild`. */
  readonly tables: readonly string[];
  /** The key of the one row that the event changes. */
  key(event: EventOf<Definitions>): string;
  /**
   * Of the rows that views of this key are kept in, the first column of the primary key, as Postgres writes it; by default the
   * key itself. An event changes no other rows, and reads none that events change: a rebuild merges its rows by this column.
   */
  leadingKey?(key: string): string;
  /**
   * Where rows of one leading key come from the events of one stream: its id. Then one stream's rows can be compared and rebuilt by
   * themselves. Left out where streams share rows.
   */
  streamOf?(leadingKey: string): string;
  /** The view after the event. A `view` of `undefined` means that it has no row yet; returning `undefined` writes none. */
  project(view: View | undefined, event: EventOf<Definitions>): View | undefined;
  load(tx: SqlExecutor, keys: readonly string[]): Promise<ReadonlyMap<string, View>>;
  store(tx: SqlExecutor, views: ReadonlyMap<string, View>): Promise<void>;
}

/** A projection with the types of its view and events erased, as the runner keeps it. */
export function defineProjection<View, const Definitions extends readonly AnyEventDefinition[]>(
  spec: ProjectionSpec<View, Definitions>,
): Projection {
  // The runner feeds views and events of this very spec back into it, so the erased types agree.
  return { kind: "projection", leadingKey: (key: string) => key, ...spec } as unknown as Projection;
}
