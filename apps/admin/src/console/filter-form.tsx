"use client";
/** The filters of a list of what happened: a form that writes the address, and the filters in force with a way off each. */
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
import SlidersHorizontal from "lucide-react/icons/sliders-horizontal";
import type { FormEvent } from "react";
import { toLocalInput } from "./local-time.ts";
import type { TimeOrder } from "./time-order.ts";
import { useSearchKey } from "./use-search-key.ts";

/** A filter beside the two times. */
export interface FilterField {
  /** In the address. */
  readonly key: string;
  readonly label: string;
  readonly placeholder?: string;
  /** What may be typed, as in HTML; the placeholder is an example of it. */
  readonly pattern?: string;
  /** To choose from; without them it is typed. */
  readonly options?: readonly string[];
}

interface Times {
  readonly from: Date | null;
  readonly to: Date | null;
  /** The page; another filter begins at the first. */
  readonly before: string | null;
  /** Stays as it is, whatever is filtered. */
  readonly sort: TimeOrder;
}

interface FilterFormProps<Filters extends Times> {
  /** One for each of the others in `filters`. */
  readonly fields: readonly FilterField[];
  readonly filters: Filters;
  readonly none: Filters;
  onChange(filters: Filters): void;
}

export function FilterForm<Filters extends Times>({ fields, filters, none, onChange }: FilterFormProps<Filters>) {
  const box = useSearchKey<HTMLDetailsElement>();
  const hydrated = useHydrated();
  const values = valuesOf(filters);
  const submit = (form: HTMLFormElement) =>
    onChange({ ...none, ...readForm(new FormData(form), fields), sort: filters.sort });
  const local = (at: Date | null) => (at === null || !hydrated ? "" : toLocalInput(at));
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
        className="grid grid-cols-1 gap-3 border-t border-line p-3 sm:grid-cols-2 lg:grid-cols-3 xl:flex xl:items-end [&>div]:flex-1"
      >
        {fields.map((field) => (
          <Field key={field.key} label={field.label}>
            <FilterInput field={field} value={String(values.get(field.key) ?? "")} submit={submit} />
          </Field>
        ))}
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

interface FilterInputProps {
  readonly field: FilterField;
  readonly value: string;
  submit(form: HTMLFormElement): void;
}

function FilterInput({ field: { key, placeholder, pattern, options }, value, submit }: FilterInputProps) {
  if (options === undefined)
    return (
      <TextInput
        mono
        name={key}
        defaultValue={value}
        placeholder={placeholder}
        maxLength={300}
        {...(pattern !== undefined && { pattern, title: `Such as ${placeholder}` })}
      />
    );
  const known = value === "" || options.includes(value) ? options : [value, ...options];
  return (
    <Select name={key} defaultValue={value} onChange={(event) => event.target.form && submit(event.target.form)}>
      <option value="">All</option>
      {known.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </Select>
  );
}

export function FilterFormChips<Filters extends Times>({ fields, filters, none, onChange }: FilterFormProps<Filters>) {
  const hydrated = useHydrated();
  const values = valuesOf(filters);
  const text = (value: string | Date | null | undefined) =>
    value instanceof Date ? formatInstant(value, "datetime", hydrated ? undefined : "UTC") : (value ?? undefined);
  const all = [...fields, { key: "from", label: "From" }, { key: "to", label: "To" }];
  const chips = all.flatMap(({ key, label }): FilterChip[] => {
    const value = text(values.get(key));
    if (value === undefined) return [];
    const onRemove = () => onChange({ ...filters, before: null, [key]: null });
    return [{ key, name: label, value, onRemove, removeLabel: `Remove ${label}: ${value}` }];
  });
  return <FilterChips chips={chips} onClear={() => onChange({ ...none, sort: filters.sort })} className="mb-3" />;
}

function valuesOf(filters: Times): ReadonlyMap<string, string | Date | null> {
  return new Map(Object.entries(filters));
}

function readForm(form: FormData, fields: readonly FilterField[]): Record<string, string | Date | null> {
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
    ...Object.fromEntries(fields.map(({ key }) => [key, text(key)])),
    from: instant("from"),
    to: instant("to"),
  };
}
