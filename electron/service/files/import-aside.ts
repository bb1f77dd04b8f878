import type { ImportPlan } from '../../../shared/contract/files.ts'
import type { ImportProgress } from '../../../shared/domain/import/stages.ts'
import { runThread } from '../../files/thread.ts'
import { type Context, makeDeciding, makeMoment, makeRegister } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'
import { readAnswer } from '../kit/thread-answer.ts'
import type { ImportRequest } from './import-plan.ts'
import type { ImportAnswer, ImportOrder } from './import-thread.ts'
import { cancelTurn, newImportTurn } from './import-turn.ts'
import type { ImportWritten } from './write-import.ts'

const THREAD = { from: import.meta.url, source: 'import-thread.ts', built: 'file-importer.js' }

/** The dry run of a large file, in a thread of its own. Throws `Refusal` as `plannedImport` does, and CONFLICT when it is cancelled. */
export function planAside(
  context: Context,
  request: ImportRequest,
  signal: AbortSignal | undefined,
): Promise<ImportPlan> {
  const moment = makeMoment(context)
  return makeRegister(context).runBeside((register, closing) =>
    runOrder<'plan'>({ kind: 'plan', register, request: sent(request), moment }, [signal, closing]),
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
    runOrder<'import'>(
      { kind: 'import', register, request: sent(request), deciding },
      [signal, closing, left.signal],
      onReport,
    ),
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

/** What a thread can be sent of a request. */
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

type Ordered<K extends ImportOrder['kind']> = Omit<Extract<ImportOrder, { kind: K }>, 'turn'>

async function runOrder<K extends ImportOrder['kind']>(
  order: Ordered<K>,
  signals: readonly (AbortSignal | undefined)[],
  onReport: (report: unknown) => void = () => undefined,
): Promise<Extract<ImportAnswer<K>, { type: 'done' }>['result']> {
  const turn = newImportTurn()
  const stop = AbortSignal.any(signals.filter((signal) => signal !== undefined))
  const cancel = (): void => cancelTurn(turn)
  if (stop.aborted) cancel()
  stop.addEventListener('abort', cancel)
  try {
    const answer = await runThread<ImportAnswer<K>>(
      THREAD,
      { ...order, turn },
      {
        // It is not ended from here: whether it has committed would be unknown.
        signal: new AbortController().signal,
        young: 16,
        onReport,
        interrupted: () => new Refusal('CONFLICT', 'The import was interrupted.', 'Import the file again.'),
      },
    )
    return readAnswer(answer)
  } finally {
    stop.removeEventListener('abort', cancel)
  }
}
