"use client";
/** Drain or Resume, and why; it says before what stops when the last one goes. */
import { Banner, Button } from "@tillstream/ui";
import Pause from "lucide-react/icons/pause";
import Play from "lucide-react/icons/play";
import { CommandDialog } from "../console/command-dialog.tsx";
import { useDrain } from "./use-drain.ts";
import { lossOf, touchesOf, type Worker } from "./worker-state.ts";

export function DrainButton({ worker, workers }: { worker: Worker; workers: readonly Worker[] }) {
  const { id, isDrained, whyNot, change, asking, shown, ask, confirm, close } = useDrain(
    worker,
    lossOf(worker, workers),
  );
  const word = isDrained ? "Resume" : "Drain";
  const label = shown.to === "drain" ? "Drain" : "Resume";
  const sent = change.pending ?? change.kept;
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Button size="sm" disabled={whyNot !== undefined} title={whyNot} aria-label={`${word} ${id}`} onClick={ask}>
        {isDrained ? <Play size={14} aria-hidden="true" /> : <Pause size={14} aria-hidden="true" />}
        {word}
      </Button>
      <CommandDialog
        command={change}
        what={`the ${sent?.to ?? shown.to}`}
        typed={sent?.reason}
        open={asking}
        onOpenChange={(open) => !open && close()}
        title={
          <>
            {label} <span className="font-mono">{id}</span>?
          </>
        }
        confirmLabel={shown.loss === undefined ? label : `${label} all the same`}
        danger={shown.loss !== undefined}
        reasonLabel="Reason"
        onConfirm={confirm}
      >
        {shown.loss !== undefined && (
          <Banner tone="failed" className="mb-3" role="alert">
            {shown.loss}
          </Banner>
        )}
        <p>{touchesOf(shown)}</p>
      </CommandDialog>
    </span>
  );
}
