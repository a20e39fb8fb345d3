import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { alertWebhook } from "./alert-webhook.ts";

const alert = {
  id: 1,
  projection: "order_view",
  status: "firing",
  thresholdSeconds: 5,
  peakLagSeconds: 9,
  pendingAt: new Date(0),
  firedAt: new Date(1_000),
  resolvedAt: null,
  check: "projection-lag",
  subject: "order_view",
  title: "A projection is late",
  owner: "platform",
  unit: "seconds",
  part: "Subscriptions",
  effect: "Everyone who reads it.",
  next: "Resume it.",
  path: "/projections",
  follows: [],
  explains: [],
  threshold: 5,
  peak: 9,
  detail: null,
  acknowledgedBy: null,
  acknowledgedAt: null,
  acknowledgedReason: null,
  causeId: null,
} as const;

async function withReceiver(
  status: number,
  work: (url: string, received: unknown[]) => Promise<void>,
  location?: string,
): Promise<void> {
  const received: unknown[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      received.push(JSON.parse(body));
      response.writeHead(status, location === undefined ? {} : { location }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, received);
  } finally {
    server.close();
  }
}

it("tells the webhook what is wrong, since when, by how much, whom it hurts and what to do", () =>
  withReceiver(204, async (url, received) => {
    await alertWebhook(url)(alert);
    expect(received).toEqual([
      {
        id: 1,
        projection: "order_view",
        status: "firing",
        thresholdSeconds: 5,
        peakLagSeconds: 9,
        firedAt: "1970-01-01T00:00:01.000Z",
        resolvedAt: null,
        check: "projection-lag",
        subject: "order_view",
        title: "A projection is late",
        owner: "platform",
        effect: "Everyone who reads it.",
        next: "Resume it.",
        detail: null,
        unit: "seconds",
        threshold: 5,
        peak: 9,
      },
    ]);
  }));

it("an answer that is not 2xx counts as not told", () =>
  withReceiver(500, async (url) => {
    await expect(alertWebhook(url)(alert)).rejects.toThrow("answered 500");
  }));

it("goes nowhere else when it is redirected", () =>
  withReceiver(204, async (elsewhere, received) => {
    await withReceiver(307, (url) => expect(alertWebhook(url)(alert)).rejects.toThrow("fetch failed"), elsewhere);
    expect(received).toEqual([]);
  }));
