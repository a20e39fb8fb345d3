"use client";
/** The search of the header: a plain form to /search that works before and without scripts. */
import { TextInput } from "@tillstream/ui";
import Search from "lucide-react/icons/search";
import Form from "next/form";
import { usePathname, useSearchParams } from "next/navigation";
import { Suspense } from "react";

const SEARCH_LENGTH_MAX = 200;

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

function SearchForm({ typed }: { typed: string }) {
  return (
    <Form action="/search" prefetch={false} role="search">
      <TextInput
        type="search"
        name="q"
        defaultValue={typed}
        aria-label="Search the shop"
        placeholder="Search"
        maxLength={SEARCH_LENGTH_MAX}
        enterKeyHint="search"
        lead={<Search size={16} aria-hidden="true" />}
        className="rounded-full bg-transparent"
      />
    </Form>
  );
}
