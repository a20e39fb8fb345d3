/** The payload as it was written and, when that differs, as every reader gets it today. */
import { Banner, JsonView } from "@tillstream/ui";
import { changedPaths } from "./changed-paths.ts";
import type { EventDetail } from "./event-detail.ts";

export function Payloads({ event }: { event: EventDetail }) {
  const { data, schemaVersion, latestVersion, upcastData, upcastError } = event;
  const stored = <JsonView value={data} label={`Payload, as stored (v${schemaVersion})`} openDepth={3} />;
  if (upcastError !== null) {
    return (
      <div className="space-y-3">
        <Banner tone="failed" title="This deployment cannot read the payload">
          {upcastError}
        </Banner>
        {stored}
      </div>
    );
  }
  const changed = changedPaths(data, upcastData);
  if (changed.length === 0) return stored;
  return (
    <div className="space-y-2">
      <p className="text-muted">
        Written as version {schemaVersion}, read as version {latestVersion}: the upcaster changes what is marked.
      </p>
      <div className="grid items-start gap-3 lg:grid-cols-2">
        {stored}
        <JsonView value={upcastData} label={`Payload, as read (v${latestVersion})`} openDepth={3} highlight={changed} />
      </div>
    </div>
  );
}
