import { accessSync, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parentPort, Worker, workerData } from 'node:worker_threads'

import type { JobName } from '../../shared/contract/self-test.ts'

/** How a refusal leaves a thread, since an error loses its kind on its way out. */
export interface RefusalForm<Refusal = unknown> {
  /** Null for an error that is not a refusal. */
  readonly read: (error: unknown) => Refusal | null
  readonly make: (refusal: Refusal) => Error
}

/** Work that runs in a thread of its own. The order and the answer are copied, so they hold data only. */
export interface Job<Order, Answer> {
  readonly name: JobName
  readonly work: (order: Order) => Answer | Promise<Answer>
  readonly refusals: RefusalForm
  /** How many megabytes of new objects there are before the garbage collector runs; few for work that makes many objects and keeps few. */
  readonly young?: number
  /** Memory of the answer that moves out of the thread instead of being copied. */
  readonly moved?: (answer: Answer) => readonly ArrayBuffer[]
}

const jobs = new Map<string, Job<unknown, unknown>>()

/** Defines a job, which the thread finds by its name in the module that its table has for it (`electron/service/process/thread.ts`). */
export function defineJob<Order, Answer, Refusal>(
  job: Omit<Job<Order, Answer>, 'refusals'> & { readonly refusals: RefusalForm<Refusal> },
): Job<Order, Answer> {
  const defined = job as Job<Order, Answer>
  jobs.set(job.name, defined as Job<unknown, unknown>)
  return defined
}

type JobAnswer<Answer> =
  | { readonly type: 'done'; readonly answer: Answer }
  | { readonly type: 'refused'; readonly refusal: unknown }
type JobMessage<Answer> = JobAnswer<Answer> | { readonly type: 'report'; readonly report: unknown }

/** In a thread: does the job that it was started for, answers, and ends. Rejects with an error that is not a refusal. */
export async function doJob(): Promise<void> {
  const { name, order } = workerData as { readonly name: string; readonly order: unknown }
  const job = jobs.get(name)
  if (job === undefined) throw new Error(`No module of this thread defines the job ${name}.`)
  try {
    const answer = await job.work(order)
    post({ type: 'done', answer }, job.moved?.(answer))
  } catch (error) {
    // An error of the file system keeps its code.
    const refusal = job.refusals.read(error)
    if (refusal === null) throw error
    post({ type: 'refused', refusal })
  }
  parentPort?.close()
}

/** Reports something from a thread that has not answered yet; `moved` is memory that moves out of it. */
export function reportFromThread(report: unknown, moved?: readonly ArrayBuffer[]): void {
  post({ type: 'report', report }, moved)
}

function post(message: JobMessage<unknown>, moved: readonly ArrayBuffer[] = []): void {
  // A thread is not a window and has no origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(message, moved)
}

/** The code of the thread: in the tree, beside a bundle, or one folder above the bundle's chunks. Throws the system's error without one. */
function findThread(): string {
  const toFile = (place: string): string => fileURLToPath(new URL(place, import.meta.url))
  const [inTree, beside, above] = ['../service/process/thread.ts', './thread.js', '../thread.js'].map(toFile)
  const found = [inTree, beside, above].find((file) => file !== undefined && existsSync(file))
  if (found !== undefined) return found
  const expected = (import.meta.dirname.endsWith('-chunks') ? above : beside) ?? ''
  accessSync(expected)
  return expected
}

/** Jobs whose threads answered in this process. */
const answered = new Set<JobName>()
let usesAll = false

/** Has this process start threads for little work too. */
export function useAllThreads(): void {
  usesAll = true
}

export function usesAllThreads(): boolean {
  return usesAll
}

/** The jobs whose threads answered since this process started. */
export function listAnsweredJobs(): readonly JobName[] {
  return [...answered].toSorted()
}

/** Starts a thread for a job; `readMessage` reads what it posts. `file`: the code of the thread, if it is another. */
export function startJob<Order, Answer>(
  { name, young }: Job<Order, Answer>,
  order: Order,
  file = findThread(),
): Worker {
  const limits = young === undefined ? {} : { resourceLimits: { maxYoungGenerationSizeMb: young } }
  return new Worker(file, { workerData: { name, order }, ...limits })
}

/** Returns the report or the answer of a thread. Throws its refusal. */
export function readMessage<Answer>(
  { name, refusals }: Job<never, Answer>,
  message: unknown,
): Exclude<JobMessage<Answer>, { type: 'refused' }> {
  const read = message as JobMessage<Answer>
  if (read.type === 'report') return read
  answered.add(name)
  if (read.type === 'refused') throw refusals.make(read.refusal)
  return read
}

interface JobOptions {
  readonly signal: AbortSignal
  readonly interrupted: () => Error
  /** Receives what the thread reports before its answer. */
  readonly onReport?: (report: unknown) => void
  readonly file?: string
}

/**
 * Runs a job in a thread until its answer. The signal ends it at its next step. Rejects with the thread's refusal or error, and
 * with `interrupted()` when it ended without an answer. It has ended when the promise settles, with all that it had open.
 */
export async function runJob<Order, Answer>(
  job: Job<Order, Answer>,
  order: Order,
  { signal, interrupted, onReport, file }: JobOptions,
): Promise<Answer> {
  const thread = startJob(job, order, file)
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  thread.on('message', (message: unknown) => {
    try {
      const read = readMessage(job, message)
      if (read.type === 'report') onReport?.(read.report)
      else resolve(read.answer)
    } catch (error) {
      reject(error)
    }
  })
  thread.on('error', reject)
  thread.on('exit', () => reject(interrupted()))
  const stop = (): void => void thread.terminate()
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop)
  try {
    return await promise
  } finally {
    signal.removeEventListener('abort', stop)
    await thread.terminate()
  }
}
