import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

import { expect, it } from 'vitest'

import { findSqliteModule } from '../../../../electron/register/db/sqlite-module.ts'

const hasMusl = existsSync('/lib/ld-musl-x86_64.so.1') || existsSync('/lib/ld-musl-aarch64.so.1')

it.runIf(process.platform === 'linux' && !hasMusl)(
  'a thread opens a register without a report of its process',
  async () => {
    expect(findSqliteModule()).toMatch(/prebuilds\/linux-(?:x64|arm64)\.node$/u)
    const module = new URL('../../../../electron/register/db/database-file.ts', import.meta.url).href
    const script = `
    process.report.getReport = () => { throw new Error('A report was made.') }
    const { keyed } = await import('${module}')
    keyed(':memory:', new Uint8Array(32), false).close()
    const { parentPort } = await import('node:worker_threads')
    parentPort.postMessage('opened')`
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`))
    const said = await new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject))
    expect(said).toBe('opened')
    await worker.terminate()
  },
)
