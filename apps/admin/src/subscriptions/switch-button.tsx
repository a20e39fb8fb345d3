"use client";
/** Pause or Resume, by its status. */
import { Button } from "@tillstream/ui";
import Pause from "lucide-react/icons/pause";
import Play from "lucide-react/icons/play";
import type { Switch } from "./use-switch.ts";

interface SwitchButtonProps {
  readonly of: Switch;
  /** In a list of several: which one this button is for. */
  readonly name?: string;
  /** The id of the text that says why it cannot be used. */
  readonly describedBy?: string;
}

export function SwitchButton({ of: { isPaused, whyNot, ask }, name, describedBy }: SwitchButtonProps) {
  const word = isPaused ? "Resume" : "Pause";
  return (
    <Button
      size="sm"
      disabled={whyNot !== undefined}
      title={whyNot}
      aria-label={name === undefined ? undefined : `${word} ${name}`}
      aria-describedby={whyNot === undefined ? undefined : describedBy}
      onClick={ask}
    >
      {isPaused ? <Play size={14} aria-hidden="true" /> : <Pause size={14} aria-hidden="true" />}
      {word}
    </Button>
  );
}
