"use client";
/** A command about a number, such as units or an amount of money, with the reason. */
import type { AskedCommand } from "@tillstream/trpc/commands";
import { Field, TextInput } from "@tillstream/ui";
import { useState, type ReactNode } from "react";
import { CommandDialog } from "./command-dialog.tsx";

export interface NumberAndReason {
  readonly value: number;
  readonly reason: string;
}

interface NumberDialogProps {
  readonly command: AskedCommand & {
    reset(): void;
    readonly pending?: NumberAndReason;
    readonly kept?: NumberAndReason;
  };
  /** What is sent: "the count". */
  readonly what: string;
  readonly open: boolean;
  readonly title: string;
  readonly numberLabel: string;
  readonly inputMode: "numeric" | "decimal";
  /** Undefined for what is not such a number. */
  parse(typed: string): number | undefined;
  /** For the field to begin with, when the number was sent before. */
  format(value: number): string;
  /** What to enter instead: "Enter a whole number from 1 to 1,000,000." */
  readonly problem: string;
  readonly reasonLabel: string;
  readonly confirmLabel: string;
  /** What it does. */
  readonly children: ReactNode;
  onOpenChange(open: boolean): void;
  onConfirm(input: NumberAndReason): void;
}

export function NumberDialog({
  numberLabel,
  inputMode,
  parse,
  format,
  problem,
  command,
  open,
  children,
  onConfirm,
  ...dialog
}: NumberDialogProps) {
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState(false);
  const [wasOpen, setWasOpen] = useState(open);
  const before = command.pending ?? command.kept;
  // As in ConfirmDialog, each opening is a question of its own.
  if (open !== wasOpen) {
    setWasOpen(open);
    setTyped(before === undefined ? "" : format(before.value));
    setAsked(false);
  }
  const value = parse(typed.trim());
  const confirm = (reason: string) => {
    setAsked(true);
    if (value !== undefined) onConfirm({ value, reason });
  };
  return (
    <CommandDialog {...dialog} command={command} typed={before?.reason} open={open} danger={false} onConfirm={confirm}>
      <div className="space-y-3">
        {children}
        <Field label={numberLabel} required error={asked && value === undefined ? problem : undefined}>
          <TextInput
            mono
            inputMode={inputMode}
            autoComplete="off"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </Field>
      </div>
    </CommandDialog>
  );
}
