import { Worker, type MessagePort } from 'node:worker_threads'

import type { ToShell } from '../../../shared/contract/control.ts'
import type { ServiceChannel } from '../service-link.ts'

/** Data of a sync is short-lived; a small nursery keeps the service's memory flat meanwhile, at no noticeable cost. */
const YOUNG_MB = 24

/** Starts the service in a thread of this process. Its errors end it, and the shell is notified. */
export function startWorker(file: string): ServiceChannel<MessagePort> {
  const worker = new Worker(file, {
    stdout: false,
    stderr: false,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  })
  let ended = false
  worker.on('error', (error) => {
    process.stderr.write(`castellan: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  })
  return {
    send: (message, ports = []) => {
      if (ended) return
      worker.postMessage({ message, ports }, [...ports])
    },
    onMessage: (listener) => worker.on('message', (message: ToShell) => listener(message)),
    onExit: (listener) =>
      worker.once('exit', (code) => {
        ended = true
        listener(code)
      }),
    kill: () => void worker.terminate(),
  }
}
