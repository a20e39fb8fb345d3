"use client";
/** What an operator can do about an open letter; each asks for a reason, and shows a refusal where it was asked. */
import { isUnsettled } from "@tillstream/trpc/commands";
import { Button, Panel } from "@tillstream/ui";
import Pencil from "lucide-react/icons/pencil";
import RotateCcw from "lucide-react/icons/rotate-ccw";
import Trash2 from "lucide-react/icons/trash-2";
import { useState } from "react";
import { CommandDialog } from "../console/command-dialog.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { EditCopy } from "./edit-copy.tsx";
import { countOf, isOpenLetter } from "./letter-state.ts";
import type { LetterDetail } from "./letter-detail.ts";
import { useLetterCommand } from "./use-letter-command.ts";

type Asking = "retry" | "discard" | "edit";

export function LetterActions({ letter }: { letter: LetterDetail }) {
  const role = useWhyNotOperate();
  const [asking, setAsking] = useState<Asking>();
  const change = useLetterCommand(letter.id, () => setAsking(undefined));
  const operate = (action: "retry" | "discard", reason: string) =>
    void change.run({ action, reason, seenActions: letter.actions.length });
  const sent = change.pending ?? change.kept;
  /** What the dialog is about; it fades out with the words that it had. */
  const [isDiscard, setIsDiscard] = useState(false);
  if (asking === "retry" && isDiscard) setIsDiscard(false);
  if (asking === "discard" && !isDiscard) setIsDiscard(true);
  const whyNot = role ?? (isOpenLetter(letter) ? undefined : `It is ${letter.status}: there is nothing left to do.`);
  const whyNoRetry =
    whyNot ??
    (letter.status === "parked" ? undefined : "Only what is parked needs one: others are tried by themselves.");
  const behind =
    letter.waitingBehind === 0
      ? "Nothing waits behind it."
      : `${countOf(letter.waitingBehind, "later event")} of its stream then ${letter.waitingBehind === 1 ? "follows" : "follow"}.`;
  return (
    <Panel title="Do something about it">
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
          title={isDiscard ? "Discard this 1 letter?" : "Retry this 1 letter?"}
          confirmLabel={isDiscard ? "Discard 1" : "Retry 1"}
          danger={isDiscard}
          reasonLabel={isDiscard ? "Why it may be given up" : "Why now"}
          onConfirm={(reason) => operate(isDiscard ? "discard" : "retry", reason)}
        >
          {isDiscard ? (
            <p>
              {letter.consumer} never processes this {letter.eventType}, which cannot be undone. The event itself stays,
              and so does everything that others did with it. {behind}
            </p>
          ) : (
            <p>
              {letter.consumer} gets {letter.eventType} once more, at once. {behind}
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
