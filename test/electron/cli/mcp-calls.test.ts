import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

import * as fc from 'fast-check'
import { afterEach, beforeAll, expect, it } from 'vitest'

import { drillRuns, DRILL_LIMIT_MS } from '../../drills/drill.ts'
import { putSample } from '../../sample-profile.ts'
import { anyString } from '../../any-string.ts'

const profile = join(mkdtempSync(join(tmpdir(), 'castellan-mcp-calls-')), 'profile')

interface Answer {
  readonly id?: number | null
  readonly result?: {
    readonly tools?: readonly { readonly name: string; readonly inputSchema: { readonly properties?: object } }[]
    readonly content?: readonly { readonly text: string }[]
  }
  readonly error?: { readonly code: number; readonly message: string }
}

let server: ChildProcessWithoutNullStreams
const answers = new Map<number, (answer: Answer) => void>()
let last = 0

beforeAll(() => putSample(profile))

afterEach(() => server.kill())

/** A server as a client of the protocol starts it; lines that answer no request are left alone. */
function start(): void {
  server = spawn(process.execPath, [resolve('out/node/cli.js'), 'mcp', '--client', 'northfold'], {
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      HOME: profile,
      CASTELLAN_PROFILE: profile,
      CASTELLAN_CHECK_OUTPUT: '1',
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    },
  })
  createInterface({ input: server.stdout }).on('line', (line) => {
    const answer = JSON.parse(line) as Answer
    answers.get(answer.id ?? 0)?.(answer)
  })
}

/** Sends a request and waits for its answer. */
function ask(method: string, params: unknown): Promise<Answer> {
  last += 1
  const id = last
  const answer = new Promise<Answer>((resolve, reject) => {
    answers.set(id, resolve)
    server.once('exit', () => reject(new Error(`The server ended at ${method} ${JSON.stringify(params)}.`)))
  })
  server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`)
  return answer
}

/** What a model may send for a field: what it should, nearly so, or anything. */
const anyValue = fc.oneof(
  anyString({ maxLength: 40 }),
  fc.constantFrom('northfold', 'acme-corp', 'jane', '2026-10', '2026-01-01', 'billed', 'critical', '7d'),
  fc.integer({ min: -5, max: 400 }),
  fc.double(),
  fc.boolean(),
  fc.jsonValue({ maxDepth: 3 }),
)

it(
  'any call of any tool is answered as data or refused, any line is survived, and no answer holds anything of another client',
  async () => {
    start()
    server.setMaxListeners(0)
    const hello = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } }
    await ask('initialize', hello)
    const { result } = await ask('tools/list', {})
    const tools = result?.tools ?? []
    expect(tools.length).toBeGreaterThan(5)
    const anyCall = fc.constantFrom(...tools).chain(({ name, inputSchema }) =>
      fc.record({
        name: fc.constant(name),
        arguments: fc.record(
          Object.fromEntries(Object.keys(inputSchema.properties ?? {}).map((field) => [field, anyValue])),
          { requiredKeys: [] },
        ),
      }),
    )
    // A line that is not a request of the protocol: text, JSON of any form, a request of an unknown method.
    const anyLine = fc.oneof(
      anyString({ maxLength: 200 }).map((text) => text.replaceAll(/[\r\n]/gu, ' ')),
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc
        .record({ jsonrpc: fc.constant('2.0'), method: fc.string(), params: fc.jsonValue() })
        .map((value) => JSON.stringify(value)),
    )
    await fc.assert(
      fc.asyncProperty(anyCall, anyLine, async (params, line) => {
        server.stdin.write(`${line}\n`)
        const answer = await ask('tools/call', params)
        const said = answer.error?.message ?? answer.result?.content?.[0]?.text ?? ''
        const isRefused = answer.error !== undefined || said.startsWith('Input validation')
        expect(isRefused || /^<<<data [0-9a-f]{32}\n/u.test(said) ? '' : said).toBe('')
        expect(said).not.toMatch(/acme-corp|Acme Corp|\.ts:\d|SQLITE_|undefined is not/u)
      }),
      drillRuns('mcp-calls'),
    )
    server.stdin.end()
    const [code] = (await once(server, 'exit')) as [number | null]
    expect(code).toBe(0)
  },
  DRILL_LIMIT_MS,
)
