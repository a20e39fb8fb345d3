import type { ReactNode } from "react";
import { Skeleton } from "../surfaces/skeleton.tsx";
import { Td, Tr } from "./table.tsx";

// Widths that differ by row and column, so that a loading table looks like text and not like a fence.
const widths = ["w-24", "w-40", "w-16", "w-32", "w-20", "w-28"] as const;

/** Rows in the shape of what follows, inside a TBody, while a page loads. */
export function SkeletonRows({ rows = 8, columns }: { rows?: number | undefined; columns: number }) {
  return Array.from({ length: rows }, (_, row) => (
    <Tr key={row} aria-hidden="true" className="hover:bg-transparent">
      {Array.from({ length: columns }, (_, column) => (
        <Td key={column}>
          <Skeleton className={`h-3 max-w-full ${widths[(row + column * 2) % widths.length] ?? "w-24"}`} />
        </Td>
      ))}
    </Tr>
  ));
}

/** One row over all columns: "nothing yet", "no results", or an error inside the table. */
export function TableMessage({ columns, children }: { columns: number; children: ReactNode }) {
  return (
    <tr>
      <td colSpan={columns} className="px-4 py-10 text-center text-muted">
        {children}
      </td>
    </tr>
  );
}

/** New rows wait here until the person asks for them, so that a live list never jumps under the pointer. */
export function NewRows({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <div role="status" className="contents">
      {count > 0 && (
        <button
          type="button"
          onClick={onShow}
          className="figures mx-auto flex h-7 animate-fade items-center rounded-full bg-running-soft px-3 text-sm font-medium text-running ring-1 ring-inset ring-running/30 hover:ring-running"
        >
          {count} new
        </button>
      )}
    </div>
  );
}
