import { utilityProcess, type MessagePortMain } from 'electron'

import type { ToShell } from '../../../shared/contract/control.ts'
import type { ServiceChannel } from '../service-link.ts'

/** Starts the service in a process of its own, without a window's rights and without this process's arguments. */
export function startServiceProcess(file: string): ServiceChannel<MessagePortMain> {
  const child = utilityProcess.fork(file, [], {
    serviceName: 'Castellan register',
    stdio: 'inherit',
    // As in the Chromium shell's worker: a small nursery keeps memory flat while a sync reads. V8 takes its flags so only.
    execArgv: ['--js-flags=--max-semi-space-size=8'],
  })
  return {
    send: (message, ports = []) => child.postMessage(message, [...ports]),
    onMessage: (listener) => void child.on('message', (message: ToShell) => listener(message)),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => void child.kill(),
  }
}
