"use client";
/** A command that asks first, and for a reason: its refusal is in the dialog, and an outcome that is not known in its place. */
import { isUnsettled } from "@tillstream/trpc/commands";
import type { AskedCommand } from "@tillstream/trpc/commands";
import { Banner, ConfirmDialog, type ConfirmDialogProps } from "@tillstream/ui";
import { FailureText, OutcomeUnknown } from "./command-outcome.tsx";

interface CommandDialogProps extends Omit<ConfirmDialogProps, "pending" | "refusal" | "initialReason"> {
  readonly command: AskedCommand & { reset(): void };
  /** What is sent: "the cancellation". */
  readonly what: string;
  /** The reason that was sent and not taken, or typed before one was signed out. */
  readonly typed?: string | undefined;
}

export function CommandDialog({ command, what, typed, open, onOpenChange, ...dialog }: CommandDialogProps) {
  const unsettled = isUnsettled(command);
  const refused = command.state === "refused" ? command.failure : undefined;
  const change = (next: boolean) => {
    if (!next) command.reset();
    onOpenChange(next);
  };
  return (
    <>
      {unsettled && <OutcomeUnknown what={what} command={command} />}
      {refused !== undefined && !open && (
        <Banner tone="failed" role="alert" className="w-full">
          <FailureText failure={refused} />
        </Banner>
      )}
      <ConfirmDialog
        {...dialog}
        open={open && !unsettled}
        onOpenChange={change}
        initialReason={typed}
        pending={command.state === "sending"}
        refusal={refused && <FailureText failure={refused} />}
      />
    </>
  );
}
