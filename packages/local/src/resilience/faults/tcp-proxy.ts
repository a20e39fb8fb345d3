/** A TCP proxy that a test puts between a client and a server, to lose, hold or freeze what passes. */
import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";

export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** The next time a client sends `text`, the server gets it, and the connection ends with the server's answer lost. */
  loseAnswerTo(text: string): void;
  /** Resolves when an answer was lost. */
  readonly answerLost: Promise<void>;
  /** From now on answers are kept back until `release`. */
  hold(): void;
  release(): void;
  /** The connections that exist stay open and pass nothing any more, as behind a firewall that forgot them. New ones pass. */
  freeze(): void;
}

export async function startTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const lost = Promise.withResolvers<void>();
  const held: (() => void)[] = [];
  let holding = false;
  let losing: string | undefined;

  const server = createServer((client) => {
    const upstream = connect(target);
    let loseNext = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
    }
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => client.destroy());
    client.on("data", (data) => {
      if (losing !== undefined && data.includes(losing)) {
        losing = undefined;
        loseNext = true;
      }
      upstream.write(data);
    });
    upstream.on("data", (data) => {
      if (loseNext) {
        client.destroy();
        lost.resolve();
      } else if (holding) held.push(() => void client.write(data));
      else client.write(data);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    port: (server.address() as AddressInfo).port,
    answerLost: lost.promise,
    loseAnswerTo(text) {
      losing = text;
    },
    hold() {
      holding = true;
    },
    release() {
      holding = false;
      for (const pass of held.splice(0)) pass();
    },
    freeze() {
      for (const socket of sockets) socket.pause();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** `url` through the proxy instead of straight to its server. */
export function throughProxy(url: string, proxy: TcpProxy): string {
  const through = new URL(url);
  through.hostname = "127.0.0.1";
  through.port = String(proxy.port);
  return through.href;
}
