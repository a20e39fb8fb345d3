"use client";
/** Says above a list which parts of its address could not be read, and by which rule; the others apply. */
import { Banner, LinkButton } from "@tillstream/ui";
import { usePathname, useSearchParams } from "next/navigation";
import { readableOf, unreadIn, type Parts } from "./address.ts";

const SHOWN_LENGTH_MAX = 60;

export function UnreadAddress({ parts }: { parts: Parts }) {
  const path = usePathname();
  const address = useSearchParams();
  const unread = unreadIn(parts, address);
  if (unread.length === 0) return null;
  const rest = readableOf(parts, address);
  return (
    <Banner
      tone="waiting"
      className="mb-3"
      title="Part of this address was not read"
      actions={
        <LinkButton href={rest.size === 0 ? path : `${path}?${rest}`} size="sm">
          Remove it
        </LinkButton>
      }
    >
      What is shown goes by the rest of it.
      <ul>
        {unread.map(({ name, typed, rule }) => (
          <li key={name} className="break-words">
            <span className="font-mono">{short(typed === "" ? name : `${name}=${typed}`)}</span>: {rule}.
          </li>
        ))}
      </ul>
    </Banner>
  );
}

const short = (text: string): string =>
  text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX).toWellFormed()}…` : text;
