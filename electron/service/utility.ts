import { hostService } from './hosted.ts'
import { keepFilesPrivate } from './keep-files-private.ts'
import { openHosted } from './open-hosted.ts'
import { utilityChannel } from './utility-channel.ts'

keepFilesPrivate()

/** The service in a process of its own, beside Electron's. */
hostService(utilityChannel(), openHosted)
