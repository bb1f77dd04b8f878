import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { listAnsweredJobs, runJob } from '../../../electron/files/thread.ts'
import { JOB, type Order } from './jobs.ts'

const FILE = join(import.meta.dirname, 'jobs-thread.ts')

const run = (order: Order, { signal = new AbortController().signal, file = FILE, onReport = () => undefined } = {}) =>
  runJob(JOB, order, { signal, file, onReport, interrupted: () => new Error('interrupted') })

describe('a job in a thread', () => {
  it('answers, and is then among the jobs that answered', async () => {
    expect(await run('answer')).toEqual(new Float64Array([1, 2]))
    expect(listAnsweredJobs()).toContain('read-list')
  })

  it('reports before it answers', async () => {
    const reports: unknown[] = []
    await runJob(JOB, 'report', {
      signal: new AbortController().signal,
      file: FILE,
      onReport: (report) => void reports.push(report),
      interrupted: () => new Error('interrupted'),
    })
    expect(reports).toEqual(['half'])
  })

  it('rejects with the refusal that its caller makes, and with any other error as it is', async () => {
    const refused = await run('refuse').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(RangeError)
    expect(refused).toMatchObject({ message: 'made of refused' })
    expect(await run('fail').catch((error: unknown) => error)).toMatchObject({ message: 'no space', code: 'ENOSPC' })
  })

  it('is interrupted when it ends without an answer, and by its signal, before its start too', async () => {
    await expect(run('exit')).rejects.toThrow('interrupted')
    const stop = new AbortController()
    const waiting = run('wait', { signal: stop.signal })
    stop.abort()
    await expect(waiting).rejects.toThrow('interrupted')
    await expect(run('wait', { signal: AbortSignal.abort() })).rejects.toThrow('interrupted')
  })

  it('rejects where the code of the thread is missing, or defines no such job', async () => {
    await expect(run('answer', { file: join(import.meta.dirname, 'none.ts') })).rejects.toThrow(/none\.ts/u)
    const empty = join(import.meta.dirname, 'no-jobs-thread.ts')
    await expect(run('answer', { file: empty })).rejects.toThrow('No module of this thread defines the job read-list.')
  })
})
