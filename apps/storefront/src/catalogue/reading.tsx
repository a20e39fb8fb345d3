/** How a search was understood, where that is not as it was typed. */
import { EmptyState, TextLink } from "@tillstream/ui";
import { Fragment } from "react";
import { Popular } from "./popular.tsx";
import type { Listing } from "./listing.tsx";

interface ReadingProps {
  typed: string;
  understood: Listing["search"];
}

const searchHref = (words: string) => `/search?${new URLSearchParams({ q: words })}`;

export function Reading({ typed, understood: { kind, corrected, others } }: ReadingProps) {
  if (kind === "common")
    return <p className="break-words">“{typed}” is in every text, so here is everything. Add a word that says more.</p>;
  if (corrected === null) return null;
  return (
    <p className="break-words">
      Nothing matches “{typed}”. These match <TextLink href={searchHref(corrected)}>{corrected}</TextLink>.
      {others.length > 0 && (
        <>
          {" "}
          Or did you mean <Choices words={others} />?
        </>
      )}
    </p>
  );
}

/** With the words kept in the box, and what else there is. */
export function NothingFound({ typed, understood: { kind } }: ReadingProps) {
  const words = typed.match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  return (
    <>
      <EmptyState title={`Nothing found for “${typed}”`}>
        {kind === "signs" ? "Type letters or digits: signs alone are not looked for." : "Try a more general word."}
        {words.length > 1 && (
          <>
            {" "}
            Or look for <Choices words={words.slice(0, 4)} /> alone.
          </>
        )}
      </EmptyState>
      <Popular />
    </>
  );
}

function Choices({ words }: { words: readonly string[] }) {
  return words.map((word, index) => (
    <Fragment key={word}>
      {index > 0 && " or "}
      <TextLink href={searchHref(word)}>{word}</TextLink>
    </Fragment>
  ));
}
