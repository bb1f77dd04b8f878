import { hostService } from './hosted.ts'
import { ignoreClosedTerminal } from '../kit/closed-terminal.ts'
import { keepFilesPrivate } from '../kit/keep-files-private.ts'
import { openHosted } from './open-hosted.ts'
import { utilityChannel } from './shell-channel.ts'

keepFilesPrivate()
ignoreClosedTerminal()

// Ctrl+C in a terminal reaches every process of the group; this one closes its register when the shell requests it.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined)

/** The service in a process of its own, beside Electron's. */
hostService(utilityChannel(), openHosted)
