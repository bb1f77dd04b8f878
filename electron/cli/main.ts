import { keepFilesPrivate } from '../service/kit/keep-files-private.ts'
import { sessionOpener } from './open-session.ts'
import { runCli } from './program.ts'
import { processTerminal } from './kit/terminal.ts'

keepFilesPrivate()

// Not process.exit: output to a pipe must still be flushed.
process.exitCode = await runCli(process.argv.slice(2), processTerminal(), sessionOpener())
