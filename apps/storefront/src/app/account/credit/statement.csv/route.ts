/** The whole statement as a file, page by page, so that its length needs no memory. */
import { formatMinor } from "../../../../account/format-minor.ts";
import { csvLine } from "../../../../account/csv.ts";
import { statementWords } from "../../../../account/statement-words.ts";
import { ask, currentUser } from "../../../../server/shop.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const PAGE_LINES = 200;
const HEAD = ["Time (UTC)", "What", "Amount", "Balance", "Currency", "Order", "Event"];

async function* lines(): AsyncGenerator<string> {
  yield csvLine(HEAD);
  let cursor: string | undefined;
  do {
    const after = cursor;
    const page = await ask((shop) =>
      shop.account.statement({ limit: PAGE_LINES, ...(after !== undefined && { cursor: after }) }),
    );
    for (const { at, type, amount, balance, orderId, eventId } of page.items) {
      yield csvLine([
        at,
        statementWords(type),
        formatMinor(amount),
        formatMinor(balance),
        amount.currency,
        orderId ?? "",
        eventId,
      ]);
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

export async function GET(): Promise<Response> {
  if ((await currentUser()) === null) return new Response("Sign in to download your statement.", { status: 401 });
  const parts = lines();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(new TextEncoder().encode(value));
    },
  });
  const headers = {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": 'attachment; filename="statement.csv"',
    "cache-control": "no-store",
  };
  return new Response(body, { headers });
}
