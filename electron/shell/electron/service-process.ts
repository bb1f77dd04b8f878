import { utilityProcess, type MessagePortMain } from 'electron'

import type { ToShell } from '../../../shared/contract/control.ts'
import type { ServiceChannel } from '../service-link.ts'
import type { ShellLog } from '../shell.ts'

/** The number of last characters of a service's output that are kept: the end of a stack trace and its context. */
const LAST_WORDS = 2000

/** A service in a separate process. `lastWords` is the end of its error stream. */
export interface ServiceProcess extends ServiceChannel<MessagePortMain> {
  lastWords(): string
}

/** Starts the service in a separate process, without a window's rights and without this process's arguments. */
export function startServiceProcess(file: string, log: ShellLog): ServiceProcess {
  const child = utilityProcess.fork(file, [], {
    serviceName: 'Castellan register',
    // An installed application has no terminal, so the last output of the process is kept here.
    stdio: ['ignore', 'inherit', 'pipe'],
    // As in the Chromium shell's worker, a small nursery keeps memory flat during a sync. V8 accepts its flags only
    // this way.
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
