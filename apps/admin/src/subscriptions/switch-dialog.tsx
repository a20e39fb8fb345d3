"use client";
/** Why a projection or consumer is paused or resumed; and what became of it, where that is refused or not known. */
import { CommandDialog } from "../console/command-dialog.tsx";
import type { Switch } from "./use-switch.ts";

const offers = {
  pause: {
    label: "Pause",
    touches:
      "It finishes the batch under way and keeps its place. What comes after waits until it is resumed; nothing is lost.",
  },
  resume: { label: "Resume", touches: "It goes on from its place, with everything that waits." },
} as const;

export function SwitchDialog({ of: { name, change, asking, shown, close, confirm } }: { of: Switch }) {
  const { label, touches } = offers[shown];
  const sent = change.pending ?? change.kept;
  return (
    <CommandDialog
      command={change}
      what={`the ${sent?.to ?? shown}`}
      typed={sent?.reason}
      open={asking}
      onOpenChange={(open) => !open && close()}
      title={
        <>
          {label} <span className="font-mono">{name}</span>?
        </>
      }
      confirmLabel={label}
      danger={false}
      reasonLabel="Reason"
      onConfirm={confirm}
    >
      <p>{touches}</p>
    </CommandDialog>
  );
}
