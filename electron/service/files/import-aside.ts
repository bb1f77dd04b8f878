import type { ImportPlan } from '../../../shared/contract/files.ts'
import type { ImportProgress } from '../../../shared/domain/import/stages.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import { defineJob, type Job, reportFromThread, runJob } from '../../files/thread.ts'
import { openReader, type RegisterFile } from '../../register/db/unlocked.ts'
import { openBeside } from '../../register/register.ts'
import { type Context, type Deciding, makeDeciding, makeMoment, makeRegister } from '../core/context.ts'
import { REFUSALS, Refusal } from '../kit/refusal.ts'
import { type ImportRequest, plannedImport } from './import-plan.ts'
import { type ImportWritten, writeImport } from './write-import.ts'

interface ImportOrder {
  readonly register: RegisterFile
  readonly request: ImportRequest
  readonly turn: ImportTurn
}

/** Reports a stage; throws once the import is cancelled. */
const reportStage =
  (turn: ImportTurn) =>
  (progress: ImportProgress): void => {
    if (progress.stage === 'save' ? !takeTurn(turn) : isCancelled(turn)) {
      throw new Refusal('CONFLICT', 'The import was cancelled. Nothing of it was written.', 'Import the file again.')
    }
    reportFromThread(progress)
  }

/** Plans an import through a connection of its own that only reads. */
const PLAN = defineJob({
  name: 'plan-import',
  refusals: REFUSALS,
  young: 16,
  work: ({ register, request, turn, moment }: ImportOrder & { readonly moment: Moment }): ImportPlan => {
    const { reader, close } = openReader(register)
    try {
      return plannedImport(reader, request, { moment, report: reportStage(turn) }).shown
    } finally {
      close()
    }
  },
})

/** Imports a file through a connection of its own. */
const IMPORT = defineJob({
  name: 'import-file',
  refusals: REFUSALS,
  young: 16,
  work: ({ register: file, request, turn, deciding }: ImportOrder & { readonly deciding: Deciding }): ImportWritten => {
    const register = openBeside(file)
    try {
      return writeImport(register, request, { deciding, report: reportStage(turn) })
    } finally {
      register.close()
    }
  },
})

/** The dry run of a large file, in a thread of its own. Throws `Refusal` as `plannedImport` does, and CONFLICT when it is cancelled. */
export function planAside(
  context: Context,
  request: ImportRequest,
  signal: AbortSignal | undefined,
): Promise<ImportPlan> {
  const moment = makeMoment(context)
  return makeRegister(context).runBeside((register, closing) =>
    runOrder(PLAN, { register, request: sent(request), moment }, [signal, closing]),
  )
}

/**
 * Imports a large file in a thread of its own, in which this thread goes on: its stages, then what was written. Throws
 * `Refusal` as `writeImport` does, and CONFLICT when it is cancelled, or the register closed, before it saves.
 */
export async function* importAside(
  context: Context,
  request: ImportRequest,
  signal: AbortSignal | undefined,
): AsyncGenerator<ImportProgress & { readonly done: false }, ImportWritten> {
  const deciding = makeDeciding(context)
  const left = new AbortController()
  const latest: ImportProgress[] = []
  let news = Promise.withResolvers<'report'>()
  const onReport = (report: unknown): void => {
    latest.push(report as ImportProgress)
    news.resolve('report')
  }
  const running = makeRegister(context).writeBeside((register, closing) =>
    runOrder(IMPORT, { register, request: sent(request), deciding }, [signal, closing, left.signal], onReport),
  )
  const ended = running.then(
    () => 'end' as const,
    () => 'end' as const,
  )
  try {
    while ((await Promise.race([news.promise, ended])) === 'report') {
      news = Promise.withResolvers()
      for (const progress of latest.splice(0)) yield { done: false, ...progress }
    }
    return await running
  } finally {
    // Who listened may have left.
    left.abort()
    await ended
  }
}

/** The parts of a request that a thread can be sent. */
function sent({
  client,
  kind,
  fileName,
  content,
  mapping,
  connection,
  provider,
  complete,
}: ImportRequest): ImportRequest {
  return { client, kind, fileName, content, mapping, connection, provider, complete }
}

async function runOrder<Order extends ImportOrder, Answer>(
  job: Job<Order, Answer>,
  order: Omit<Order, 'turn'>,
  signals: readonly (AbortSignal | undefined)[],
  onReport: (report: unknown) => void = () => undefined,
): Promise<Answer> {
  const turn = newImportTurn()
  const stop = AbortSignal.any(signals.filter((signal) => signal !== undefined))
  const cancel = (): void => cancelTurn(turn)
  if (stop.aborted) cancel()
  stop.addEventListener('abort', cancel)
  try {
    return await runJob(job, { ...order, turn } as Order, {
      // It is not ended from here: whether it has committed would be unknown.
      signal: new AbortController().signal,
      onReport,
      interrupted: () => new Refusal('CONFLICT', 'The import was interrupted.', 'Import the file again.'),
    })
  } finally {
    stop.removeEventListener('abort', cancel)
  }
}

/**
 * Decides between a thread that is about to commit and a service that cancels it: the first of the two wins, so that a
 * cancelled import has written nothing and a written one is never called cancelled.
 */
export type ImportTurn = Int32Array<SharedArrayBuffer>

const [RUNNING, CANCELLED, COMMITTING] = [0, 1, 2]

export function newImportTurn(): ImportTurn {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
}

/** Cancels it unless it commits already. */
export function cancelTurn(turn: ImportTurn): void {
  Atomics.compareExchange(turn, 0, RUNNING, CANCELLED)
}

export function isCancelled(turn: ImportTurn): boolean {
  return Atomics.load(turn, 0) === CANCELLED
}

/** Returns whether it may commit; from then on it cannot be cancelled. */
export function takeTurn(turn: ImportTurn): boolean {
  return Atomics.compareExchange(turn, 0, RUNNING, COMMITTING) === RUNNING
}
