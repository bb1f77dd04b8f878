import { connect, createServer, type Socket } from 'node:net'

/** A TCP proxy in front of a port of 127.0.0.1, which cuts all connections after a number of bytes. */
export interface CutProxy {
  readonly port: number
  /** Bytes that went up to the server and down to the client so far. */
  counts(): { readonly up: number; readonly down: number }
  /** Everything that went through, both ways. */
  captured(): Buffer
  close(): Promise<void>
}

/** Where to cut: after so many bytes in a direction. From then on, no connection is accepted. */
export interface Cut {
  readonly direction: 'up' | 'down'
  readonly after: number
}

/** `port`: where it listens; any free one by default. */
export async function startCutProxy(target: number, cut: Cut | null, port = 0): Promise<CutProxy> {
  const counts = { up: 0, down: 0 }
  const captured: Buffer[] = []
  const sockets = new Set<Socket>()
  let isCut = false
  const pass = (from: Socket, to: Socket, direction: 'up' | 'down'): void => {
    from.on('data', (bytes: Buffer) => {
      if (isCut) return
      const left = cut?.direction === direction ? cut.after - counts[direction] : Number.POSITIVE_INFINITY
      const part = bytes.subarray(0, left)
      counts[direction] += part.length
      captured.push(part)
      isCut = bytes.length >= left
      to.write(part, () => {
        if (isCut) for (const socket of sockets) socket.destroy()
      })
    })
    for (const event of ['close', 'error']) from.on(event, () => to.destroy())
  }
  const server = createServer((client) => {
    if (isCut) {
      client.destroy()
      return
    }
    const upstream = connect(target, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.setNoDelay(true)
    }
    pass(client, upstream, 'up')
    pass(upstream, client, 'down')
  })
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The proxy has no port.')
  return {
    port: address.port,
    counts: () => ({ ...counts }),
    captured: () => Buffer.concat(captured),
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}
