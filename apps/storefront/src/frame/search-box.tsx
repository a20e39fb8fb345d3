"use client";
/**
 * The search of the header: a plain form to /search that works before and without scripts. With them it is a combobox: while one
 * types, it suggests products with their pictures.
 */
import { TextInput } from "@tillstream/ui";
import Search from "lucide-react/icons/search";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { lazy, Suspense, useId, useState } from "react";
import type { FormEvent, KeyboardEvent } from "react";
import { hrefOf, useSuggestions } from "./use-suggestions.ts";
import type { Suggestion } from "./use-suggestions.ts";

const SEARCH_LENGTH_MAX = 200;
/** Comes with the first suggestions: this box is on every page. */
const SuggestionList = lazy(() => import("./suggestion-list.tsx"));

export function SearchBox() {
  return (
    <Suspense fallback={<SearchForm typed="" />}>
      <TypedSearch />
    </Suspense>
  );
}

/** On the results page the box keeps what was typed, Back and Forward included. */
function TypedSearch() {
  const onResults = usePathname() === "/search";
  const typed = useSearchParams().get("q") ?? "";
  return <SearchForm key={onResults ? typed : ""} typed={onResults ? typed : ""} />;
}

const NONE = -1;

/** The text keeps the focus; the arrow keys go through the list, Enter opens what they are on, and Escape closes it. */
function SearchForm({ typed }: { typed: string }) {
  const id = useId();
  const router = useRouter();
  const [text, setText] = useState<string>();
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(NONE);
  const suggestions = useSuggestions(text);
  const shown = isOpen ? suggestions : [];
  const close = () => {
    setOpen(false);
    setActive(NONE);
  };
  const move = (step: number) => {
    setOpen(true);
    const places = suggestions.length + 1; // the text itself is one of them
    setActive((now) => ((now + 1 + step + places) % places) - 1);
  };
  const choose = (suggestion: Suggestion) => {
    close();
    router.push(hrefOf(suggestion));
  };
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    close();
    const q = new FormData(event.currentTarget).get("q");
    router.push(`/search?${new URLSearchParams({ q: typeof q === "string" ? q : "" })}`);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const chosen = shown[active];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Escape" && shown.length > 0) close();
    else if (event.key === "Enter" && chosen !== undefined) choose(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <form action="/search" role="search" className="relative" onSubmit={search}>
      <TextInput
        type="search"
        name="q"
        defaultValue={typed}
        aria-label="Search the shop"
        placeholder="Search"
        maxLength={SEARCH_LENGTH_MAX}
        enterKeyHint="search"
        autoComplete="off"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shown.length > 0}
        aria-controls={shown.length > 0 ? `${id}list` : undefined}
        aria-activedescendant={shown[active] === undefined ? undefined : `${id}${active}`}
        onChange={(event) => {
          setText(event.target.value);
          setActive(NONE);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
        lead={<Search size={16} aria-hidden="true" />}
        className="rounded-full bg-transparent"
      />
      {shown.length > 0 && (
        <Suspense>
          <SuggestionList id={id} suggestions={shown} active={active} onChoose={choose} />
        </Suspense>
      )}
      <span role="status" className="sr-only">
        {shown.length > 0 && `${shown.length} suggestions`}
      </span>
    </form>
  );
}
