/** What was bought, with the total. */
import { Money, Panel, Table, TBody, Td, Th, THead, Tr } from "@tillstream/ui";
import type { Order } from "./order-state.ts";

export function OrderLines({ order }: { order: Order }) {
  return (
    <Panel title="Lines" flush>
      <div className="px-4 pb-4">
        <Table label="Lines of the order" density="reading">
          <THead>
            <Tr>
              <Th className="w-full">Product</Th>
              <Th>SKU</Th>
              <Th numeric>Each</Th>
              <Th numeric>Qty</Th>
              <Th numeric>Amount</Th>
            </Tr>
          </THead>
          <TBody>
            {order.lines.map((line) => (
              <Tr key={line.sku}>
                <Td>{line.name}</Td>
                <Td mono>{line.sku}</Td>
                <Td numeric label="Each">
                  <Money value={line.unitPrice} />
                </Td>
                <Td numeric label="Qty">
                  {line.quantity}
                </Td>
                <Td numeric label="Amount">
                  <Money value={line.lineTotal} />
                </Td>
              </Tr>
            ))}
          </TBody>
          <tfoot>
            <tr>
              <th scope="row" className="h-11 border-t border-line px-3 text-left font-semibold">
                Total
              </th>
              <td colSpan={4} className="figures border-t border-line px-3 text-right font-semibold">
                <Money value={order.total} />
              </td>
            </tr>
          </tfoot>
        </Table>
      </div>
    </Panel>
  );
}
