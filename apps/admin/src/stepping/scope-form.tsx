"use client";
/** Which events or rows it is about: a kind, and the one of it. The address keeps both; nothing is asked before it is sent. */
import { Button, Field, Select, TextInput } from "@tillstream/ui";
import { parseAsString, useQueryStates } from "nuqs";
import { useState, type FormEvent, type ReactNode } from "react";

const TEXT_MAX = 300;

/** A kind to choose. */
export interface ScopeKind {
  readonly value: string;
  readonly label: string;
  /** What to type, by an example; without it nothing is typed. */
  readonly example?: string;
}

export interface Scope {
  readonly kind: string;
  readonly text: string;
}

/** @param prefix of the two names in the address */
export function useScope(prefix: string, kinds: readonly ScopeKind[]) {
  const [{ kind, text }, setScope] = useQueryStates(
    { kind: parseAsString.withDefault(""), text: parseAsString.withDefault("") },
    { urlKeys: { kind: `${prefix}-kind`, text: prefix }, history: "push" },
  );
  const known = kinds.find(({ value }) => value === kind) ?? kinds[0];
  const scope: Scope = { kind: known?.value ?? "", text };
  const [asked, setAsked] = useState<Scope>();
  const isAsked = asked !== undefined && asked.kind === scope.kind && asked.text === scope.text;
  return {
    scope,
    /** The form was sent with what it shows. */
    isAsked,
    ask(next: Scope) {
      setAsked(next);
      void setScope(next);
    },
  };
}

interface ScopeFormProps {
  kinds: readonly ScopeKind[];
  scope: Scope;
  /** "Step through", "Compare". */
  action: string;
  busy: boolean;
  error: ReactNode;
  onAsk(scope: Scope): void;
}

export function ScopeForm({ kinds, scope, action, busy, error, onAsk }: ScopeFormProps) {
  const [shown, setShown] = useState(scope);
  const [typed, setTyped] = useState(scope);
  // Another address, such as after Back, fills the fields again.
  if (shown.kind !== scope.kind || shown.text !== scope.text) {
    setShown(scope);
    setTyped(scope);
  }
  const chosen = kinds.find(({ value }) => value === typed.kind) ?? kinds[0];
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onAsk({ kind: typed.kind, text: chosen?.example === undefined ? "" : typed.text.trim() });
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-start gap-x-2 gap-y-3">
      <Field label="Over" className="w-40 max-sm:w-full">
        <Select
          value={typed.kind}
          options={kinds}
          onChange={(event) => setTyped({ kind: event.target.value, text: "" })}
        />
      </Field>
      {chosen?.example !== undefined && (
        <Field
          label={chosen.label}
          hint={`Such as ${chosen.example}`}
          error={error}
          className="min-w-0 flex-1 basis-56 sm:max-w-lg"
        >
          <TextInput
            mono
            required
            value={typed.text}
            onChange={(event) => setTyped({ ...typed, text: event.target.value })}
            maxLength={TEXT_MAX}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
          />
        </Field>
      )}
      <Button type="submit" className="mt-5" loading={busy}>
        {action}
      </Button>
      {chosen?.example === undefined && error !== undefined && (
        <p role="alert" className="w-full text-sm text-failed">
          {error}
        </p>
      )}
    </form>
  );
}
