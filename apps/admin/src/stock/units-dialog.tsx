"use client";
/** A command about a number of units, with the reason. */
import type { AskedCommand } from "@tillstream/trpc/commands";
import { Field, TextInput } from "@tillstream/ui";
import { useState, type ReactNode } from "react";
import { CommandDialog } from "../console/command-dialog.tsx";

export interface Units {
  readonly units: number;
  readonly reason: string;
}

interface UnitsDialogProps {
  readonly command: AskedCommand & { reset(): void; readonly pending?: Units; readonly kept?: Units };
  /** What is sent: "the count". */
  readonly what: string;
  readonly open: boolean;
  readonly title: string;
  readonly unitsLabel: string;
  readonly unitsMin: 0 | 1;
  readonly reasonLabel: string;
  readonly confirmLabel: string;
  /** What it does. */
  readonly children: ReactNode;
  onOpenChange(open: boolean): void;
  onConfirm(units: Units): void;
}

const UNITS_MAX = 1_000_000;

export function UnitsDialog({ unitsLabel, unitsMin, command, open, children, onConfirm, ...dialog }: UnitsDialogProps) {
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState(false);
  const [wasOpen, setWasOpen] = useState(open);
  if (open !== wasOpen) {
    setWasOpen(open);
    setTyped(String((command.pending ?? command.kept)?.units ?? ""));
    setAsked(false);
  }
  const units = /^\d{1,9}$/.test(typed.trim()) ? Number(typed.trim()) : -1;
  const isWrong = units < unitsMin || units > UNITS_MAX;
  const confirm = (reason: string) => {
    setAsked(true);
    if (!isWrong) onConfirm({ units, reason });
  };
  return (
    <CommandDialog
      {...dialog}
      command={command}
      typed={(command.pending ?? command.kept)?.reason}
      open={open}
      danger={false}
      onConfirm={confirm}
    >
      <div className="space-y-3">
        {children}
        <Field
          label={unitsLabel}
          required
          error={
            asked && isWrong
              ? `Enter a whole number from ${unitsMin} to ${UNITS_MAX.toLocaleString("en-US")}.`
              : undefined
          }
        >
          <TextInput
            mono
            inputMode="numeric"
            autoComplete="off"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </Field>
      </div>
    </CommandDialog>
  );
}
