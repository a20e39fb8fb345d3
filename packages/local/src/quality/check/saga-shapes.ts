/**
 * A published version of a saga keeps its shape: runs that began under it would be left where they are. The committed snapshot
 * holds what was published; a version that differs from it is refused, and a new one has to be added to it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { publishedChanges, shapeOf } from "@tillstream/eventing";
import type { PublishedSagas, Saga } from "@tillstream/eventing";
import type { Finding } from "./finding.ts";

export const SAGA_SHAPES = "packages/commerce/schema-snapshots/sagas.json";

export function readSagaShapes(root: string): PublishedSagas {
  return JSON.parse(readFileSync(join(root, SAGA_SHAPES), "utf8")) as PublishedSagas; // written by `acceptNewSagas`
}

export function checkSagaShapes(sagas: readonly Saga[], published: PublishedSagas): Finding[] {
  const defined = new Set(sagas.map(nameOf));
  const gone = Object.entries(published)
    .flatMap(([name, versions]) => Object.keys(versions).map((version) => nameOf({ name, version })))
    .filter((name) => !defined.has(name));
  const problems = [
    ...publishedChanges(sagas, published).map((message) => ["saga-changed", message] as const),
    ...gone.map(
      (name) =>
        [
          "saga-removed",
          `saga ${name} is published and is gone: keep it until its runs have ended everywhere, and only then take it out of this file, too`,
        ] as const,
    ),
    ...newIn(sagas, published).map(
      (saga) =>
        [
          "saga-new",
          `saga ${nameOf(saga)} is not in the snapshot of published sagas: npm run check -- --accept-schemas adds it, and its steps can never change after that`,
        ] as const,
    ),
  ];
  return problems.map(([rule, message]) => ({ rule, path: SAGA_SHAPES, message }));
}

/** Adds the versions that the snapshot does not have, and changes nothing that it has. Returns their names. */
export function acceptNewSagas(root: string, sagas: readonly Saga[]): readonly string[] {
  const published = readSagaShapes(root);
  const added = newIn(sagas, published);
  const merged = added.reduce<PublishedSagas>(
    (all, saga) => ({ ...all, [saga.name]: { ...all[saga.name], [saga.version]: shapeOf(saga) } }),
    published,
  );
  const sorted = Object.fromEntries(Object.entries(merged).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  writeFileSync(join(root, SAGA_SHAPES), `${JSON.stringify(sorted, null, 2)}\n`);
  return added.map((saga) => `saga ${nameOf(saga)}`);
}

function newIn(sagas: readonly Saga[], published: PublishedSagas): readonly Saga[] {
  return sagas.filter(({ name, version }) => published[name]?.[version] === undefined);
}

function nameOf({ name, version }: { readonly name: string; readonly version: number | string }): string {
  return `${name} v${version}`;
}
