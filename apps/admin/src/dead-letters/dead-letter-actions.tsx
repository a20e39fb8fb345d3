"use client";
/** What an operator can do about an open dead letter; each asks for a reason, and shows a refusal where it was asked. */
import { isUnsettled } from "@tillstream/trpc/commands";
import { Button, Panel } from "@tillstream/ui";
import Pencil from "lucide-react/icons/pencil";
import RotateCcw from "lucide-react/icons/rotate-ccw";
import Trash2 from "lucide-react/icons/trash-2";
import { useState } from "react";
import { CommandDialog } from "../console/command-dialog.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { EditCopy } from "./edit-copy.tsx";
import { countOf, isOpenDeadLetter } from "./dead-letter-state.ts";
import type { DeadLetterDetail } from "./dead-letter-detail.ts";
import { useDeadLetterCommand } from "./use-dead-letter-command.ts";

type Asking = "retry" | "discard" | "edit";

export function DeadLetterActions({ letter }: { letter: DeadLetterDetail }) {
  const role = useWhyNotOperate();
  const [asking, setAsking] = useState<Asking>();
  const change = useDeadLetterCommand(letter.id, () => setAsking(undefined));
  const operate = (action: "retry" | "discard", reason: string) =>
    void change.run({ action, reason, seenActions: letter.actions.length });
  const sent = change.pending ?? change.kept;
  /** What the dialog is about; it fades out with the words that it had. */
  const [isDiscard, setIsDiscard] = useState(false);
  if (asking === "retry" && isDiscard) setIsDiscard(false);
  if (asking === "discard" && !isDiscard) setIsDiscard(true);
  const whyNot =
    role ?? (isOpenDeadLetter(letter) ? undefined : `It is ${letter.status}: there is nothing left to do.`);
  const whyNoRetry =
    whyNot ??
    (letter.status === "parked" ? undefined : "Only a parked event needs a retry: others are retried by themselves.");
  const behind =
    letter.waitingBehind === 0
      ? "Nothing waits behind it."
      : `${countOf(letter.waitingBehind, "later event")} of its stream then ${letter.waitingBehind === 1 ? "follows" : "follow"}.`;
  return (
    <Panel title="Resolve it">
      <div className="flex flex-wrap gap-2">
        <Button size="sm" disabled={whyNoRetry !== undefined} title={whyNoRetry} onClick={() => setAsking("retry")}>
          <RotateCcw size={14} aria-hidden="true" />
          Retry
        </Button>
        <Button size="sm" disabled={whyNot !== undefined} title={whyNot} onClick={() => setAsking("edit")}>
          <Pencil size={14} aria-hidden="true" />
          Edit a copy
        </Button>
        <Button
          size="sm"
          variant="danger"
          disabled={whyNot !== undefined}
          title={whyNot}
          onClick={() => setAsking("discard")}
        >
          <Trash2 size={14} aria-hidden="true" />
          Discard
        </Button>
      </div>
      {(whyNot ?? whyNoRetry) !== undefined && <p className="mt-2 text-sm text-muted">{whyNot ?? whyNoRetry}</p>}
      <div className="mt-3 empty:hidden">
        <CommandDialog
          command={change}
          what={sent?.action === "editAndRetry" ? "the delivery of the copy" : `the ${sent?.action ?? "action"}`}
          typed={sent?.reason}
          open={asking === "retry" || asking === "discard"}
          onOpenChange={(open) => !open && setAsking(undefined)}
          title={isDiscard ? "Discard this dead letter?" : "Retry this dead letter?"}
          confirmLabel={isDiscard ? "Discard 1" : "Retry 1"}
          danger={isDiscard}
          reasonLabel={isDiscard ? "Why it may be discarded" : "Reason"}
          onConfirm={(reason) => operate(isDiscard ? "discard" : "retry", reason)}
        >
          {isDiscard ? (
            <p>
              {letter.consumer} will never process this {letter.eventType}. This cannot be undone. The event itself is
              kept, and so is everything that other consumers did with it. {behind}
            </p>
          ) : (
            <p>
              {letter.consumer} is given this {letter.eventType} again now. {behind}
            </p>
          )}
        </CommandDialog>
      </div>
      <EditCopy
        letter={letter}
        command={change}
        open={asking === "edit" && !isUnsettled(change)}
        onOpenChange={(open) => setAsking(open ? "edit" : undefined)}
      />
    </Panel>
  );
}
