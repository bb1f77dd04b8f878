import { stat } from 'node:fs/promises'
import { basename } from 'node:path'

import type { UsageImport } from '../../../shared/contract/usage.ts'
import { MOST_PROBLEMS } from '../../../shared/domain/file-limits.ts'
import { dayNumber } from '../../../shared/domain/usage/rollups.ts'
import { journal } from '../../register/db/journal.ts'
import type { Writer } from '../../register/db/handles.ts'
import type { Register } from '../../register/register.ts'
import { beginImport, noteImport } from '../../register/usage/imports.ts'
import { newPartSums } from '../../register/usage/part-sums.ts'
import { beginPart, countPart, forgetUncounted, newRequests } from '../../register/usage/requests.ts'
import { invalid } from '../kit/refusal.ts'
import type { RecordBatch } from './batch-filler.ts'
import { readUsageFile } from './read-file.ts'

export interface UsageImportOptions {
  readonly register: Register
  readonly clientId: number
  readonly client: string
  readonly path: string
  readonly operator: string
  readonly now: () => number
}

/** Bytes of the register that are kept decrypted meanwhile: an import reads and writes most pages once, in their order. */
const CACHE = 8 * 2 ** 20

/**
 * Imports a file of usage records, streamed: the progress after each batch, then the result. Requests that were counted
 * before are not counted again, also after an import that was interrupted. Its sums are written in parts, each
 * atomically with the requests that it counts. Throws `Refusal` INVALID.
 */
export async function* importUsage(options: UsageImportOptions, signal: AbortSignal): AsyncGenerator<UsageImport> {
  await checkFile(options.path)
  const { path, clientId, now } = options
  const batches = readUsageFile({ path, seed: clientId, lastDay: dayNumber(now()) + 1 }, signal)
  const end = await importTurn(options.register)
  options.register.limitCache(CACHE)
  try {
    yield* countRecords({ ...options, file: basename(path) }, batches)
  } finally {
    options.register.limitCache(null)
    end()
  }
}

/** Counts records that come in batches. */
export async function* countRecords(
  options: Omit<UsageImportOptions, 'path'> & { readonly file: string },
  batches: AsyncIterable<RecordBatch>,
): AsyncGenerator<UsageImport> {
  const { register, clientId, file, now } = options
  const requests = newRequests()
  const sums = newPartSums()
  let [part, isOpen, isWhole] = [0, false, false]
  let result: UsageImport = { done: false, read: 0, counted: 0, repeated: 0, refused: 0, problems: [] }
  const importId = register.transact((writer) => {
    forgetUncounted(writer)
    return beginImport(writer, { clientId, file, at: now(), by: options.operator })
  })
  const remember = (writer: Writer): void => {
    if (part === 0) part = beginPart(writer, importId, now())
    requests.write(writer, part)
  }
  const count = (isLast: boolean): void => {
    if (!isOpen) return
    register.transact((writer) => {
      remember(writer)
      if (isLast) requests.end()
      sums.write(writer, { clientId, connectionId: 0 }, part)
      countPart(writer, part, now())
      noteImport(writer, importId, result, false)
    })
    ;[part, isOpen] = [0, false]
  }
  try {
    for await (const batch of batches) {
      if (batch.begins) count(false)
      isOpen = true
      const isNew = requests.admit(register.reader, batch)
      sums.add(batch, isNew)
      const counted = isNew.reduce((sum, one) => sum + one, 0)
      result = {
        ...result,
        read: result.read + batch.read,
        counted: result.counted + counted,
        repeated: result.repeated + batch.count - counted,
        refused: result.refused + batch.refused,
        problems: [...result.problems, ...batch.problems].slice(0, MOST_PROBLEMS),
      }
      if (requests.isFull()) register.transact(remember)
      yield result
    }
    count(true)
    isWhole = true
  } finally {
    if (!isWhole) register.transact((writer) => forgetUncounted(writer))
  }
  register.transact((writer) => {
    noteImport(writer, importId, result, true)
    journal(writer, {
      at: now(),
      operator: options.operator,
      action: 'usage.imported',
      client: options.client,
      subject: file,
      body: {
        import: importId,
        read: result.read,
        counted: result.counted,
        repeated: result.repeated,
        refused: result.refused,
      },
    })
  })
  yield { ...result, done: true }
}

async function checkFile(path: string): Promise<void> {
  const file = await stat(path).catch(() => null)
  if (file === null) throw invalid('path', `The file ${path} does not exist.`, 'Check the path.')
  if (!file.isFile()) throw invalid('path', `${path} is not a file.`, 'Name the file that holds the records.')
}

const last = new WeakMap<Register, Promise<void>>()

/**
 * Waits until no other import into a register runs: each begins by deleting requests that were never counted, and those
 * of a running import would be among them. Returns a function that lets the next one begin.
 */
export async function importTurn(register: Register): Promise<() => void> {
  const before = last.get(register)
  const { promise, resolve } = Promise.withResolvers<void>()
  last.set(register, promise)
  await before
  return resolve
}
