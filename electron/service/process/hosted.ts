import type { SupportedMessagePort } from '@orpc/client/message-port'

import type { SandboxState } from '../../../shared/contract/app.ts'
import type {
  InstallAnswer,
  OpenAnswer,
  PrintedPdf,
  SaveAnswer,
  ShellPreferences,
  ToService,
  ToShell,
} from '../../../shared/contract/control.ts'
import type { ServiceHost } from '../kit/host.ts'

/** A service in a process of its own, as its shell sees it. */
export interface ShellChannel<Port> {
  send(message: ToShell): void
  onMessage(listener: (message: ToService, ports: readonly Port[]) => void): void
  /** Ends the process. */
  exit(code: number): void
}

/** A hosted service, as its shell uses it. */
export interface HostedService {
  /** Answers the operations of the contract on a window's port. */
  serve(port: SupportedMessagePort): void
  /** Navigates every window to a route. */
  navigate(to: string): void
  /** The person has not used the machine, or the window, for this long. */
  idle(seconds: number): void
  /** The machine slept, or its screen was locked. */
  away(): void
  /** Locks because the person asked for it. */
  lock(): void
  /** Remembers where the window was when it was locked. */
  keepPlace(to: string): void
  /** Checks reminders and due keys, unless the register is locked. */
  checkNow(): void
  close(): Promise<void>
}

export interface OpenHosted {
  (options: {
    readonly profile: string
    readonly host: ServiceHost
    /** Called when the number of due and overdue keys may have changed. */
    readonly onDue: (count: number) => void
    /** Called with the preferences of the opened profile, and whenever one of them changes. */
    readonly onPreferences: (preferences: ShellPreferences) => void
    /** True if threads are started for little work too. */
    readonly usesAllThreads: boolean
  }): Promise<HostedService>
}

type OpenMessage = Extract<ToService, { type: 'open' }>

/**
 * Runs a service at the far end of a shell's channel: opens it on request, gives it the shell as its host, and joins
 * the windows' ports to it. Ports that arrive while the register still opens wait, so that the window can load
 * meanwhile: a port keeps its messages until it is started, and loses them when it is started too early.
 */
export function hostService<Port extends SupportedMessagePort & { start(): void }>(
  channel: ShellChannel<Port>,
  open: OpenHosted,
): void {
  const saving = newQuestions<SaveAnswer>()
  const choosing = newQuestions<OpenAnswer>()
  const printing = newQuestions<PrintedPdf>()
  const installing = newQuestions<InstallAnswer>()
  const waiting: Port[] = []
  let service: HostedService | null = null
  let opening: Promise<void> | null = null
  let lockSentence: string | null = null
  let sandbox: SandboxState = { state: 'unknown', why: 'the window has not reported it' }

  const makeHost = (shell: 'electron' | 'chromium'): ServiceHost => ({
    shell,
    notify: (notification) => channel.send({ type: 'notify', notification }),
    saveTarget: (request) => saving.ask((ask) => channel.send({ type: 'ask-save', ask, ...request })),
    openTarget: (request) => choosing.ask((ask) => channel.send({ type: 'ask-open', ask, ...request })),
    held: () => channel.send({ type: 'held' }),
    setTitle: (title) => channel.send({ type: 'title', title }),
    locked: () => channel.send({ type: 'locked' }),
    lockSentence: () => lockSentence,
    sandbox: () => sandbox,
    secretCopied: (sha256) => channel.send({ type: 'secret-copied', sha256 }),
    printPdf: (html) => printing.ask((ask) => channel.send({ type: 'ask-print', ask, html })),
    // A browser's window runs from a working copy, which no package replaces.
    ...(shell === 'electron'
      ? {
          installUpdate: (question) => installing.ask((ask) => channel.send({ type: 'ask-install', ask, question })),
        }
      : {}),
  })

  const join = (opened: HostedService, port: Port): void => {
    opened.serve(port)
    port.start()
  }

  const start = async ({ profile, shell, usesAllThreads = false }: OpenMessage): Promise<void> => {
    try {
      service = await open({
        profile,
        host: makeHost(shell),
        onDue: (count) => channel.send({ type: 'due', count }),
        onPreferences: (preferences) => channel.send({ type: 'preferences', ...preferences }),
        usesAllThreads,
      })
      for (const port of waiting.splice(0)) join(service, port)
      channel.send({ type: 'ready' })
    } catch (error) {
      channel.send({ type: 'failed', message: getMessage(error), hint: getHint(error) })
    }
  }

  const close = async (): Promise<void> => {
    await opening
    try {
      await service?.close()
      channel.send({ type: 'closed' })
      channel.exit(0)
    } catch {
      channel.exit(1)
    }
  }

  channel.onMessage((message, ports) => {
    switch (message.type) {
      case 'open':
        opening ??= start(message)
        return
      case 'connect':
        for (const port of ports) {
          if (service === null) waiting.push(port)
          else join(service, port)
        }
        return
      case 'navigate':
        service?.navigate(message.to)
        return
      case 'idle':
        service?.idle(message.seconds)
        return
      case 'away':
        service?.away()
        return
      case 'lock-described':
        lockSentence = message.sentence
        return
      case 'sandbox-described':
        sandbox = message.sandbox
        return
      case 'lock':
        service?.lock()
        return
      case 'ping':
        channel.send({ type: 'pong' })
        return
      case 'place':
        service?.keepPlace(message.to)
        return
      case 'save-answer':
        saving.answer(message.ask, message.answer)
        return
      case 'open-answer':
        choosing.answer(message.ask, message.answer)
        return
      case 'print-answer':
        printing.answer(message.ask, message.answer)
        return
      case 'install-answer':
        installing.answer(message.ask, message.answer)
        return
      case 'check-now':
        service?.checkNow()
        return
      case 'close':
        void close()
    }
  })
}

interface Questions<Answer> {
  /** Sends a question with its number, and resolves with its answer. */
  ask(send: (ask: number) => void): Promise<Answer>
  answer(ask: number, answer: Answer): void
}

/** Questions of one kind that wait for the shell's answer. */
function newQuestions<Answer>(): Questions<Answer> {
  const waiting = new Map<number, (answer: Answer) => void>()
  let asks = 0
  return {
    ask: (send) => {
      asks += 1
      const { promise, resolve } = Promise.withResolvers<Answer>()
      waiting.set(asks, resolve)
      send(asks)
      return promise
    },
    answer: (ask, answer) => {
      waiting.get(ask)?.(answer)
      waiting.delete(ask)
    },
  }
}

function getMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Errors that were made for people have a hint of what to do. */
function getHint(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'hint' in error && typeof error.hint === 'string')
    return error.hint
  return 'Start Castellan again. If it keeps failing, restore the data folder from a backup or choose another with --profile.'
}
