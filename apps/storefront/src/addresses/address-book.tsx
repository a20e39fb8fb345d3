"use client";
/** The addresses that orders may go to: saved, changed, removed; one of them is the default. */
import { Badge, Button, EmptyState } from "@tillstream/ui";
import { useEffect, useRef, useState } from "react";
import { addressLines } from "../order/address-lines.ts";
import { AddressForm } from "./address-form.tsx";
import { change, type SavedAddress } from "../shop/calls.ts";
import { Problem } from "../account/problem.tsx";
import { useAttempt } from "../account/use-attempt.ts";

interface AddressBookProps {
  person: string;
  first: readonly SavedAddress[];
}

export function AddressBook({ person, first }: AddressBookProps) {
  const [items, setItems] = useState(first);
  /** The one that is being changed, or "new". */
  const [open, setOpen] = useState<string>();
  const [said, setSaid] = useState("");
  const add = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  // The form that had the focus is gone.
  useEffect(() => {
    if (wasOpen.current && open === undefined) add.current?.focus();
    wasOpen.current = open !== undefined;
  }, [open]);

  function become(next: readonly SavedAddress[], what: string): void {
    setItems(next);
    setOpen(undefined);
    setSaid(what);
  }
  const form = (address?: SavedAddress) => (
    <AddressForm
      person={person}
      saved={address}
      onSaved={(next) => become(next, "The address is saved.")}
      onCancel={() => setOpen(undefined)}
    />
  );
  return (
    <>
      <p role="status" className="mb-4 text-done empty:hidden">
        {said}
      </p>
      {items.length === 0 && open === undefined && (
        <EmptyState title="No addresses yet">Save one, and the checkout has it ready.</EmptyState>
      )}
      <ul className="grid gap-4 sm:grid-cols-2">
        {items.map((item) => (
          <li key={item.id} className="min-w-0 rounded-lg border border-line bg-surface p-5">
            {open === item.id ? (
              form(item)
            ) : (
              <Saved
                person={person}
                item={item}
                onEdit={() => setOpen(item.id)}
                onChanged={(next, what) => become(next, what)}
              />
            )}
          </li>
        ))}
      </ul>
      <div className="mt-6 max-w-xl">
        {open === "new" ? (
          <div className="rounded-lg bg-sunken p-5">{form()}</div>
        ) : (
          <Button ref={add} variant={items.length === 0 ? "primary" : "secondary"} onClick={() => setOpen("new")}>
            Add an address
          </Button>
        )}
      </div>
    </>
  );
}

interface SavedProps {
  person: string;
  item: SavedAddress;
  onEdit: () => void;
  onChanged: (items: readonly SavedAddress[], what: string) => void;
}

function Saved({ person, item: { id, address, isDefault }, onEdit, onChanged }: SavedProps) {
  const { sending, attempt, problemBeside } = useAttempt();
  const place = `${address.name}, ${address.line1}`;

  async function makeDefault(): Promise<void> {
    const answer = await attempt(() => change(person, "addresses", "save", { id, address, isDefault: true }));
    if (answer !== undefined) onChanged(answer.items, "Orders go there by default now.");
  }
  async function remove(): Promise<void> {
    const answer = await attempt(() => change(person, "addresses", "remove", { id }));
    if (answer !== undefined) onChanged(answer.items, "The address is removed.");
  }
  return (
    <>
      {isDefault && (
        <p className="mb-2">
          <Badge>Default</Badge>
        </p>
      )}
      <address className="break-words not-italic">
        {addressLines(address).map((line, at) => (
          <span key={at} className="block">
            {line}
          </span>
        ))}
      </address>
      <Problem>{problemBeside()}</Problem>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button size="sm" disabled={sending} onClick={onEdit} aria-label={`Change ${place}`}>
          Change
        </Button>
        {!isDefault && (
          <Button
            size="sm"
            variant="ghost"
            disabled={sending}
            onClick={() => void makeDefault()}
            aria-label={`Make default: ${place}`}
          >
            Make default
          </Button>
        )}
        <Button
          size="sm"
          variant="ghost"
          disabled={sending}
          onClick={() => void remove()}
          aria-label={`Remove ${place}`}
        >
          Remove
        </Button>
      </div>
    </>
  );
}
