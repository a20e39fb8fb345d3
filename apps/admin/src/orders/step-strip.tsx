/** An order's steps as a row of shapes, for lists; each says its word to screen readers and on hover. */
import { cn, StatusShape, statusText } from "@tillstream/ui";
import { stepStateWord, stepStatus, stepWord, type OrderStep } from "./order-state.ts";

export function StepStrip({ steps }: { steps: readonly OrderStep[] }) {
  return (
    <ul className="flex items-center gap-1">
      {steps.map((step) => {
        const status = stepStatus(step);
        const words = `${stepWord[step.name]}: ${stepStateWord(step)}`;
        return (
          <li
            key={step.name}
            title={words}
            className={cn("grid size-5 place-items-center", status === "upcoming" ? "text-muted" : statusText[status])}
          >
            <StatusShape status={status} size={14} />
            <span className="sr-only">{words}</span>
          </li>
        );
      })}
    </ul>
  );
}
