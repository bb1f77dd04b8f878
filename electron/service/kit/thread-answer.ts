import { parentPort } from 'node:worker_threads'

import { Refusal, type RefusalCode } from './refusal.ts'

/** The answer of a thread. A refusal is an answer, since an error loses its kind on its way out of a thread. */
export type ThreadAnswer<T> =
  | { readonly type: 'done'; readonly result: T }
  | {
      readonly type: 'refused'
      readonly code: RefusalCode
      readonly message: string
      readonly hint: string
      readonly about: string | null
    }

/** Answers with the result of the work, in a thread, and ends it. Rejects with an error that is not a refusal. */
export async function answerThread<T>(work: () => T | Promise<T>): Promise<void> {
  const port = parentPort
  if (port === null) throw new Error('It runs in a thread.')
  const answer = await makeAnswer(work)
  // A thread is not a window and has no origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  port.postMessage(answer)
  port.close()
}

async function makeAnswer<T>(work: () => T | Promise<T>): Promise<ThreadAnswer<T>> {
  try {
    return { type: 'done', result: await work() }
  } catch (error) {
    // An error of the file system keeps its code.
    if (!(error instanceof Refusal)) throw error
    const { code, message, hint, about } = error
    return { type: 'refused', code, message, hint, about }
  }
}

/** The result of a thread's work. Throws its `Refusal`. */
export function readAnswer<T>(answer: ThreadAnswer<T>): T {
  if (answer.type === 'done') return answer.result
  throw new Refusal(answer.code, answer.message, answer.hint, { about: answer.about })
}
