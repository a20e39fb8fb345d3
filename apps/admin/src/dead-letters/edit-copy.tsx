"use client";
/** Edits a copy of the event's data for one consumer. The server checks the copy against the event's latest schema. */
import { Banner, Button, Dialog, Field, SkeletonText, Textarea } from "@tillstream/ui";
import { useState } from "react";
import { FailureText } from "../console/command-outcome.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { parseCopy } from "./parse-copy.ts";
import { useEventData } from "./dead-letter-payload.tsx";
import type { DeadLetterDetail } from "./dead-letter-detail.ts";
import type { DeadLetterCommand } from "./use-dead-letter-command.ts";

interface EditCopyProps {
  readonly letter: DeadLetterDetail;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly command: DeadLetterCommand;
}

export function EditCopy({ letter, open, onOpenChange, command }: EditCopyProps) {
  const event = useEventData(letter.eventId);
  const sent = command.pending ?? command.kept;
  const edit = sent?.action === "editAndRetry" ? sent : undefined;
  const data = edit?.data ?? letter.editedData ?? event.data?.upcastData ?? event.data?.data;
  if (open && data === undefined) {
    return (
      <Dialog open onOpenChange={onOpenChange} title="Edit a copy" size="lg">
        {event.isError ? <QueryFailed query={event} what="the payload" /> : <SkeletonText lines={8} />}
      </Dialog>
    );
  }
  // Each opening begins with the data as it is then.
  return (
    <>
      {open && (
        <Editor letter={letter} data={data} typed={edit?.reason ?? ""} command={command} onOpenChange={onOpenChange} />
      )}
    </>
  );
}

interface EditorProps extends Omit<EditCopyProps, "open"> {
  readonly data: unknown;
  /** The reason that was given before, for a copy that was sent and not taken. */
  readonly typed: string;
}

function Editor({ letter, data, typed, onOpenChange, command: deliver }: EditorProps) {
  const [text, setText] = useState(() => JSON.stringify(data, null, 2));
  const [reason, setReason] = useState(typed);
  const [asked, setAsked] = useState(false);
  const close = () => {
    deliver.reset();
    onOpenChange(false);
  };
  const copy = parseCopy(text);
  const failure = deliver.state === "refused" ? deliver.failure : undefined;
  const problems = failure?.fields ?? [];
  const dataError =
    copy.problem ??
    (problems.length === 0 ? undefined : (
      <>
        {problems.map(({ field, rule, message }) => (
          <span key={`${field} ${rule}`} className="block">
            <span className="font-mono">{field}</span>: {message} <span className="font-mono">({rule})</span>
          </span>
        ))}
      </>
    ));
  const submit = () => {
    setAsked(true);
    if (copy.value !== undefined && reason.trim() !== "")
      void deliver.run({
        action: "editAndRetry",
        data: copy.value,
        reason: reason.trim(),
        seenActions: letter.actions.length,
      });
  };
  return (
    <Dialog
      open
      onOpenChange={close}
      size="lg"
      title={`Deliver an edited copy to ${letter.consumer}?`}
      description="This consumer is given the copy in place of the event's data, now. The event itself never changes, and no other consumer sees the copy."
      footer={
        <>
          <Button variant="ghost" onClick={close}>
            Keep as it is
          </Button>
          <Button variant="primary" loading={deliver.state === "sending"} onClick={submit}>
            Deliver copy
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        <Field
          label={`Data of ${letter.eventType}, latest version`}
          hint={fixedWords(letter.fixedFields)}
          required
          error={dataError}
        >
          <Textarea
            className="font-mono text-sm"
            rows={12}
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              deliver.reset();
            }}
          />
        </Field>
        <Field
          label="Why this copy is right"
          required
          error={asked && reason.trim() === "" ? "Enter a reason. It is kept in the audit." : undefined}
        >
          <Textarea value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        </Field>
        {failure !== undefined && (
          <Banner tone="failed" role="alert">
            <FailureText failure={failure} />
          </Banner>
        )}
      </div>
    </Dialog>
  );
}

/** Told before it is sent: the server refuses a copy that changes them. */
function fixedWords(fields: readonly string[]): string | undefined {
  if (fields.length === 0) return undefined;
  const stay = fields.length === 1 ? "stays as it is: it names" : "stay as they are: they name";
  return `${fields.join(" and ")} ${stay} the stream.`;
}
