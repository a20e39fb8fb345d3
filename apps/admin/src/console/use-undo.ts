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

/**
 * Gives what tells that something was done, with its Undo, or, without an input, that there is nothing to undo any more. Its page may
 * be closed by the time that it is pressed. What was told of the same subject before goes away.
 */
export function useUndo<Input>({ name, refresh, ...command }: Undo<Input>): (done: string, input?: Input) => void {
  const undo = useCommand<Input, unknown>({ ...command, name: `${name}.undo`, onDone: refresh, onRefused: refresh });
  const about = `${name} ${command.subject}`;
  return (done, input) => {
    if (input === undefined) return toast.success(done, { about });
    const onClick = () => void undo.run(input).then(({ state, failure }) => tell(about, undo, state, failure));
    toast.success(done, { about, duration_ms: OFFERED_MS, action: { label: "Undo", onClick } });
  };
}

function tell<Input>(
  about: string,
  undo: Pick<CommandInUse<Input, unknown>, "ask">,
  state: CommandInUse<Input, unknown>["state"],
  failure: CommandInUse<Input, unknown>["failure"],
): void {
  if (state === "done") toast.success("Undone.", { about });
  else if (state === "refused")
    toast.error("It cannot be undone.", { about, description: failure?.message ?? "", duration_ms: OFFERED_MS });
  else
    toast.error("It is not known yet whether it was undone.", {
      about,
      duration_ms: OFFERED_MS,
      action: { label: "Ask", onClick: () => void undo.ask().then((now) => tell(about, undo, now.state, now.failure)) },
    });
}

/** What the audit keeps as the reason. */
export function undoing(reason: string): string {
  const before = "Undone (the reason given was: ";
  return `${before}${reason.slice(0, REASON_LENGTH_MAX - before.length - 1).toWellFormed()})`;
}
