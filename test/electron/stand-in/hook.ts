/** Loaded before the main process's own file: makes this process one of Electron's. */
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { person } from './desktop.ts'
import { writeExercised } from './emulated.ts'
import { type Evaluation, setUp } from './set-up.ts'

const standIn = pathToFileURL(join(import.meta.dirname, 'electron.ts')).href

registerHooks({
  resolve: (name, context, next) => (name === 'electron' ? { url: standIn, shortCircuit: true } : next(name, context)),
})

const { isPackaged, args, root, platform } = setUp
Object.defineProperty(process, 'platform', { value: platform })
Object.defineProperty(process, 'type', { value: 'browser' })
// A packaged application has no folder among its arguments.
process.argv.splice(0, process.argv.length, '/opt/castellan', ...(isPackaged ? [] : [root]), ...args)
if (!isPackaged) Object.defineProperty(process, 'defaultApp', { value: true })

// The application lives until it is quit, with a window or without.
setInterval(() => undefined, 60_000)
process.on('exit', writeExercised)
// Electron shows what the main process throws, and goes on without it ("Don't quit on fatal error").
process.on('uncaughtException', (error) => {
  person.errors.push({
    title: 'A JavaScript error occurred in the main process',
    content: error.stack ?? error.message,
  })
  process.stderr.write(`Uncaught exception: ${error.stack ?? error.message}\n`)
})
process.on('unhandledRejection', (reason) =>
  process.stderr.write(`UnhandledPromiseRejectionWarning: ${String(reason)}\n`),
)

process.on('message', ({ id, source, value }: Evaluation) => {
  void (async () => {
    const electron = (await import(standIn)) as object
    // oxlint-disable-next-line no-eval -- A test's own function, as Playwright evaluates one in Electron.
    const run = (0, eval)(`(${source})`) as (electron: object, value: unknown) => unknown
    return run(electron, value)
  })().then(
    (answer) => setUp.tell({ type: 'answer', id, value: answer }),
    (error: unknown) =>
      setUp.tell({
        type: 'answer',
        id,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
  )
})
