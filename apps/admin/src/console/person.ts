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

/** Each may what those before it may. */
const roles: readonly string[] = ["viewer", "operator", "admin"];

function useWhyNot(needed: string): string | undefined {
  const role = use(PersonContext)?.role;
  if (role !== undefined && roles.indexOf(role) >= roles.indexOf(needed)) return undefined;
  return `This needs the role ${needed}; you are signed in as ${role ?? "nobody"}.`;
}

/** Undefined when the person may operate; else why not, in words. */
export const useWhyNotOperate = () => useWhyNot("operator");

/** The same for what only an admin may. */
export const useWhyNotAdminister = () => useWhyNot("admin");
