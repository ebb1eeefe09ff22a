import net from 'node:net';

/** A line to the server that can be cut, as tills in shops know it. */
export class Line {
  #server;
  #sockets = new Set();
  #isCut = false;

  static async to(url) {
    const line = new Line();
    line.#server = net.createServer((near) => line.#connect(near, new URL(url)));
    await new Promise((resolve) => line.#server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get port() {
    return this.#server.address().port;
  }

  #connect(near, { hostname, port }) {
    if (this.#isCut) {
      near.destroy();
      return;
    }
    const far = net.connect({ host: hostname, port: Number(port) });
    for (const [from, into] of [[near, far], [far, near]]) {
      this.#sockets.add(from);
      from.on('error', () => into.destroy());
      from.on('close', () => { this.#sockets.delete(from); into.destroy(); });
      from.pipe(into);
    }
  }

  /** Breaks every connection, in the middle of whatever it carries, and refuses new ones. */
  cut() {
    this.#isCut = true;
    this.#sockets.forEach((socket) => socket.destroy());
  }

  mend() {
    this.#isCut = false;
  }

  async close() {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
