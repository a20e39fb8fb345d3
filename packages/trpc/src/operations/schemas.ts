/** The events' schemas, version by version, and how much of the history is of each. */
import { jsonSchemaOf, safeToDrop, schemaChanges, versionShares } from "@tillstream/eventing";
import type { AnyEventDefinition, EventCatalogue, VersionShare } from "@tillstream/eventing";
import { nothing } from "../input.ts";
import { procedureFor, router } from "../procedures.ts";

const versionsOf = ({ schemas }: AnyEventDefinition): readonly number[] => schemas.map((_, index) => index + 1);

function shownSchema(definition: AnyEventDefinition, version: number) {
  const schema = jsonSchemaOf(definition, version);
  const before = version > 1 ? jsonSchemaOf(definition, version - 1) : undefined;
  return {
    version,
    schema,
    /** From the version before. */
    changes: before === undefined ? [] : schemaChanges(before, schema),
    /** What brings the version before to this one when it is read; null for the first. */
    upcaster: before === undefined ? null : `${definition.type} v${version - 1} to v${version}`,
    /** What the upcaster always gives for fields that the version added. */
    addedDefaults: definition.addedDefaults[version - 1] ?? {},
  };
}

function shownShare({ firstSeen, lastSeen, type: _type, ...share }: VersionShare) {
  return { ...share, firstSeen: firstSeen.toISOString(), lastSeen: lastSeen.toISOString() };
}

const NEVER_SEEN = { count: 0, share: 0, countLastDay: 0, shareLastDay: 0, firstSeen: null, lastSeen: null };

export function schemasRouter(catalogue: EventCatalogue) {
  const definitions = [...catalogue.definitions.values()].toSorted((one, other) => (one.type < other.type ? -1 : 1));

  /** Every version that is defined or stored; `known` is false for one that this code cannot read. */
  function sharesOf(type: string, shares: readonly VersionShare[]) {
    const definition = catalogue.definitions.get(type);
    const latestVersion = definition?.latestVersion ?? 0;
    const ofType = shares.filter((share) => share.type === type);
    const versions = new Set([
      ...(definition ? versionsOf(definition) : []),
      ...ofType.map((share) => share.schemaVersion),
    ]);
    return {
      type,
      latestVersion,
      versions: [...versions]
        .toSorted((one, other) => one - other)
        .map((schemaVersion) => {
          const share = ofType.find((one) => one.schemaVersion === schemaVersion);
          const known = schemaVersion <= latestVersion;
          return {
            ...(share === undefined ? { schemaVersion, ...NEVER_SEEN } : shownShare(share)),
            known,
            drop: known ? safeToDrop({ type, latestVersion }, schemaVersion, shares) : null,
          };
        }),
    };
  }

  return router({
    /** Every type that this deployment knows, with the JSON schema of each version. */
    list: procedureFor("viewer")
      .input(nothing)
      .query(() =>
        definitions.map((definition) => ({
          type: definition.type,
          latestVersion: definition.latestVersion,
          versions: versionsOf(definition).map((version) => shownSchema(definition, version)),
        })),
      ),

    /** Share by version, all time and of the last 24 hours, and whether a version may be dropped, with the reason. */
    versionShare: procedureFor("viewer")
      .input(nothing)
      .query(async ({ ctx }) => {
        const shares = await versionShares(ctx.db);
        const types = new Set([...definitions.map(({ type }) => type), ...shares.map(({ type }) => type)]);
        return [...types].toSorted().map((type) => sharesOf(type, shares));
      }),
  });
}
