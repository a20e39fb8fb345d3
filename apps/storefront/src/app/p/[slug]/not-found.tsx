import type { Metadata } from "next";
import { headers } from "next/headers";
import { Missing } from "../../../frame/missing.tsx";
import { PATH_HEADER } from "../../../server/return-path.ts";

const WORDS_MAX = 100;

/** Without it the page of what is missing would have the title of the front. */
export const metadata: Metadata = { title: "Not found" };

export default async function ProductNotFound() {
  const slug = (await headers()).get(PATH_HEADER)?.split("/").at(-1) ?? "";
  return (
    <Missing title="We do not have this" soughtFor={slug.replaceAll("-", " ").slice(0, WORDS_MAX)}>
      It is not on our shelves any more, or the address is mistyped. Perhaps one of these instead?
    </Missing>
  );
}
