export { cachedGateway } from "./cached-gateway.ts";
export { PaymentProtocolError, PaymentUnavailableError } from "./gateway.ts";
export type {
  Capture,
  CapturePage,
  ChargeInput,
  ChargeOutcome,
  ChargeProcessing,
  PaymentGateway,
  RefundInput,
  RefundOutcome,
} from "./gateway.ts";
export { createSimulatedGateway } from "./simulated-gateway.ts";
