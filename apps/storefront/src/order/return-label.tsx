/** The label of a return: for the parcel, with the number that tells the merchant what it is. */
import type { OrderPage } from "@tillstream/commerce";
import { code39 } from "./code-39.ts";
import type { OrderAccess } from "./order-stream.ts";
import { PrintPage } from "./print-page.tsx";
import { orderPage, type Return } from "./return-words.ts";
import { isOverByOrder } from "./status-words.ts";

interface ReturnLabelProps {
  readonly access: OrderAccess;
  readonly order: OrderPage;
  readonly item: Return;
  readonly returnsAddress: string;
  /** Where the order went: whom the parcel comes from. */
  readonly sender: readonly string[];
}

export function ReturnLabel({ access, order, item, returnsAddress, sender }: ReturnLabelProps) {
  const { number, status } = item;
  const isOver = isOverByOrder(order, item);
  const lines = item.lines.filter(({ quantity }) => quantity > 0);
  return (
    <PrintPage back={orderPage(access)}>
      <article className="grid gap-6">
        <h1 className="heading text-3xl">Return {number}</h1>
        {status === "received" && <p role="status">It has arrived already: this label is not needed any more.</p>}
        {status === "refunded" && <p role="status">It is refunded already: nothing need be sent back.</p>}
        {isOver && <p role="status">It is over: the whole order came back to us. There is nothing left to send.</p>}
        {status === "withdrawn" && !isOver && (
          <p role="status">It was withdrawn. Announce another one before you send something.</p>
        )}
        {status === "requested" && !isOver && (
          <>
            <ol className="list-decimal space-y-1 pl-5 print:hidden">
              <li>Print this page, and cut the label off.</li>
              <li>Pack what is listed below it, and put the list in the parcel.</li>
              <li>Fix the label on the parcel, and hand it to any carrier.</li>
            </ol>
            <section aria-label="Label" className="break-inside-avoid rounded-lg border-2 border-ink p-6">
              {sender.length > 0 && (
                <p className="mb-4 text-sm">
                  <span className="text-muted">From</span> {sender.join(", ")}
                </p>
              )}
              <p className="text-sm text-muted">To</p>
              <address className="text-xl not-italic">
                {returnsAddress.split(LINE_ENDS).map((line) => (
                  <span key={line} className="block">
                    {line}
                  </span>
                ))}
              </address>
              <Code text={number} />
              <p className="figures mt-1 text-center text-lg" data-testid="return-number">
                {number}
              </p>
            </section>
          </>
        )}
        {lines.length > 0 && status !== "withdrawn" && !isOver && (
          <section aria-labelledby="contents" className="break-inside-avoid">
            <h2 id="contents" className="heading text-xl">
              In the parcel, of order <span className="figures whitespace-nowrap">{order.number}</span>
            </h2>
            <ul className="mt-2">
              {lines.map(({ sku, name, quantity }) => (
                <li key={sku}>
                  {quantity} x {name}
                </li>
              ))}
            </ul>
          </section>
        )}
      </article>
    </PrintPage>
  );
}

/** Between the parts of an address, but not before a region with its code: "Fernhill, VT 05000" is one line. */
const LINE_ENDS = /, (?![A-Z]{2,3} [A-Z]?\d)/;

const HEIGHT = 40;
/** The code begins and ends with so much white. */
const QUIET = 10;

function Code({ text }: { text: string }) {
  const { width, bars } = code39(text);
  return (
    <svg
      viewBox={`0 0 ${width + 2 * QUIET} ${HEIGHT}`}
      className="mt-5 h-16 w-full bg-white"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {bars.map((bar) => (
        <rect key={bar.x} x={bar.x + QUIET} y={0} width={bar.width} height={HEIGHT} fill="#000" />
      ))}
    </svg>
  );
}
