import { utilityProcess, type MessagePortMain } from 'electron'

import type { ToShell } from '../../../shared/contract/control.ts'
import type { ServiceChannel } from '../service-link.ts'
import type { ShellLog } from '../shell.ts'

/** How much of what a service wrote last is kept, in characters: the end of a stack, and what led to it. */
const LAST_WORDS = 2000

/** A service in a process of its own. `lastWords` is the end of what it wrote to its error stream. */
export interface ServiceProcess extends ServiceChannel<MessagePortMain> {
  lastWords(): string
}

/** Starts the service in a process of its own, without a window's rights and without this process's arguments. */
export function startServiceProcess(file: string, log: ShellLog): ServiceProcess {
  const child = utilityProcess.fork(file, [], {
    serviceName: 'Castellan register',
    // An installed application has no terminal: what the process says before it ends is kept here.
    stdio: ['ignore', 'inherit', 'pipe'],
    // As in the Chromium shell's worker: a small nursery keeps memory flat while a sync reads. V8 takes its flags so only.
    execArgv: ['--js-flags=--max-semi-space-size=8'],
  })
  let words = ''
  child.stderr?.on('data', (data: Buffer) => {
    process.stderr.write(data)
    words = `${words}${data.toString('utf8')}`.slice(-LAST_WORDS)
  })
  child.on('exit', (code) => {
    if (code !== 0) log.write('error', 'service.ended', { code, said: words })
  })
  return {
    send: (message, ports = []) => child.postMessage(message, [...ports]),
    onMessage: (listener) => void child.on('message', (message: ToShell) => listener(message)),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => void child.kill(),
    lastWords: () => words.trim(),
  }
}
