import { doJob } from '../../../electron/files/thread.ts'

/** A thread without a job. */
await doJob()
