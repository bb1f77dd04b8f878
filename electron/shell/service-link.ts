import type { SandboxState } from '../../shared/contract/app.ts'
import type { InstallQuestion, OpenQuestion, SaveQuestion, ToService, ToShell } from '../../shared/contract/control.ts'
import type { Desktop } from './shell.ts'

/** The channel between a shell and the service process. `Port` is the shell's kind of message port. */
export interface ServiceChannel<Port> {
  send(message: ToService, ports?: readonly Port[]): void
  onMessage(listener: (message: ToShell) => void): void
  /** Called once when the process ends, with the end of its output. */
  onExit(listener: (code: number) => void): void
  /** Ends the process immediately. */
  kill(): void
}

export interface ServiceLink<Port> {
  /** Resolves when no other process can use the profile; rejects with `ServiceFailed` otherwise. */
  readonly held: Promise<void>
  /** Resolves when the register is open; rejects with `ServiceFailed` when it cannot be opened. */
  readonly ready: Promise<void>
  /** Resolves when the process of the service has ended; true when it ended by `close`. */
  readonly ended: Promise<boolean>
  /** Gives the service the far end of a window's port. */
  connect(port: Port): void
  /** Opens a place in the window. */
  navigate(to: string): void
  /** Reports the idle time in seconds. */
  idle(seconds: number): void
  /** Reports that the machine slept or its screen was locked. */
  away(): void
  /** Gives the sentence about what reports a locked screen, sleep and time without use. */
  describeLock(sentence: string): void
  /** Reports whether the page of the window is in a sandbox. */
  describeSandbox(sandbox: SandboxState): void
  /** Locks on the person's request. */
  lock(): void
  /** Asks the service to check reminders and due keys, since the machine woke from sleep. */
  checkNow(): void
  /** Closes the register and ends the process; after `patience` ms it is ended without asking again. */
  close(patience?: number): Promise<void>
}

/** The service could not open the register. The message and the hint are for people. */
export class ServiceFailed extends Error {
  override readonly name = 'ServiceFailed'
  readonly hint: string
  /** True if its process ended without a reason. */
  readonly isCrash: boolean

  constructor(message: string, hint: string, isCrash = false) {
    super(message)
    this.hint = hint
    this.isCrash = isCrash
  }
}

const CRASHED = new ServiceFailed(
  'The service process of Castellan ended unexpectedly.',
  'Start Castellan again; saved data is intact.',
  true,
)

/** Opens a profile in the service at the end of a channel, and connects the service to the desktop. */
export function linkService<Port>(
  channel: ServiceChannel<Port>,
  desktop: Desktop,
  start: Omit<Extract<ToService, { type: 'open' }>, 'type'>,
): ServiceLink<Port> {
  const held = Promise.withResolvers<void>()
  const ready = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<boolean>()
  let closed = false
  held.promise.catch(() => undefined)
  ready.promise.catch(() => undefined)
  const fail = (error: ServiceFailed): void => {
    held.reject(error)
    ready.reject(error)
  }

  channel.onMessage((message) => {
    switch (message.type) {
      case 'held':
        held.resolve()
        return
      case 'ready':
        held.resolve()
        ready.resolve()
        return
      case 'failed':
        fail(new ServiceFailed(message.message, message.hint))
        return
      case 'notify':
        desktop.notify(message.notification)
        return
      case 'title':
        desktop.setTitle(message.title)
        return
      case 'due':
        desktop.setDue(message.count)
        return
      case 'locked':
        keepPlace(desktop.closeView())
        return
      case 'secret-copied':
        desktop.secretCopied(message.sha256)
        return
      case 'ask-save':
        void answerSave(message.ask, message)
        return
      case 'ask-open':
        void answerOpen(message.ask, message)
        return
      case 'preferences':
        desktop.applyPreferences({
          colourScheme: message.colourScheme,
          keepRunning: message.keepRunning,
          startAtLogin: message.startAtLogin,
        })
        return
      case 'ask-print':
        void answerPrint(message.ask, message.html)
        return
      case 'ask-install':
        void answerInstall(message.ask, message.question)
        return
      // The heartbeat handles it.
      case 'pong':
        return
      case 'closed':
        closed = true
    }
  })
  channel.onExit(() => {
    fail(CRASHED)
    ended.resolve(closed)
  })
  channel.send({ type: 'open', ...start })

  function keepPlace(to: string | null) {
    if (to !== null) channel.send({ type: 'place', to })
  }

  async function answerSave(ask: number, request: SaveQuestion) {
    const answer = await desktop.saveTarget(request).catch(() => ({ outcome: 'cancelled' as const }))
    channel.send({ type: 'save-answer', ask, answer })
  }

  async function answerOpen(ask: number, request: OpenQuestion) {
    const answer = await desktop.openTarget(request).catch(() => ({ outcome: 'cancelled' as const }))
    channel.send({ type: 'open-answer', ask, answer })
  }

  async function answerPrint(ask: number, html: string) {
    const answer = await desktop.printPdf(html).catch((error: unknown) => ({
      outcome: 'failed' as const,
      reason: `The page could not be printed: ${error instanceof Error ? error.message : String(error)}`,
    }))
    channel.send({ type: 'print-answer', ask, answer })
  }

  async function answerInstall(ask: number, question: InstallQuestion) {
    const absent = { outcome: 'failed' as const, reason: 'this window cannot be replaced.' }
    const answer = await (desktop.installUpdate?.(question) ?? Promise.resolve(absent)).catch((error: unknown) => ({
      outcome: 'failed' as const,
      reason: error instanceof Error ? error.message : String(error),
    }))
    channel.send({ type: 'install-answer', ask, answer })
  }

  return {
    held: held.promise,
    ready: ready.promise,
    ended: ended.promise,
    connect: (port) => channel.send({ type: 'connect' }, [port]),
    navigate: (to) => channel.send({ type: 'navigate', to }),
    idle: (seconds) => channel.send({ type: 'idle', seconds }),
    away: () => channel.send({ type: 'away' }),
    describeLock: (sentence) => channel.send({ type: 'lock-described', sentence }),
    describeSandbox: (sandbox) => channel.send({ type: 'sandbox-described', sandbox }),
    lock: () => channel.send({ type: 'lock' }),
    checkNow: () => channel.send({ type: 'check-now' }),
    close: async (patience = 10_000) => {
      channel.send({ type: 'close' })
      const timer = setTimeout(() => channel.kill(), patience)
      await ended.promise
      clearTimeout(timer)
    },
  }
}
