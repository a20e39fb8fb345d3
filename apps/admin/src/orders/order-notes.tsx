"use client";
/** What staff note about an order: each with its author and time, and one's own can be taken back. */
import { isUnsettled, useCommand } from "@tillstream/trpc/commands";
import { Banner, Button, Field, Instant, Panel, Textarea } from "@tillstream/ui";
import { useRef, useState, type FormEvent } from "react";
import { CommandDialog } from "../console/command-dialog.tsx";
import { FailureText, OutcomeUnknown } from "../console/command-outcome.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPCClient, type Outputs } from "../console/trpc.ts";

type Note = Outputs["orders"]["byId"]["notes"][number];

interface OrderNotesProps {
  readonly orderId: string;
  readonly notes: readonly Note[];
  readonly onChanged: () => unknown;
}

const NOTE_LENGTH_MAX = 1_000;

export function OrderNotes({ orderId, notes, onChanged }: OrderNotesProps) {
  return (
    <Panel title="Notes" description="Seen by staff only. They go when the customer's address goes.">
      {notes.length === 0 ? (
        <p className="text-muted">None yet.</p>
      ) : (
        <ul aria-label="Notes" className="divide-y divide-line">
          {notes.map((note) => (
            <li key={note.id} className="py-2 first:pt-0">
              <p className="break-words whitespace-pre-wrap">{note.text}</p>
              <div className="flex flex-wrap items-center justify-between gap-x-3 text-sm text-muted">
                <span>
                  {note.author ?? "Somebody who has no login any more"}, <Instant at={note.at} format="precise" />
                </span>
                {note.isOwn && <TakeBack orderId={orderId} note={note} onChanged={onChanged} />}
              </div>
            </li>
          ))}
        </ul>
      )}
      <AddNote orderId={orderId} onChanged={onChanged} />
    </Panel>
  );
}

function AddNote({ orderId, onChanged }: Omit<OrderNotesProps, "notes">) {
  const { orders } = useTRPCClient();
  const whyNot = useWhyNotOperate();
  const [typed, setTyped] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const add = useCommand({
    name: "orders.addNote",
    subject: orderId,
    send: (text: string, call) => orders.addNote.mutate({ orderId, text }, call),
    onDone: async () => {
      await onChanged();
      setTyped("");
      field.current?.focus();
    },
    onKept: setTyped,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== "") void add.run(typed.trim());
  };
  return (
    <form onSubmit={submit} className="mt-3 space-y-2 border-t border-line pt-3">
      <Field label="New note">
        <Textarea
          ref={field}
          value={typed}
          maxLength={NOTE_LENGTH_MAX}
          onChange={({ target }) => {
            if (add.state !== "idle") add.reset();
            setTyped(target.value);
          }}
        />
      </Field>
      {add.state === "refused" && add.failure !== undefined && (
        <Banner tone="failed" role="alert">
          <FailureText failure={add.failure} />
        </Banner>
      )}
      {isUnsettled(add) && <OutcomeUnknown what="the note" command={add} />}
      <Button
        type="submit"
        size="sm"
        disabled={whyNot !== undefined || typed.trim() === "" || isUnsettled(add)}
        title={whyNot}
        loading={add.state === "sending"}
      >
        Add note
      </Button>
    </form>
  );
}

function TakeBack({ orderId, note, onChanged }: { orderId: string; note: Note; onChanged: () => unknown }) {
  const { orders } = useTRPCClient();
  const [isAsking, setIsAsking] = useState(false);
  const remove = useCommand({
    name: "orders.removeNote",
    subject: note.id,
    send: (noteId: string, call) => orders.removeNote.mutate({ orderId, noteId }, call),
    onDone: async () => {
      await onChanged();
      setIsAsking(false);
    },
  });
  return (
    <>
      <Button size="sm" variant="ghost" onClick={() => setIsAsking(true)}>
        Take back
      </Button>
      <CommandDialog
        command={remove}
        what="taking back the note"
        open={isAsking}
        onOpenChange={setIsAsking}
        title="Take back this note?"
        confirmLabel="Take back"
        onConfirm={() => void remove.run(note.id)}
      >
        <p>It is deleted, and nobody can read it any more.</p>
      </CommandDialog>
    </>
  );
}
