/**
 * A projection keeps a read model. It is pure: (view, event) -> view. The kernel loads the views that a
 * batch touches, folds the batch to one view per key, and writes each once, together with the checkpoint.
 */
import type { SqlExecutor } from "@tillstream/runtime";
import type { AnyEventDefinition } from "../event/definition.ts";
import type { EventOf } from "../event/definition.ts";

export interface Projection {
  readonly kind: "projection";
  readonly name: string;
  readonly definitions: readonly AnyEventDefinition[];
  /** The tables it fills, which have shadows of the same name in the schema `rebuild`. */
  readonly tables: readonly string[];
  key(event: never): string;
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
  /** The view after the event; `undefined` in means that there is no row yet, out that none is written for it. */
  project(view: View | undefined, event: EventOf<Definitions>): View | undefined;
  load(tx: SqlExecutor, keys: readonly string[]): Promise<ReadonlyMap<string, View>>;
  store(tx: SqlExecutor, views: ReadonlyMap<string, View>): Promise<void>;
}

export function defineProjection<View, const Definitions extends readonly AnyEventDefinition[]>(
  spec: ProjectionSpec<View, Definitions>,
): Projection {
  // The runner feeds views and events of this very spec back into it, so the erased types agree.
  return { kind: "projection", ...spec } as unknown as Projection;
}
