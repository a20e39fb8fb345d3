"use client";
/** A form in a dialog that is sent as one command, with a reason where one is kept. Its refusal, and an outcome that is not known, are in it. */
import { isUnsettled } from "@tillstream/trpc/commands";
import type { AskedCommand } from "@tillstream/trpc/commands";
import { Banner, Button, Dialog, Field, Textarea } from "@tillstream/ui";
import { useState, type ReactNode } from "react";
import { FailureText, OutcomeUnknown } from "./command-outcome.tsx";

const REASON_LENGTH_MAX = 200;

interface EditDialogProps {
  readonly command: AskedCommand & { reset(): void };
  /** What is sent: "the correction". */
  readonly what: string;
  readonly title: string;
  readonly description: string;
  readonly confirmLabel: ReactNode;
  readonly danger?: boolean;
  /** There is nothing that could be sent as it is. */
  readonly blocked?: boolean;
  readonly reason?: { readonly typed: string; set(reason: string): void };
  /** The refusal is shown where it belongs. */
  readonly isTold?: boolean;
  /** With a reason, where one is asked for. */
  onSubmit(): void;
  onClose(): void;
  /** @param asked whether it was to be sent: what is missing is told from then on */
  children(asked: boolean): ReactNode;
}

export function EditDialog(props: EditDialogProps) {
  const { command, what, title, description, confirmLabel, danger = false, blocked = false, reason } = props;
  const [asked, setAsked] = useState(false);
  const isMissing = reason?.typed.trim() === "";
  const close = () => {
    command.reset();
    props.onClose();
  };
  const submit = () => {
    setAsked(true);
    if (!isMissing) props.onSubmit();
  };
  return (
    <Dialog
      open
      onOpenChange={close}
      title={title}
      description={description}
      footer={
        <>
          <Button variant="ghost" onClick={close}>
            Keep as it is
          </Button>
          <Button
            variant={danger ? "danger" : "primary"}
            loading={command.state === "sending"}
            disabled={isUnsettled(command) || blocked}
            onClick={submit}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        {props.children(asked)}
        {reason !== undefined && (
          <Field
            label="Reason"
            required
            error={asked && isMissing ? "Enter a reason. It is kept in the audit." : undefined}
          >
            <Textarea
              value={reason.typed}
              maxLength={REASON_LENGTH_MAX}
              onChange={({ target }) => reason.set(target.value)}
            />
          </Field>
        )}
        {command.state === "refused" && command.failure !== undefined && props.isTold !== true && (
          <Banner tone="failed" role="alert">
            <FailureText failure={command.failure} />
          </Banner>
        )}
        {isUnsettled(command) && <OutcomeUnknown what={what} command={command} />}
      </div>
    </Dialog>
  );
}
