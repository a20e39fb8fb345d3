"use client";
/** The head of a list: what it is, it as a file, and what of its address was not read. */
import { PageHeader } from "@tillstream/ui";
import type { ReactNode } from "react";
import type { Parts } from "./address.ts";
import { ExportLinks } from "./export-links.tsx";
import { UnreadAddress } from "./unread-address.tsx";

interface ListHeadProps {
  readonly title: string;
  readonly description: ReactNode;
  /** Besides the export. */
  readonly actions?: ReactNode;
  /** The address of the list with its filters, from its first row on; without it there is no file. */
  readonly first?: string;
  /** Of the address: what the list is narrowed by. */
  readonly parts: Parts;
}

export function ListHead({ title, description, actions, first, parts }: ListHeadProps) {
  return (
    <>
      <PageHeader
        title={title}
        description={description}
        actions={
          <>
            {actions}
            {first !== undefined && <ExportLinks page={first} />}
          </>
        }
      />
      <UnreadAddress parts={parts} />
    </>
  );
}
