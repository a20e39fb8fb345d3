"use client";
/** One search for everything, on Ctrl/Cmd-K from every page: orders, customers, the history by name, pages, and where actions begin. */
import { cn, Dialog, IconButton, Kbd, Link, TextInput, useHotkeys } from "@tillstream/ui";
import type { NavGroup } from "@tillstream/ui";
import Search from "lucide-react/icons/search";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { Entry } from "./entries.ts";
import { useEntries } from "./use-entries.ts";

const LIST = "palette";
const SEARCH_LENGTH_MAX = 200;
const optionId = (index: number) => `${LIST}-${index}`;

export function Palette({ groups }: { groups: readonly NavGroup[] }) {
  const [open, setOpen] = useState(false);
  // Not one of the single keys that can be turned off, and of use while one types as well.
  useHotkeys({ "mod+k": () => setOpen(true) }, { whileTyping: true });
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      size="md"
      title="Search"
      trigger={<IconButton label="Search (Ctrl K)" icon={<Search size={16} aria-hidden="true" />} />}
    >
      <PaletteSearch groups={groups} onChosen={() => setOpen(false)} />
    </Dialog>
  );
}

function PaletteSearch({ groups, onChosen }: { groups: readonly NavGroup[]; onChosen(): void }) {
  const router = useRouter();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(0);
  const { entries, state } = useEntries(groups, typed);
  const active = Math.min(chosen, Math.max(entries.length - 1, 0));

  useEffect(() => field.current?.focus(), []);

  function onKeyDown(event: KeyboardEvent): void {
    const entry = entries[active];
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step === undefined && (event.key !== "Enter" || entry === undefined)) return;
    event.preventDefault();
    if (step !== undefined) {
      const next = (active + step + entries.length) % Math.max(entries.length, 1);
      setChosen(next);
      document.getElementById(optionId(next))?.scrollIntoView({ block: "nearest" });
    } else if (entry !== undefined) {
      router.push(entry.href);
      onChosen();
    }
  }

  return (
    <>
      <TextInput
        ref={field}
        role="combobox"
        aria-label="Search orders, customers, events, pages and actions"
        aria-expanded={entries.length > 0}
        aria-controls={LIST}
        aria-activedescendant={entries.length > 0 ? optionId(active) : undefined}
        aria-autocomplete="list"
        placeholder="Order number, e-mail, name, charge, event, page …"
        autoComplete="off"
        spellCheck={false}
        maxLength={SEARCH_LENGTH_MAX}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
        lead={<Search size={14} aria-hidden="true" />}
      />
      <p role="status" className="min-h-7 pt-2 text-sm text-muted">
        {state}
      </p>
      <div role="listbox" id={LIST} aria-label="Found" className="max-h-[50dvh] overflow-y-auto">
        {entries.map((entry, index) => (
          <Option
            key={`${entry.href} ${entry.title}`}
            id={optionId(index)}
            entry={entry}
            begins={entry.group !== entries[index - 1]?.group}
            active={index === active}
            onChosen={onChosen}
          />
        ))}
      </div>
      <p className="mt-3 hidden gap-4 text-sm text-muted sm:flex" aria-hidden="true">
        <span>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> choose
        </span>
        <span>
          <Kbd>Enter</Kbd> open
        </span>
      </p>
    </>
  );
}

interface OptionProps {
  id: string;
  entry: Entry;
  /** The first of its group, which it says. */
  begins: boolean;
  active: boolean;
  onChosen(): void;
}

function Option({ id, entry, begins, active, onChosen }: OptionProps) {
  return (
    <>
      {begins && (
        <p role="presentation" className="px-2 pt-2 pb-1 text-xs font-semibold text-muted">
          {entry.group}
        </p>
      )}
      <Link
        role="option"
        id={id}
        aria-selected={active}
        tabIndex={-1}
        href={entry.href}
        onClick={onChosen}
        className={cn(
          "flex min-h-9 items-center gap-3 rounded-sm px-2 py-1.5 hover:bg-sunken",
          active && "bg-sunken outline-2 -outline-offset-2 outline-accent",
        )}
      >
        <span className="min-w-0 flex-1 truncate">{entry.title}</span>
        {entry.detail !== undefined && <span className="max-w-[45%] truncate text-muted">{entry.detail}</span>}
      </Link>
    </>
  );
}
