"use client";
/** One version's schema beside the one before it, what brings that one up, and whether this one may be dropped. */
import { Badge, Banner, JsonView, StatusBadge, Term } from "@tillstream/ui";
import { glossary } from "@tillstream/eventing/glossary";
import { changedPaths } from "../events/changed-paths.ts";
import { comparedVersions, type EventType, type VersionRow } from "./shares.ts";

interface SchemaInPlaceProps {
  /** Undefined when this deployment does not define the type. */
  type: EventType | undefined;
  row: VersionRow;
}

export function SchemaInPlace({ type, row }: SchemaInPlaceProps) {
  const { schemaVersion, drop } = row;
  const { before, after } = type === undefined ? {} : comparedVersions(type, schemaVersion);
  if (after === undefined) {
    return (
      <Banner tone="failed" title="This deployment cannot read these events">
        They are of a version or a type that it does not know, so a newer deployment wrote them. Consumers park such
        events; nothing is misread.
      </Banner>
    );
  }
  return (
    <div className="space-y-3">
      {drop !== null && (
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">Safe to drop v{schemaVersion}?</span>
          <StatusBadge status={drop.safe ? "done" : "waiting"}>{drop.safe ? "Yes" : "No"}</StatusBadge>
          <span className="text-muted">{drop.reason}</span>
        </p>
      )}
      {before !== undefined && <Changes version={after} />}
      <div className="grid items-start gap-3 lg:grid-cols-2">
        {before !== undefined && (
          <JsonView value={before.schema} label={`Schema of v${before.version}`} openDepth={3} />
        )}
        <JsonView
          value={after.schema}
          label={`Schema of v${after.version}`}
          openDepth={3}
          highlight={before === undefined ? [] : changedPaths(before.schema, after.schema)}
        />
      </div>
    </div>
  );
}

function Changes({ version }: { version: EventType["versions"][number] }) {
  const { changes, upcaster, addedDefaults } = version;
  const given = Object.entries(addedDefaults);
  return (
    <div className="space-y-1">
      <ul aria-label="Changes from the version before" className="flex flex-wrap gap-x-4 gap-y-1">
        {changes.map(({ field, change }) => (
          <li key={`${field} ${change}`}>
            <Badge mono>{field}</Badge> {change}
          </li>
        ))}
      </ul>
      <p className="text-muted">
        <Term meaning={glossary.upcaster}>Upcaster</Term> <span className="font-mono text-sm">{upcaster}</span>
        {given.length > 0 && (
          <>
            {" "}
            gives{" "}
            <span className="font-mono text-sm">
              {given.map(([field, value]) => `${field} = ${JSON.stringify(value)}`).join(", ")}
            </span>
          </>
        )}
      </p>
    </div>
  );
}
