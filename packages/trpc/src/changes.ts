/** The change feed over LISTEN: one connection for the process, fanned out to its subscribers. */
import { listen } from "@tillstream/db";
import { CHANGES_CHANNEL } from "@tillstream/eventing";
import type { ChangeFeed, ChangeNotice } from "@tillstream/eventing";
import type { Logger } from "@tillstream/runtime";

export function createChangeFeed(url: string, logger: Logger): ChangeFeed & { close(): Promise<void> } {
  const listeners = new Set<(notice: ChangeNotice) => void>();
  const connection = listen(
    url,
    {
      [CHANGES_CHANNEL]: (payload) => {
        const notice = JSON.parse(payload) as ChangeNotice; // written by `announceChanges` of this code base
        for (const listener of listeners) listener(notice);
      },
    },
    logger,
  );
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => connection.close(),
  };
}
