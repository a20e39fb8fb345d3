/** Pages on their way, in the shape of what follows. */
import { PageHeader, Panel, Skeleton, SkeletonRows, SkeletonText, Table, TBody, Th, THead, Tr } from "@tillstream/ui";
import type { ReactNode } from "react";

/** A titled list. `above` is the place of filters or tabs. */
export function ListSkeleton({
  title,
  description,
  columns,
  above,
}: {
  title: string;
  description?: ReactNode;
  columns: readonly string[];
  above?: ReactNode;
}) {
  return (
    <>
      <PageHeader title={title} description={description} />
      {above}
      <TableSkeleton label={title} columns={columns} />
      <LoadingNote what={title.toLowerCase()} />
    </>
  );
}

export function TableSkeleton({
  label,
  columns,
  rows = 12,
}: {
  label: string;
  columns: readonly string[];
  rows?: number;
}) {
  return (
    <Table label={`${label}, loading`}>
      <THead>
        <Tr>
          {columns.map((column) => (
            <Th key={column}>{column}</Th>
          ))}
        </Tr>
      </THead>
      <TBody>
        <SkeletonRows rows={rows} columns={columns.length} />
      </TBody>
    </Table>
  );
}

export function TabsSkeleton({ count = 5 }: { count?: number }) {
  return (
    <div className="mb-3 flex h-9 items-center gap-4 overflow-hidden border-b border-line">
      {Array.from({ length: count }, (_, tab) => (
        <Skeleton key={tab} className="h-3 w-20 shrink-0" />
      ))}
    </div>
  );
}

/** One thing: a heading and panels beside each other. */
export function DetailSkeleton({ what, panels = 3 }: { what: string; panels?: number }) {
  return (
    <>
      <div className="mb-4 space-y-2">
        <Skeleton className="h-3 w-24" />
        <Skeleton className="h-6 w-64 max-w-full" />
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        {Array.from({ length: panels }, (_, panel) => (
          <Panel key={panel} title={<Skeleton className="h-4 w-32" />}>
            <SkeletonText lines={6} />
          </Panel>
        ))}
      </div>
      <LoadingNote what={what} />
    </>
  );
}

function LoadingNote({ what }: { what: string }) {
  return (
    <p role="status" className="sr-only">
      Loading {what}
    </p>
  );
}
