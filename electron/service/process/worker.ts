import { hostService } from './hosted.ts'
import { openHosted } from './open-hosted.ts'
import { workerChannel } from './shell-channel.ts'

/** The service in a thread of the Chromium shell. */
hostService(workerChannel(), openHosted)
