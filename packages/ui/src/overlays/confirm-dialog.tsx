"use client";
import { useState, type ReactNode } from "react";
import { Button } from "../actions/button.tsx";
import { Field } from "../forms/field.tsx";
import { Textarea } from "../forms/textarea.tsx";
import { Banner } from "../status/banner.tsx";
import { Dialog } from "./dialog.tsx";

export type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The action as a question: "Discard 12 dead letters?" */
  title: ReactNode;
  /** What it touches, with the count, and what cannot be undone. */
  children?: ReactNode | undefined;
  /** The action as a verb: "Discard 12". */
  confirmLabel: string;
  danger?: boolean | undefined;
  /** Asks why; the answer goes into the audit. Without it no reason is asked for. */
  reasonLabel?: string | undefined;
  /** The reason that each opening begins with, such as one that was typed before signing in again. */
  initialReason?: string | undefined;
  onConfirm: (reason: string) => void;
  pending?: boolean | undefined;
  /** The server's refusal, shown here where the action was. */
  refusal?: ReactNode | undefined;
  /** What happened meanwhile, when there is nothing left to confirm: the dialog stays and says so, until it is closed. */
  overtaken?: ReactNode | undefined;
};

/** The step before what cannot be undone: says what it touches, asks for the reason, shows a refusal in place. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  children,
  confirmLabel,
  danger = true,
  reasonLabel,
  initialReason = "",
  onConfirm,
  pending = false,
  refusal,
  overtaken,
}: ConfirmDialogProps) {
  const [reason, setReason] = useState(initialReason);
  const [missing, setMissing] = useState(false);
  const [wasOpen, setWasOpen] = useState(open);
  // Each opening is a question of its own. Set while rendering, as React recommends for state that follows a prop.
  if (open !== wasOpen) {
    setWasOpen(open);
    setReason(initialReason);
    setMissing(false);
  }
  const confirm = () => {
    const given = reason.trim();
    if (reasonLabel !== undefined && given === "") return setMissing(true);
    onConfirm(given);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      footer={
        <>
          <Button variant="ghost" onClick={() => onOpenChange(false)}>
            {overtaken ? "Close" : "Keep as it is"}
          </Button>
          {!overtaken && (
            <Button variant={danger ? "danger" : "primary"} loading={pending} onClick={confirm}>
              {confirmLabel}
            </Button>
          )}
        </>
      }
    >
      <div className="space-y-4 console:space-y-3">
        {children && !overtaken && <div className="text-ink-soft">{children}</div>}
        {overtaken && (
          <Banner tone="waiting" role="alert">
            {overtaken}
          </Banner>
        )}
        {reasonLabel !== undefined && !overtaken && (
          <Field
            label={reasonLabel}
            required
            error={missing && reason.trim() === "" ? "Enter a reason. It is kept in the audit." : undefined}
          >
            <Textarea value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
          </Field>
        )}
        {refusal && !overtaken && (
          <Banner tone="failed" role="alert">
            {refusal}
          </Banner>
        )}
      </div>
    </Dialog>
  );
}
