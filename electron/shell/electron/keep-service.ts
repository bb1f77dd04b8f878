import type { MessagePortMain, WebContents } from 'electron'

import type { SandboxState } from '../../../shared/contract/app.ts'
import { REASON_SHOWN } from '../exit-code.ts'
import { watchHeartbeat } from '../heartbeat.ts'
import { linkService, ServiceFailed, type ServiceLink } from '../service-link.ts'
import type { Desktop, Parts, ShellLog } from '../shell.ts'
import type { Person } from './person.ts'
import { findSandbox } from './sandbox.ts'
import { startServiceProcess } from './service-process.ts'

/** A service that ends again this soon after a restart is not started a third time. */
const AGAIN_MS = 60_000

/** The service of the application: after a crash it is another one. */
export interface ServiceKeeper {
  /** The service that runs now. */
  readonly get: () => ServiceLink<MessagePortMain>
  /** Gives the sentence about what reports a locked screen, sleep and time without use. */
  readonly describeLock: (sentence: string) => void
  /** Reports whether the page of the window is in a sandbox. */
  describeSandbox(contents: WebContents): void
  /** True once the application is ending; a service that ends is then not started again. */
  isEnding(): boolean
  /** Lets the application end. */
  setEnding(): void
}

interface KeeperOptions {
  readonly profile: string
  readonly parts: Pick<Parts, 'service'>
  readonly log: ShellLog
  readonly logFile: string
  readonly person: Person
  /** True if the service starts its threads for little work too. */
  readonly usesAllThreads?: boolean
  readonly desktop: Desktop
  /** Called when another service has taken the place of one that ended. */
  readonly onStartedAgain: () => void
}

/** Starts the service, and starts it again when its process ends by itself and the person agrees. */
export function keepService(options: KeeperOptions): ServiceKeeper {
  const { profile, parts, log, logFile, person, usesAllThreads = false, desktop, onStartedAgain } = options
  let isEnding = false
  /** The sources of a locked screen, sleep and time without use; null until they are known. */
  let lockSentence: string | null = null
  /** The state of the page's sandbox; null until its process is known. */
  let sandbox: SandboxState | null = null
  let startedAt = Number.NEGATIVE_INFINITY
  let service = start()

  /** Starts the service and its watchers: the last one started is the service. */
  function start(): ServiceLink<MessagePortMain> {
    const channel = startServiceProcess(parts.service, log)
    const link = linkService(channel, desktop, {
      profile,
      shell: 'electron',
      ...(usesAllThreads ? { usesAllThreads } : {}),
    })
    if (lockSentence !== null) link.describeLock(lockSentence)
    if (sandbox !== null) link.describeSandbox(sandbox)
    let isRefused = false
    link.ready.catch((error: unknown) => {
      isRefused = error instanceof ServiceFailed && !error.isCrash
      if (isRefused && !isEnding) endRefused(error as ServiceFailed)
    })
    void watchEnd()
    watchHeartbeat(channel, () => void onSilent())
    return link

    async function watchEnd(): Promise<void> {
      const isInOrder = await link.ended
      if (!isInOrder && !isEnding && !isRefused) startAgain(channel.lastWords())
    }

    async function onSilent(): Promise<void> {
      log.write('warn', 'service.silent')
      if (await person.isToBeEnded('service')) channel.kill()
    }
  }

  function startAgain(said: string): void {
    const isTooSoon = performance.now() - startedAt < AGAIN_MS
    if (isTooSoon || !person.isToBeStartedAgain(said, logFile)) {
      if (isTooSoon)
        person.showError(
          'Castellan has to close',
          `The service process ended again. Saved data is intact. The log: ${logFile}`,
        )
      isEnding = true
      return person.exit(REASON_SHOWN)
    }
    startedAt = performance.now()
    service = start()
    onStartedAgain()
  }

  function endRefused({ message, hint }: ServiceFailed): void {
    isEnding = true
    person.showError('Castellan cannot open this register', `${message}\n\n${hint}`)
    void service.close().then(() => person.exit(REASON_SHOWN))
  }

  return {
    get: () => service,
    describeLock: (sentence) => {
      lockSentence = sentence
      service.describeLock(sentence)
    },
    describeSandbox: (contents) => {
      try {
        sandbox = findSandbox(contents)
      } catch {
        // The process of the page has ended, or the system does not show it.
        sandbox = { state: 'unknown', why: 'the process of the page cannot be read' }
      }
      service.describeSandbox(sandbox)
    },
    isEnding: () => isEnding,
    setEnding: () => {
      isEnding = true
    },
  }
}
