"use client";
/** Searches a list. The search is in the address. */
import { Button, Field, TextInput } from "@tillstream/ui";
import Search from "lucide-react/icons/search";
import type { FormEvent } from "react";
import { useSearchKey } from "./use-search-key.ts";

interface SearchFormProps {
  /** "Find an order". */
  label: string;
  /** What it can be found by. */
  hint: string;
  search: string;
  /** The answer to a new search is still to come. */
  busy: boolean;
  /** With nothing typed: all of them again. */
  onSearch(typed: string): void;
}

export function SearchForm({ label, hint, search, busy, onSearch }: SearchFormProps) {
  const box = useSearchKey<HTMLFormElement>();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get("search");
    onSearch(typeof typed === "string" ? typed : "");
  };
  return (
    <form ref={box} role="search" onSubmit={submit} className="mb-3 flex items-start gap-2">
      <Field label={label} hint={hint} className="flex-1 sm:max-w-96">
        <TextInput
          type="search"
          name="search"
          defaultValue={search}
          autoComplete="off"
          maxLength={200}
          enterKeyHint="search"
          lead={<Search size={14} aria-hidden="true" />}
        />
      </Field>
      <Button type="submit" className="mt-5" loading={busy}>
        Find
      </Button>
    </form>
  );
}
