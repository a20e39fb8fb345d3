/**
 * Published versions of events never change: stored events of that version would be misread. The committed snapshot holds
 * what was published; a version that differs from it is refused, and a new one has to be added to it, which is seen in review.
 * Consecutive versions also have to be compatible as Avro, or the schema registry would refuse the newer one.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { avroProblems, jsonSchemaOf, schemaChanges } from "@tillstream/eventing";
import type { AnyEventDefinition, JsonSchema } from "@tillstream/eventing";
import type { Finding } from "./finding.ts";

export const EVENT_SCHEMAS = "packages/commerce/schema-snapshots/events.json";

/** The JSON schema of each version, by type and version. */
export type SchemaSnapshot = Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;

export function readSnapshot(root: string): SchemaSnapshot {
  return JSON.parse(readFileSync(join(root, EVENT_SCHEMAS), "utf8")) as SchemaSnapshot; // written by `acceptNewSchemas` only
}

export function checkEventSchemas(definitions: readonly AnyEventDefinition[], snapshot: SchemaSnapshot): Finding[] {
  const byType = new Map(definitions.map((definition) => [definition.type, definition]));
  const problems = [
    ...Object.entries(snapshot).flatMap(([type, versions]) => publishedProblems(type, versions, byType.get(type))),
    ...definitions.flatMap((definition) => newProblems(definition, snapshot[definition.type] ?? {})),
    ...definitions.flatMap(avroFindings),
  ];
  return problems.map(([rule, message]) => ({ rule, path: EVENT_SCHEMAS, message }));
}

/** What is published of a version: its schema, and what Avro's readers take the fields to be that it added. */
function publishedForm(definition: AnyEventDefinition, version: number): JsonSchema {
  const defaults = definition.addedDefaults[version - 1] ?? {};
  const schema = jsonSchemaOf(definition, version);
  return Object.keys(defaults).length === 0 ? schema : { ...schema, "x-addedDefaults": defaults };
}

type Problem = readonly [rule: string, message: string];

function publishedProblems(
  type: string,
  versions: Readonly<Record<string, JsonSchema>>,
  definition: AnyEventDefinition | undefined,
): Problem[] {
  if (definition === undefined)
    return [
      [
        "schema-removed",
        `${type} was published and is not defined any more: events of it are stored for ever, so keep its definition`,
      ],
    ];
  return Object.entries(versions).flatMap(([version, published]): Problem[] => {
    if (Number(version) > definition.latestVersion)
      return [
        ["schema-removed", `${type} v${version} was published and is gone: put its schema and its upcaster back`],
      ];
    return schemaChanges(published, publishedForm(definition, Number(version))).map(({ field, change }): Problem => [
      "schema-changed",
      `${type} v${version} is published, and its field ${field} was ${change}: put v${version} back as it was, and publish ` +
        `the change as v${definition.latestVersion + 1} with .upcastTo(schema, upcaster)`,
    ]);
  });
}

function newProblems(definition: AnyEventDefinition, published: Readonly<Record<string, JsonSchema>>): Problem[] {
  return versionsOf(definition)
    .filter((version) => !Object.hasOwn(published, version))
    .map((version) => [
      "schema-new",
      `${definition.type} v${version} is not in the snapshot of published schemas: npm run check -- --accept-schemas adds it, and it can never change after that`,
    ]);
}

function avroFindings(definition: AnyEventDefinition): Problem[] {
  return avroProblems(definition).map((problem) => ["schema-avro", problem]);
}

/** Adds the versions that the snapshot does not have, and changes nothing that it has. Returns their names. */
export function acceptNewSchemas(root: string, definitions: readonly AnyEventDefinition[]): readonly string[] {
  const snapshot = readSnapshot(root);
  const added: string[] = [];
  const entries = definitions.map(({ type }) => [type, snapshot[type] ?? {}] as const);
  const merged = new Map<string, Record<string, JsonSchema>>(
    [...Object.entries(snapshot), ...entries].map(([type, versions]) => [type, { ...versions }]),
  );
  for (const definition of definitions) {
    const versions = merged.get(definition.type);
    for (const version of versionsOf(definition)) {
      if (versions === undefined || Object.hasOwn(versions, version)) continue;
      versions[version] = publishedForm(definition, version);
      added.push(`${definition.type} v${version}`);
    }
  }
  const sorted = Object.fromEntries([...merged].toSorted(([one], [other]) => (one < other ? -1 : 1)));
  writeFileSync(join(root, EVENT_SCHEMAS), `${JSON.stringify(sorted, null, 2)}\n`);
  return added;
}

function versionsOf({ schemas }: AnyEventDefinition): readonly number[] {
  return schemas.map((_, index) => index + 1);
}
