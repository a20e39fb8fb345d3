import { CopyButton } from "../actions/copy-button.tsx";
import { cn } from "../cn.ts";
import { Link } from "../link/link.tsx";
import { truncateMiddle } from "./truncate-middle.ts";

export type CopyableIdProps = {
  id: string;
  /** What people call it, which is shown in its place. */
  name?: string | undefined;
  /** What the id is of, for the copy button: "event id". */
  what?: string | undefined;
  /** Where the thing itself can be looked at. */
  href?: string | undefined;
  head?: number | undefined;
  tail?: number | undefined;
  /** Shows the id in full, wrapping: for the page of the thing itself. */
  full?: boolean | undefined;
  className?: string | undefined;
};

/** An id in mono with its middle left out, or its name; the whole of it on hover and on the clipboard. */
export function CopyableId({ id, name, what = "id", href, head, tail, full = false, className }: CopyableIdProps) {
  const shown = name ?? (full ? id : truncateMiddle(id, head, tail));
  return (
    <span
      className={cn("group/id inline-flex max-w-full items-center gap-0.5 align-middle font-mono text-sm", className)}
    >
      {href === undefined ? (
        <span title={id} className={full ? "break-all" : "whitespace-nowrap"}>
          {shown}
        </span>
      ) : (
        <Link
          href={href}
          title={id}
          className={cn(
            "underline decoration-line-strong underline-offset-3 hover:decoration-current",
            full ? "break-all" : "whitespace-nowrap",
          )}
        >
          {shown}
        </Link>
      )}
      <CopyButton text={id} what={what} className="opacity-55 group-hover/id:opacity-100 focus-visible:opacity-100" />
    </span>
  );
}
