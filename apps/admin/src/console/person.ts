"use client";
/** Who looks at the console, for what only some may do. The procedures check the role again, each for itself. */
import { createContext, use } from "react";

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
}

export const PersonContext = createContext<Person | undefined>(undefined);

const operating: readonly string[] = ["operator", "admin"];

/** Undefined when the person may operate; else why not, in words. */
export function useWhyNotOperate(): string | undefined {
  const role = use(PersonContext)?.role;
  if (role !== undefined && operating.includes(role)) return undefined;
  return `This needs the role operator; you are signed in as ${role ?? "nobody"}.`;
}
