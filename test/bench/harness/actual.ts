import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { findPort } from '../../free-port.ts'
import { findProgram } from './command.ts'

/** The version that was compared with; a log of messages, ordered by the clocks of its clients, over HTTP. */
const PACKAGE = '@actual-app/sync-server@26.9.0'

/** Its own encoder and decoder of what it sends and receives. */
interface Protocol {
  readonly create: (schema: unknown, value: unknown) => object
  readonly toBinary: (schema: unknown, value: object) => Uint8Array
  readonly fromBinary: (schema: unknown, bytes: Uint8Array) => { readonly messages: readonly unknown[] }
  readonly SyncRequestSchema: unknown
  readonly SyncResponseSchema: unknown
  readonly MessageEnvelopeSchema: unknown
}

/** The sync server of Actual, started in a folder of its own. */
export interface Actual {
  /** Sends messages of so many bytes, with timestamps after all before. */
  push(count: number, bytes: number): Promise<void>
  /** Fetches all messages; returns how many. */
  pull(): Promise<number>
  stop(): Promise<void>
}

/** How to install it for the benchmark: it is not a dependency. `folder` keeps it. */
export function installActual(folder: string): string {
  return `npm install --prefix ${folder} ${PACKAGE}`
}

/**
 * Starts it, with the Node that installed it and not the project's, since it has native modules; null when it is not
 * installed in the folder. Its data goes to `scratch`.
 */
export async function startActual(root: string, folder: string, scratch: string): Promise<Actual | null> {
  const modules = join(folder, 'node_modules/@actual-app')
  const program = join(modules, 'sync-server/build/bin/actual-server.js')
  const node = await findProgram('node', [join(root, 'node_modules/.bin'), dirname(process.execPath)])
  if (node === null || !existsSync(program)) return null
  const protocol = (await import(join(modules, 'crdt/dist/index.js'))) as Protocol
  const port = await findPort()
  const env = { ...process.env, ACTUAL_DATA_DIR: scratch, ACTUAL_PORT: String(port), ACTUAL_HOSTNAME: '127.0.0.1' }
  const child = spawn(node, [program], { cwd: scratch, env, stdio: 'ignore' })
  const origin = `http://127.0.0.1:${port}`
  await waitFor(child, `${origin}/health`)
  const { data } = (await post(`${origin}/account/bootstrap`, { password: 'bench' })) as { data: { token: string } }
  const fileId = 'bench'
  const headers = { 'x-actual-token': data.token }
  const uploaded = await fetch(`${origin}/sync/upload-user-file`, {
    method: 'POST',
    headers: {
      ...headers,
      'content-type': 'application/encrypted-file',
      'x-actual-name': 'bench',
      'x-actual-file-id': fileId,
      'x-actual-format': '2',
    },
    body: new Uint8Array(1),
  })
  const { groupId } = (await uploaded.json()) as { groupId: string }
  let sent = 0

  const sync = async (messages: readonly object[], since: string): Promise<number> => {
    const { create, toBinary, fromBinary, SyncRequestSchema, SyncResponseSchema } = protocol
    const request = create(SyncRequestSchema, { fileId, groupId, keyId: '', since, messages })
    const answer = await fetch(`${origin}/sync/sync`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/actual-sync' },
      body: Buffer.from(toBinary(SyncRequestSchema, request)),
    })
    if (!answer.ok) throw new Error(`Actual's server answered ${answer.status}: ${await answer.text()}`)
    return fromBinary(SyncResponseSchema, new Uint8Array(await answer.arrayBuffer())).messages.length
  }

  return {
    push: async (count, bytes) => {
      const messages = Array.from({ length: count }, () => {
        sent += 1
        const content = new Uint8Array(bytes).fill(sent % 251)
        return protocol.create(protocol.MessageEnvelopeSchema, {
          timestamp: toTimestamp(sent),
          isEncrypted: false,
          content,
        })
      })
      await sync(messages, toTimestamp(sent))
    },
    pull: () => sync([], toTimestamp(0)),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await ended
    },
  }
}

/** A timestamp of its hybrid clock: the time, a counter and the client. */
function toTimestamp(count: number): string {
  const time = new Date(Date.UTC(2026, 0, 1) + count).toISOString()
  return `${time}-0000-0123456789abcdef`
}

async function waitFor(child: ChildProcess, address: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) throw new Error(`Actual's server ended with ${child.exitCode}.`)
    if (
      await fetch(address).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error("Actual's server does not answer.")
}

async function post(address: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })
  return answer.json()
}
