"use client";
import { cn, Money } from "@tillstream/ui";
import { Picture } from "../catalogue/picture.tsx";
import { hrefOf } from "./use-suggestions.ts";
import type { Suggestion } from "./use-suggestions.ts";

interface SuggestionListProps {
  /** Of the box, and the beginning of each option's. */
  id: string;
  suggestions: readonly Suggestion[];
  /** The one that the arrow keys are on. */
  active: number;
  onChoose: (suggestion: Suggestion) => void;
}

/** Under the box, over the page. */
export default function SuggestionList({ id, suggestions, active, onChoose }: SuggestionListProps) {
  return (
    <div
      id={`${id}list`}
      role="listbox"
      aria-label="Suggestions"
      tabIndex={-1}
      className="floating absolute inset-x-0 top-full z-40 mt-2 max-h-[70dvh] overflow-y-auto overscroll-contain rounded-lg p-1.5 md:right-0 md:left-auto md:w-96"
    >
      {suggestions.map((suggestion, index) => (
        <button
          type="button"
          tabIndex={-1}
          key={hrefOf(suggestion)}
          id={`${id}${index}`}
          role="option"
          aria-selected={index === active}
          // A press would take the focus from the box, which closes the list before the click.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(suggestion)}
          className={cn(
            "flex min-h-11 w-full cursor-pointer items-center gap-3 rounded-md px-2 py-1 text-left hover:bg-accent-soft",
            index === active && "bg-accent-soft",
          )}
        >
          <Words suggestion={suggestion} />
        </button>
      ))}
    </div>
  );
}

function Words({ suggestion }: { suggestion: Suggestion }) {
  switch (suggestion.kind) {
    case "search":
      return (
        <span>
          <span className="text-muted">Did you mean</span> <span className="font-medium">{suggestion.words}</span>?
        </span>
      );
    case "category":
      return (
        <span>
          <span className="text-muted">All of</span> {suggestion.name}
        </span>
      );
    case "product":
      return (
        <>
          <Picture src={suggestion.image} className="w-10 shrink-0 rounded-sm" />
          <span className="min-w-0 flex-1">{suggestion.name}</span>
          <span className="text-sm whitespace-nowrap text-muted">
            {suggestion.priceVaries && "from "}
            <Money value={suggestion.price} />
          </span>
        </>
      );
  }
}
