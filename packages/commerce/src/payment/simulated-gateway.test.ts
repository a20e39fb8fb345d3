import { freePort, startGatewayProcess } from "../testing/index.ts";
import { describePaymentGateway } from "./gateway.contract.ts";
import { createSimulatedGateway } from "./simulated-gateway.ts";

const CALL_TIMEOUT_MS = 1_000;

describePaymentGateway("the simulated gateway, in its own process", async () => {
  const process = await startGatewayProcess();
  return {
    gateway: createSimulatedGateway(process.url, CALL_TIMEOUT_MS),
    unreachable: createSimulatedGateway(`http://127.0.0.1:${await freePort()}`, CALL_TIMEOUT_MS),
    tokens: { succeeds: "tok_visa", declines: "tok_chargeDeclined", timesOut: "tok_timeout", flaky: "tok_flaky" },
    async capturesOf(orderId) {
      const entries = await process.entries();
      return entries.filter((entry) => entry.kind === "capture" && entry.orderId === orderId).length;
    },
    [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
  };
});
