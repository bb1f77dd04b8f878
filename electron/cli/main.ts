import { keepFilesPrivate } from '../service/kit/keep-files-private.ts'
import type { ExitCode } from './kit/exit-code.ts'
import { processTerminal } from './kit/terminal.ts'

keepFilesPrivate()

const argv = process.argv.slice(2)
const terminal = processTerminal()

// Not process.exit: output to a pipe must still be flushed.
process.exitCode = (await answerQuickly()) ?? (await runProgram())

async function answerQuickly(): Promise<ExitCode | null> {
  const settle = async (error: unknown): Promise<ExitCode> => (await import('./program.ts')).settle(error, terminal)
  if (argv.includes('due') && argv.includes('--json')) {
    const { answerDue } = await import('./quick/due.ts')
    return answerDue(argv, terminal, settle)
  }
  if (!argv.includes('register')) return null
  const { answerRegister } = await import('./quick/register.ts')
  return answerRegister(argv, terminal, settle)
}

async function runProgram(): Promise<ExitCode> {
  const [{ runCli }, { sessionOpener }] = await Promise.all([import('./program.ts'), import('./open-session.ts')])
  return runCli(argv, terminal, sessionOpener())
}
