/** TCP ports of the local environment: whether one is free, which setting moves it, and what answers there. */
import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";

export const LOOPBACK = "127.0.0.1";

/** Something else listens on a port that the local environment wants. */
export class BusyPortError extends Error {
  override readonly name = "BusyPortError";

  constructor(what: string, port: number, setting: string) {
    super(`Port ${port} (${what}) is in use. Stop what listens there, or set ${setting} to another port.`);
  }
}

function listenOnce(port: number, host?: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const { port: bound } = server.address() as AddressInfo; // a TCP server's address is never a string
      server.close(() => resolve(bound));
    });
  });
}

/** Whether a server could listen on `port` now, on the loopback address and on all addresses. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await listenOnce(port, LOOPBACK)) !== undefined && (await listenOnce(port)) !== undefined;
}

/** Throws `BusyPortError`, which names the port and its setting. */
export async function assertPortFree(what: string, port: number, setting: string): Promise<void> {
  if (!(await isPortFree(port))) throw new BusyPortError(what, port, setting);
}

/**
 * Keeps the port for this process as long as it lives, by a UDP socket, which no TCP server minds: nobody else who asks here is given
 * it before its server listens. Resolves to false where another process has it.
 */
function reserve(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4").unref();
    socket.once("error", () => resolve(false));
    socket.bind({ port, address: LOOPBACK, exclusive: true }, () => resolve(true));
  });
}

/** Below those that the system hands out to connections, which could take one before its server listens. */
const RANGE = { min: 10_000, max: 32_000 } as const;

/** `count` different ports that were free a moment ago, and that are given to nobody else. */
export async function freePorts(count: number, { min, max }: { min: number; max: number } = RANGE): Promise<number[]> {
  const ports = new Set<number>();
  const attemptsMax = count * 20;
  for (let attempt = 0; attempt < attemptsMax && ports.size < count; attempt += 1) {
    const port = await listenOnce(randomInt(min, max), LOOPBACK);
    if (port !== undefined && (await reserve(port))) ports.add(port);
  }
  if (ports.size < count) throw new Error(`found only ${ports.size} of ${count} free ports`);
  return [...ports];
}

/** The first that is answered on `port`, one character a byte; empty when the connection is refused or closed, undefined when nothing comes in time. */
export function firstAnswer(
  port: number,
  question: string | Uint8Array,
  timeoutMs: number,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: LOOPBACK, timeout: timeoutMs });
    const end = (answer: string | undefined): void => {
      resolve(answer);
      socket.destroy();
    };
    socket.once("connect", () => socket.write(question));
    socket.once("data", (data) => end(data.toString("latin1")));
    socket.once("timeout", () => end(undefined));
    socket.once("error", () => end(""));
    socket.once("close", () => end(""));
  });
}
