import { createHash, randomBytes, randomUUID } from 'node:crypto'

import { type Rights, TeamServerError } from '../../../../electron/team/server.ts'
import type { Batch } from '../../../../shared/team/batch.ts'
import type { LoggedIn } from '../../../team/postgres-team.ts'

const sha = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest())
export const bytes = (count: number): Uint8Array => new Uint8Array(randomBytes(count))

export interface Log {
  readonly log: string
  at: number
  head: Uint8Array
  card: Uint8Array | null
}

export function toBatch(by: LoggedIn, log: Log, named: Partial<Batch> = {}): Batch {
  return {
    log: log.log,
    at: log.at,
    before: log.head,
    card: log.card,
    device: by.device,
    class: 'ordinary',
    change: null,
    box: bytes(200),
    signature: bytes(64),
    ...named,
  }
}

export const toHead = ({ before, box, signature }: Batch): Uint8Array => sha(before, sha(box), signature)

export const rightsOf = (...logins: readonly (readonly [LoggedIn, 1 | 2 | 3])[]): Rights => ({
  logins: logins.map(([{ login }, level]) => ({ login, level, wrap: bytes(100) })),
  approvals: false,
})

export async function place(by: LoggedIn, log: Log, batch: Batch, rights: Rights | null = null): Promise<string> {
  const { outcome, head } = await by.server.append(batch, [], rights)
  if (outcome === 'placed') {
    if (head === null || Buffer.compare(head, toHead(batch)) !== 0) throw new Error('The server answered another head.')
    log.at += 1
    log.head = toHead(batch)
    if (batch.class === 'card') log.card = log.head
  }
  return outcome
}

export async function openLog(by: LoggedIn, ...more: readonly (readonly [LoggedIn, 1 | 2 | 3])[]): Promise<Log> {
  const log: Log = { log: randomUUID(), at: 0, head: bytes(32), card: null }
  const outcome = await place(by, log, toBatch(by, log, { class: 'card' }), rightsOf([by, 3], ...more))
  if (outcome !== 'placed') throw new Error(outcome)
  return log
}

export const refusal = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof TeamServerError ? error.problem : String(error)),
  )
