import { setTimeout } from 'node:timers/promises'

import { defineJob, doJob, reportFromThread } from '../../../electron/files/thread.ts'
import { FORM, type Order } from './jobs.ts'

/** A thread with one job, which follows its order. */
defineJob({
  name: 'read-list',
  refusals: FORM,
  work: async (order: Order): Promise<Float64Array<ArrayBuffer>> => {
    if (order === 'refuse') throw new RangeError('refused')
    if (order === 'fail') throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    if (order === 'exit') process.exit(0)
    if (order === 'wait') await setTimeout(60_000)
    if (order === 'report') reportFromThread('half')
    return new Float64Array([1, 2])
  },
  moved: (answer) => [answer.buffer],
})
await doJob()
