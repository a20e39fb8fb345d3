/** Asking for figures that must hold one's own write: the last ones stay in sight, and it is asked again until it is in. */
import { keepPreviousData } from "@tanstack/react-query";

const ASK_AGAIN_MS = 500;

interface Answer {
  readonly upToDate: boolean;
}

interface AskedState {
  readonly state: { readonly data: Answer | { readonly pages: readonly Answer[] } | null | undefined };
}

function isBehind({ state: { data } }: AskedState): boolean {
  if (data === undefined || data === null) return false;
  return "pages" in data ? data.pages[0]?.upToDate === false : !data.upToDate;
}

export const untilIn = {
  placeholderData: keepPreviousData,
  refetchInterval: (query: AskedState): number | false => (isBehind(query) ? ASK_AGAIN_MS : false),
};

/** Whether what is in sight may lack one's own write. */
export function isUpdating({
  data,
  isPlaceholderData,
}: {
  readonly data: AskedState["state"]["data"];
  readonly isPlaceholderData: boolean;
}): boolean {
  return isPlaceholderData || isBehind({ state: { data } });
}
