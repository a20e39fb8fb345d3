"use client";
/** A list as a file, with the filters that its page has. */
import { buttonStyle } from "@tillstream/ui";
import Download from "lucide-react/icons/download";

/** @param page the address of the list with its filters, from its first row on */
export function ExportLinks({ page }: { page: string }) {
  const [path = "", query] = page.split("?");
  return (
    <span role="group" aria-label="Export what matches" className="flex gap-1">
      {(["csv", "json"] as const).map((format) => (
        <a
          key={format}
          href={`/export${path}.${format}${query === undefined ? "" : `?${query}`}`}
          download
          className={buttonStyle("secondary", "sm")}
        >
          <Download size={14} aria-hidden="true" />
          {format.toUpperCase()}
        </a>
      ))}
    </span>
  );
}
