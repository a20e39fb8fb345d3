"use client";
/** The filters of the history: a form that writes the address, and the filters in force with a way off each. */
import {
  Button,
  Field,
  FilterChips,
  formatInstant,
  Select,
  TextInput,
  useHydrated,
  type FilterChip,
} from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import SlidersHorizontal from "lucide-react/icons/sliders-horizontal";
import { useRef, type FormEvent } from "react";
import { useShortcuts } from "../console/shortcuts.tsx";
import { useTRPC } from "../console/trpc.ts";
import { noFilters, type EventFilters } from "./filters.ts";

interface EventFilterFormProps {
  filters: EventFilters;
  onChange(filters: EventFilters): void;
}

export function EventFilterForm({ filters, onChange }: EventFilterFormProps) {
  const trpc = useTRPC();
  const types = useQuery(trpc.events.types.queryOptions(undefined, { staleTime: Infinity })).data ?? [];
  const box = useRef<HTMLDetailsElement>(null);
  const hydrated = useHydrated();
  useShortcuts({
    "/": () => {
      if (box.current !== null) box.current.open = true;
      box.current?.querySelector("select")?.focus();
    },
  });
  const submit = (form: HTMLFormElement) => onChange(readForm(new FormData(form)));
  const local = (at: Date | null) => (at === null || !hydrated ? "" : toLocalInput(at));
  const known = filters.type === null || types.includes(filters.type) ? types : [filters.type, ...types];
  return (
    <details ref={box} className="mb-3 rounded-md border border-line bg-surface">
      <summary className="flex min-h-9 items-center gap-2 px-3 text-sm font-medium text-ink-soft hover:text-ink">
        <SlidersHorizontal size={14} aria-hidden="true" /> Filters
      </summary>
      <form
        // Another address, such as after Back, fills the fields again.
        key={JSON.stringify([filters, hydrated])}
        onSubmit={(event: FormEvent<HTMLFormElement>) => {
          event.preventDefault();
          submit(event.currentTarget);
        }}
        className="grid grid-cols-1 gap-3 border-t border-line p-3 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-[repeat(6,minmax(0,1fr))_auto] xl:items-end"
      >
        <Field label="Type">
          <Select
            name="type"
            defaultValue={filters.type ?? ""}
            onChange={(event) => event.target.form && submit(event.target.form)}
          >
            <option value="">All types</option>
            {known.map((type) => (
              <option key={type} value={type}>
                {type}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Stream">
          <TextInput mono name="stream" defaultValue={filters.stream ?? ""} placeholder="order-…" maxLength={300} />
        </Field>
        <Field label="Correlation id">
          <TextInput mono name="correlation" defaultValue={filters.correlation ?? ""} maxLength={300} />
        </Field>
        <Field label="Actor">
          <TextInput
            mono
            name="actor"
            defaultValue={filters.actor ?? ""}
            placeholder="guest, saga:checkout"
            maxLength={300}
          />
        </Field>
        <Field label="From">
          <TextInput type="datetime-local" step={1} name="from" defaultValue={local(filters.from)} />
        </Field>
        <Field label="To">
          <TextInput type="datetime-local" step={1} name="to" defaultValue={local(filters.to)} />
        </Field>
        <Button type="submit" variant="primary">
          Apply
        </Button>
      </form>
    </details>
  );
}

export function EventFilterChips({ filters, onChange }: EventFilterFormProps) {
  const chip = (key: keyof EventFilters, name: string, value: string | null): FilterChip[] =>
    value === null
      ? []
      : [
          {
            key,
            name,
            value,
            onRemove: () => onChange({ ...filters, before: null, [key]: null }),
            removeLabel: `Remove ${name}: ${value}`,
          },
        ];
  const hydrated = useHydrated();
  const time = (at: Date | null) =>
    at && (hydrated ? formatInstant(at, "datetime") : formatInstant(at, "datetime", "UTC"));
  const chips = [
    ...chip("type", "Type", filters.type),
    ...chip("stream", "Stream", filters.stream),
    ...chip("correlation", "Correlation", filters.correlation),
    ...chip("actor", "Actor", filters.actor),
    ...chip("from", "From", time(filters.from)),
    ...chip("to", "To", time(filters.to)),
  ];
  return <FilterChips chips={chips} onClear={() => onChange(noFilters)} className="mb-3" />;
}

function readForm(form: FormData): EventFilters {
  const text = (name: string) => {
    const typed = form.get(name);
    return typeof typed === "string" && typed.trim() !== "" ? typed.trim() : null;
  };
  const instant = (name: string) => {
    const typed = text(name);
    const at = typed === null ? undefined : new Date(typed); // a local time without a zone is the viewer's
    return at === undefined || Number.isNaN(at.getTime()) ? null : at;
  };
  return {
    type: text("type"),
    stream: text("stream"),
    correlation: text("correlation"),
    actor: text("actor"),
    from: instant("from"),
    to: instant("to"),
    before: null,
  };
}

/** `2026-11-24T10:46:21` in the viewer's zone, as a datetime-local field takes it. */
function toLocalInput(at: Date): string {
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 19);
}
