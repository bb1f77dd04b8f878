import { parentPort, workerData } from 'node:worker_threads'

import { type Copied, fillCopy } from './backup.ts'
import { keyed } from './database-file.ts'
import { getRefusal } from './file-refusal.ts'
import { RegisterRefused } from './migrate.ts'

/** Copies a register in a thread of its own, by a connection of its own that only reads. */
export interface CopyOrder {
  /** The register. */
  readonly from: string
  readonly key: Uint8Array
  /** The empty file to fill. */
  readonly part: string
  /** The name that the copy will get, for messages. */
  readonly path: string
}

export type CopyAnswer =
  | { readonly type: 'copied'; readonly copied: Copied }
  | { readonly type: 'refused'; readonly message: string; readonly hint: string }

const port = parentPort
if (port === null) throw new Error('It runs in a thread.')
const { from, key, part, path } = workerData as CopyOrder

function copy(): CopyAnswer {
  try {
    const db = keyed(from, key, true)
    try {
      return { type: 'copied', copied: fillCopy(db, key, part) }
    } finally {
      db.close()
    }
  } catch (error) {
    const refusal = getRefusal(error, path)
    if (!(refusal instanceof RegisterRefused)) throw refusal
    return { type: 'refused', message: refusal.message, hint: refusal.hint }
  }
}

// A thread is not a window and has no origin to name.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
port.postMessage(copy())
port.close()
