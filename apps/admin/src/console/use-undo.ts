"use client";
/**
 * Takes back what was just done, from the message that says so: by the command with the opposite effect, which is audited like the
 * first. What happened in between refuses it, and the refusal says what that was.
 */
import { useCommand } from "@tillstream/trpc/commands";
import type { CommandInUse, UseCommandOptions } from "@tillstream/trpc/commands";
import { toast } from "@tillstream/ui";

/** Long enough to read it, see that it was wrong, and get there by keyboard. */
const OFFERED_MS = 10_000;
const REASON_LENGTH_MAX = 200;

type Undo<Input> = Pick<UseCommandOptions<Input, unknown>, "name" | "subject" | "send"> & {
  /** Whatever became of it: the page is to show how things are. */
  refresh(): unknown;
};

/** Gives what tells that something was done, with its Undo; its page may be closed by the time that it is pressed. */
export function useUndo<Input>({ name, refresh, ...command }: Undo<Input>): (done: string, input: Input) => void {
  const undo = useCommand<Input, unknown>({ ...command, name: `${name}.undo`, onDone: refresh, onRefused: refresh });
  return (done, input) =>
    toast.success(done, {
      duration_ms: OFFERED_MS,
      action: {
        label: "Undo",
        onClick: () => void undo.run(input).then(({ state, failure }) => tell(undo, state, failure)),
      },
    });
}

function tell<Input>(
  undo: Pick<CommandInUse<Input, unknown>, "ask">,
  state: CommandInUse<Input, unknown>["state"],
  failure: CommandInUse<Input, unknown>["failure"],
): void {
  if (state === "done") toast.success("Undone.");
  else if (state === "refused")
    toast.error("It cannot be undone.", { description: failure?.message ?? "", duration_ms: OFFERED_MS });
  else
    toast.error("It is not known yet whether it was undone.", {
      duration_ms: OFFERED_MS,
      action: { label: "Ask", onClick: () => void undo.ask().then((now) => tell(undo, now.state, now.failure)) },
    });
}

/** What the audit keeps as the reason. */
export const undoing = (reason: string): string => `Undone: ${reason}`.slice(0, REASON_LENGTH_MAX).toWellFormed();
