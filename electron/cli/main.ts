import { keepFilesPrivate } from '../service/kit/keep-files-private.ts'
import type { ExitCode } from './kit/exit-code.ts'
import { processTerminal } from './kit/terminal.ts'

keepFilesPrivate()

const argv = process.argv.slice(2)
const terminal = processTerminal()

// Not process.exit: output to a pipe must still be flushed.
process.exitCode = (await answerQuickly()) ?? (await runProgram())

async function answerQuickly(): Promise<ExitCode | null> {
  if (!argv.includes('due') || !argv.includes('--json')) return null
  const { answerDue } = await import('./quick/due.ts')
  return answerDue(argv, terminal, async (error) => (await import('./program.ts')).settle(error, terminal))
}

async function runProgram(): Promise<ExitCode> {
  const [{ runCli }, { sessionOpener }] = await Promise.all([import('./program.ts'), import('./open-session.ts')])
  return runCli(argv, terminal, sessionOpener())
}
