import type { MessagePortMainLike } from '@orpc/client/message-port'
import type { ToService } from '../../../shared/contract/control.ts'
import type { ShellChannel } from './hosted.ts'
import { parentPort, type MessagePort } from 'node:worker_threads'

/** The part of Electron's port that the service uses; the types of Electron stay in its shell. */
interface PortMain extends MessagePortMainLike {
  start(): void
}

interface ParentPort {
  postMessage(message: unknown, transfer: readonly PortMain[]): void
  on(
    event: 'message',
    listener: (message: { readonly data: ToService; readonly ports: readonly PortMain[] }) => void,
  ): void
}

/** The channel of a service that runs in Electron's utility process. Throws elsewhere. */
export function utilityChannel(): ShellChannel<PortMain> {
  const { parentPort } = process as unknown as { readonly parentPort?: ParentPort }
  if (parentPort === undefined) throw new Error('The service runs in a utility process of its shell.')
  return {
    send: (message) => parentPort.postMessage(message, []),
    onMessage: (listener) => parentPort.on('message', ({ data, ports }) => listener(data, ports)),
    exit: (code) => process.exit(code),
  }
}

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
