/** What a page shows and its title is made of: asked once in a request, for both. */
import { createContext } from "@tillstream/trpc";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { cache } from "react";
import { createCaller, type Caller } from "../exports/caller.ts";
import { server, sessionOf } from "./services.ts";

export const readOnce = <Key extends string | number, Answer>(ask: (caller: Caller, key: Key) => Promise<Answer>) =>
  cache(async (key: Key) => {
    const { services } = server();
    return ask(createCaller(await createContext(services, sessionOf, await headers(), services.ids.next())), key);
  });

/** @param otherwise where it cannot be read: the page says why */
export async function titled<Answer>(
  answer: Promise<Answer>,
  titleOf: (answer: Answer) => string,
  otherwise: string,
): Promise<Metadata> {
  return { title: await answer.then(titleOf, () => otherwise) };
}
