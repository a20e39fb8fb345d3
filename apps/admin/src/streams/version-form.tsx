"use client";
import { Button, Field, TextInput } from "@tillstream/ui";
import { useState, type FormEvent } from "react";
import { versionProblem } from "./at.ts";

interface VersionFormProps {
  readonly label: string;
  readonly value: number;
  readonly newest: number;
  onGo(version: number): void;
}

/** A version that the stream has, typed. Until then it shows `value`. */
export function VersionForm({ label, value, newest, onGo }: VersionFormProps) {
  const [typed, setTyped] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = (typed ?? String(value)).trim();
    const version = text === "" ? NaN : Number(text);
    const wrong = versionProblem(version, newest);
    setProblem(wrong);
    if (wrong !== undefined) return;
    setTyped(undefined);
    onGo(version);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Field label={label} error={problem}>
        <span className="flex gap-2">
          <TextInput
            mono
            inputMode="numeric"
            autoComplete="off"
            value={typed ?? value}
            onChange={(event) => setTyped(event.target.value)}
            maxLength={10}
            className="w-20"
          />
          <Button type="submit" aria-label={`Go, ${label.toLowerCase()}`}>
            Go
          </Button>
        </span>
      </Field>
    </form>
  );
}
