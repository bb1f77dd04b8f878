import { parentPort, type MessagePort } from 'node:worker_threads'

import type { ToService } from '../../../shared/contract/control.ts'
import type { ShellChannel } from './hosted.ts'

/** The channel of a service that runs in a thread of its shell's process. Throws outside a worker thread. */
export function workerChannel(): ShellChannel<MessagePort> {
  const shell = parentPort
  if (shell === null) throw new Error('The service runs in a worker thread of its shell.')
  return {
    send: (message) => shell.postMessage(message, []),
    onMessage: (listener) =>
      shell.on('message', (envelope: { readonly message: ToService; readonly ports: readonly MessagePort[] }) =>
        listener(envelope.message, envelope.ports),
      ),
    exit: (code) => process.exit(code),
  }
}
