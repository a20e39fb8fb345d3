/** The run drawn: actions down the left, each compensation at the right of the step it undoes, from the bottom up. */
import { cn, formatDuration, StatusShape, statusEdge, statusText, type Status } from "@tillstream/ui";
import ArrowDown from "lucide-react/icons/arrow-down";
import ArrowUp from "lucide-react/icons/arrow-up";
import { pairSteps, stepStatus, tookMs, type SagaStep } from "./saga-state.ts";

export function SagaMirror({ steps }: { steps: readonly SagaStep[] }) {
  const pairs = pairSteps(steps);
  const undone = pairs.some(({ compensation }) => compensation !== undefined);
  return (
    <table className="w-full table-fixed border-separate border-spacing-0">
      <caption className="sr-only">Each step and, beside it, its compensation</caption>
      <thead>
        <tr className="text-left text-sm text-muted">
          <th scope="col" className="pb-2 font-medium">
            <span className="inline-flex items-center gap-1">
              <ArrowDown size={13} aria-hidden="true" /> Steps
            </span>
          </th>
          <th scope="col" className="pb-2 pl-5 font-medium">
            <span className="inline-flex items-center gap-1">
              <ArrowUp size={13} aria-hidden="true" /> Compensations
            </span>
          </th>
        </tr>
      </thead>
      <tbody>
        {pairs.map(({ action, compensation }, index) => (
          <tr key={action.step}>
            <td className="h-px p-0 pb-2 align-top">
              <Operation step={action} />
            </td>
            <td className="h-px p-0 pb-2 pl-5 align-top">
              {compensation === undefined ? (
                <div className="grid h-full min-h-14 place-items-center rounded-md border border-dashed border-line px-2 text-center text-sm text-muted">
                  {undone ? whyNotUndone(action) : index === 0 ? "nothing was undone" : ""}
                </div>
              ) : (
                <Operation step={compensation} mirror />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A step that never took effect leaves nothing to undo. */
function whyNotUndone({ status }: SagaStep): string {
  if (status === "planned") return "never began";
  return status === "completed" || status === "unknown" ? "not called for yet" : "took no effect";
}

const upcomingEdge = "border-line-strong border-dashed";
const edgeOf = (status: Status | "upcoming") => (status === "upcoming" ? upcomingEdge : statusEdge[status]);
const textOf = (status: Status | "upcoming") => (status === "upcoming" ? "text-muted" : statusText[status]);

function Operation({ step, mirror = false }: { step: SagaStep; mirror?: boolean }) {
  const status = stepStatus(step);
  const took = tookMs(step);
  return (
    <div className={cn("relative h-full min-h-14 rounded-md border bg-surface px-3 py-2", edgeOf(status))}>
      {mirror && (
        <span aria-hidden="true" className="absolute top-1/2 -left-5 w-5 border-t border-dashed border-compensated" />
      )}
      <p className="font-medium break-words">
        {mirror && <span className="font-normal text-compensated">undo </span>}
        {step.step}
      </p>
      <p className="flex flex-wrap items-center gap-x-2 text-sm">
        <span className={cn("inline-flex items-center gap-1", textOf(status))}>
          <StatusShape status={status} size={12} /> {step.status === "planned" ? "not begun" : step.status}
        </span>
        {took !== undefined && <span className="figures text-muted">{formatDuration(took)}</span>}
        {step.doneBy !== null && <span className="text-muted">taken over</span>}
        {step.attempt > 1 && <span className="text-muted">attempt {step.attempt}</span>}
      </p>
      {step.error !== null && <p className="mt-1 font-mono text-xs break-words text-failed">{step.error.code}</p>}
    </div>
  );
}
