"use client";
/** Pauses and resumes a projection; what was refused is said beside the button. */
import { Panel, StatusBadge } from "@tillstream/ui";
import { stateOf, type Subscription } from "../console/subscription-state.ts";
import { PausedBy } from "./paused-by.tsx";
import { SwitchButton } from "./switch-button.tsx";
import { SwitchDialog } from "./switch-dialog.tsx";
import { useSwitch } from "./use-switch.ts";

const WHY_NOT_ID = "why-not-operate";

export function ProjectionControls({ subscription }: { subscription: Subscription }) {
  const onOff = useSwitch("projection", subscription);
  const state = stateOf(subscription);
  return (
    <Panel title="Status">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <span role="status">
          <StatusBadge status={state.status}>{state.word}</StatusBadge>
        </span>
        <SwitchButton of={onOff} describedBy={WHY_NOT_ID} />
      </div>
      {subscription.paused !== null && (
        <p className="mt-2 text-sm">
          <PausedBy of={subscription.paused} />
        </p>
      )}
      <p className="mt-2 text-sm text-muted">
        {onOff.isPaused
          ? "It reads no events until it is resumed. Its view stays as it is; nothing is lost."
          : "Paused, it finishes the batch under way and keeps its place. Its view then stays as it is."}
      </p>
      {onOff.whyNot !== undefined && (
        <p id={WHY_NOT_ID} className="mt-2 text-sm text-muted">
          {onOff.whyNot}
        </p>
      )}
      <div className="mt-3 empty:hidden">
        <SwitchDialog of={onOff} />
      </div>
    </Panel>
  );
}
