"use client";
/** What an operator can do about an open letter; each asks for a reason, and shows a refusal where it was asked. */
import { Button, ConfirmDialog, Panel } from "@tillstream/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Pencil from "lucide-react/icons/pencil";
import RotateCcw from "lucide-react/icons/rotate-ccw";
import Trash2 from "lucide-react/icons/trash-2";
import { useState } from "react";
import { failureOf } from "../console/failure.ts";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import { EditCopy } from "./edit-copy.tsx";
import { countOf, isOpenLetter } from "./letter-state.ts";
import type { LetterDetail } from "./letter-view.tsx";

type Asking = "retry" | "discard" | "edit";

export function LetterActions({ letter }: { letter: LetterDetail }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const role = useWhyNotOperate();
  const [asking, setAsking] = useState<Asking>();
  const { id } = letter;
  const change = useMutation({
    mutationFn: async ({ action, reason }: { action: "retry" | "discard"; reason: string }) => {
      await (action === "retry"
        ? client.deadLetters.retry.mutate({ id, reason })
        : client.deadLetters.discard.mutate({ id, reason }));
    },
    onSuccess: () => done(),
  });
  async function done(): Promise<void> {
    await queryClient.invalidateQueries({ queryKey: trpc.deadLetters.pathKey() });
    setAsking(undefined);
  }
  const ask = (next: Asking | undefined) => {
    change.reset();
    setAsking(next);
  };
  const whyNot = role ?? (isOpenLetter(letter) ? undefined : `It is ${letter.status}: there is nothing left to do.`);
  const whyNoRetry =
    whyNot ??
    (letter.status === "parked" ? undefined : "Only what is parked needs one: others are tried by themselves.");
  const refusal = change.error === null ? undefined : failureOf(change.error).message;
  const behind =
    letter.waitingBehind === 0
      ? "Nothing waits behind it."
      : `${countOf(letter.waitingBehind, "later event")} of its stream then ${letter.waitingBehind === 1 ? "follows" : "follow"}.`;
  return (
    <Panel title="Do something about it">
      <div className="flex flex-wrap gap-2">
        <Button size="sm" disabled={whyNoRetry !== undefined} title={whyNoRetry} onClick={() => ask("retry")}>
          <RotateCcw size={14} aria-hidden="true" />
          Retry
        </Button>
        <Button size="sm" disabled={whyNot !== undefined} title={whyNot} onClick={() => ask("edit")}>
          <Pencil size={14} aria-hidden="true" />
          Edit a copy
        </Button>
        <Button
          size="sm"
          variant="danger"
          disabled={whyNot !== undefined}
          title={whyNot}
          onClick={() => ask("discard")}
        >
          <Trash2 size={14} aria-hidden="true" />
          Discard
        </Button>
      </div>
      {(whyNot ?? whyNoRetry) !== undefined && <p className="mt-2 text-sm text-muted">{whyNot ?? whyNoRetry}</p>}
      <ConfirmDialog
        open={asking === "retry"}
        onOpenChange={(open) => ask(open ? "retry" : undefined)}
        title="Retry this 1 letter?"
        confirmLabel="Retry 1"
        danger={false}
        reasonLabel="Why now"
        pending={change.isPending}
        refusal={refusal}
        onConfirm={(reason) => change.mutate({ action: "retry", reason })}
      >
        <p>
          {letter.consumer} gets {letter.eventType} once more, at once. {behind}
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === "discard"}
        onOpenChange={(open) => ask(open ? "discard" : undefined)}
        title="Discard this 1 letter?"
        confirmLabel="Discard 1"
        reasonLabel="Why it may be given up"
        pending={change.isPending}
        refusal={refusal}
        onConfirm={(reason) => change.mutate({ action: "discard", reason })}
      >
        <p>
          {letter.consumer} never processes this {letter.eventType}, which cannot be undone. The event itself stays, and
          so does everything that others did with it. {behind}
        </p>
      </ConfirmDialog>
      <EditCopy
        letter={letter}
        open={asking === "edit"}
        onOpenChange={(open) => ask(open ? "edit" : undefined)}
        onDone={done}
      />
    </Panel>
  );
}
