/** A feed in a process of its own: serves the files of a folder with ranges, reports each request, and spoils answers on request. */
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { join } from 'node:path'

import type { FeedFault, FeedMessage, FeedQuestion } from './feed.ts'

const [folder = ''] = process.argv.slice(2)
let fault: FeedFault | null = null
const requests: string[] = []
process.on('message', (asked: FeedQuestion) => {
  if (asked.type === 'spoil') fault = asked.fault
  process.send?.({ type: 'requests', requests } satisfies FeedMessage)
})
process.once('disconnect', () => process.exit(0))

const server = createServer((request, response) => {
  const name = decodeURIComponent(request.url ?? '').slice(1)
  requests.push(request.headers.range === undefined ? name : `${name} ${request.headers.range}`)
  const spoiled = fault?.name === name ? fault : null
  if (spoiled?.status !== undefined) {
    response.writeHead(spoiled.status, { location: '/elsewhere' }).end()
    return
  }
  const path = join(folder, name)
  const size = statSync(path, { throwIfNoEntry: false })?.size
  if (size === undefined) {
    response.writeHead(404).end()
    return
  }
  const asked = spoiled?.ignoresRange === true ? undefined : /^bytes=(\d+)-$/u.exec(request.headers.range ?? '')?.[1]
  const from = Number(asked ?? 0)
  if (from >= size) {
    response.writeHead(416, { 'content-range': `bytes */${size}` }).end()
    return
  }
  const headers = { 'content-length': size - from, 'content-range': `bytes ${from}-${size - 1}/${size}` }
  response.writeHead(asked === undefined ? 200 : 206, headers)
  if (spoiled?.cutAfter === undefined) createReadStream(path, { start: from }).pipe(response)
  else cut(response, readFileSync(path).subarray(from, from + spoiled.cutAfter), spoiled.holds === true)
})

/** Sends a beginning and closes the connection, or keeps it open without sending more. */
function cut(response: ServerResponse, beginning: Uint8Array, holds: boolean): void {
  response.write(beginning, () => {
    if (!holds) response.socket?.end()
  })
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  process.send?.({ type: 'ready', port } satisfies FeedMessage)
})
