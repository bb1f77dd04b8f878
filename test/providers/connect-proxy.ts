import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'

export interface ConnectProxy {
  readonly port: number
  /** The tunnels that were asked for, as `CONNECT host:port`, and any other request, as `GET http://…`. */
  readonly asked: readonly { readonly what: string; readonly headers: IncomingHttpHeaders }[]
  /** All that the proxy could read: its own requests and what went through its tunnels, byte for byte. */
  seen(): string
  close(): Promise<void>
}

/**
 * A proxy that makes tunnels (CONNECT) to this machine, whatever host they are for: the port alone is taken. `answer`: the
 * status with which it refuses to. `tls`: it is called over TLS itself.
 */
export async function startConnectProxy(
  options: { readonly answer?: number; readonly tls?: { readonly key: string; readonly cert: string } } = {},
): Promise<ConnectProxy> {
  const { answer, tls } = options
  const asked: { what: string; headers: IncomingHttpHeaders }[] = []
  const bytes: string[] = []
  const sockets = new Set<Socket>()
  const listener: RequestListener = ({ method, url, headers, rawHeaders }, outgoing) => {
    asked.push({ what: `${method} ${url}`, headers })
    bytes.push(rawHeaders.join())
    outgoing.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  }
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  server.on('connect', ({ url = '', headers, rawHeaders }, client: Socket) => {
    asked.push({ what: `CONNECT ${url}`, headers })
    bytes.push(rawHeaders.join())
    if (answer !== undefined) {
      client.end(`HTTP/1.1 ${answer} No\r\n\r\n`)
      return
    }
    const provider = connect(Number(url.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      provider.pipe(client)
      client.pipe(provider)
    })
    client.on('data', (part: Buffer) => bytes.push(part.toString('latin1')))
    for (const socket of [client, provider]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
    }
  })
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    seen: () => bytes.join('\n'),
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.closeAllConnections()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}
