import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parentPort, Worker } from 'node:worker_threads'

/** Where a thread's code is: `source` beside the module `from` in the tree, `built` beside the bundle or one folder above its chunks. */
export interface ThreadFile {
  /** `import.meta.url` of the module that starts it. */
  readonly from: string
  readonly source: string
  readonly built: string
}

export function findThread(thread: ThreadFile): string {
  return listPlaces(thread).find((file) => existsSync(file)) ?? listPlaces(thread).join(' or ')
}

/** Whether a program has the code of a thread: one that nothing waits for beside its work may be packed without it. */
export function hasThread(thread: ThreadFile): boolean {
  return listPlaces(thread).some((file) => existsSync(file))
}

function listPlaces({ from, source, built }: ThreadFile): readonly string[] {
  return [`./${source}`, `./${built}`, `../${built}`].map((place) => fileURLToPath(new URL(place, from)))
}

/** Threads that answered in this process, by the names of their bundles. */
const answered = new Set<string>()
let usesAll = false

/** Has this process start its threads for little work too. */
export function useAllThreads(): void {
  usesAll = true
}

export function usesAllThreads(): boolean {
  return usesAll
}

/** Notes that a thread gave its answer. */
export function noteAnswer({ built }: ThreadFile): void {
  answered.add(built.replace(/\.js$/u, ''))
}

/** The names of the bundles whose threads answered since this process started. */
export function listAnsweredThreads(): readonly string[] {
  return [...answered].toSorted()
}

interface ThreadOptions {
  readonly signal: AbortSignal
  readonly interrupted: () => Error
  /**
   * How many megabytes of new objects there are before the garbage collector runs. It keeps the memory of a thread small that
   * makes many objects and keeps few.
   */
  readonly young?: number
  /** Receives what the thread reports before its answer, by `reportFromThread`. */
  readonly onReport?: (report: unknown) => void
}

/** A message of a thread that is not its answer yet. */
interface ThreadReport {
  readonly type: 'report'
  readonly report: unknown
}

/** Reports something from a thread that has not answered yet. */
export function reportFromThread(report: unknown): void {
  const message: ThreadReport = { type: 'report', report }
  // A thread is not a window and has no origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(message)
}

function isReport(message: unknown): message is ThreadReport {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'report'
}

/**
 * Runs a thread until its one answer. The signal ends it at its next step. Rejects with the thread's error, and with
 * `interrupted()` when it ended without an answer. It has ended when the promise settles, with all that it had open.
 */
export async function runThread<T>(
  file: ThreadFile,
  order: unknown,
  { signal, interrupted, young, onReport }: ThreadOptions,
): Promise<T> {
  const limits = young === undefined ? {} : { resourceLimits: { maxYoungGenerationSizeMb: young } }
  const thread = new Worker(findThread(file), { workerData: order, ...limits })
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  thread.on('message', (message: unknown) => {
    if (isReport(message)) onReport?.(message.report)
    else resolve(message as T)
  })
  thread.on('error', reject)
  thread.on('exit', () => reject(interrupted()))
  const stop = (): void => void thread.terminate()
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop)
  try {
    const answer = await promise
    noteAnswer(file)
    return answer
  } finally {
    signal.removeEventListener('abort', stop)
    await thread.terminate()
  }
}
