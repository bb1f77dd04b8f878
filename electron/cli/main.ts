import { keepFilesPrivate } from '../service/kit/keep-files-private.ts'
import { sessionOpener } from './open-session.ts'
import { runCli } from './program.ts'
import { processTerminal } from './kit/terminal.ts'

keepFilesPrivate()

// Not process.exit: what was written to a pipe must still arrive.
process.exitCode = await runCli(process.argv.slice(2), processTerminal(), sessionOpener())
