import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it, vi } from 'vitest'

import { sessionOpener } from '../../../../electron/cli/open-session.ts'
import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { exampleFile } from '../../providers/file/example.ts'
import { newService, silentHost } from '../services.ts'

/**
 * The line of each step that the page promises, by its name there. The exchange needs the server of a team and has tests of its own
 * (`test/electron/service/team`).
 */
const LINES: Readonly<Record<string, readonly RegExp[] | null>> = {
  'read a connection': [/^acme \/ Azure: read, \d+ rows\.$/u, /^acme \/ Azure: usage read$/u],
  'read it again': [/^! acme \/ Broken: not read\. .*none\.json/u],
  exchange: null,
  remind: [
    /^dev-old: \d+ days overdue: Acme\. Rotation due on /u,
    /^\d reviews are awaiting sign-off: \d coming up, of Acme\.$/u,
    /^Acme: make the weekly usage report: For week /u,
    /^Acme: 100 % of the month is spent: Acme: [\d,.]+ of 5\.00 USD in \d{4}-\d{2}\.$/u,
  ],
  'back up': [/^Backed up the register to /u],
  import: [/app\.jsonl/u],
}

function readPromises(): readonly string[] {
  const page = readFileSync(new URL('../../../../docs/runner.md', import.meta.url), 'utf8')
  const [table = ''] = /\| step [\s\S]*?\n\n/u.exec(page) ?? []
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((row) => (row.split('|')[1] ?? '').trim())
}

it(
  'a runner prints a line of every step that docs/runner.md promises, budgets included',
  { timeout: 60_000 },
  async () => {
    expect(Object.keys(LINES).toSorted()).toEqual(readPromises().toSorted())
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'], shouldAdvanceTime: true })
    const folder = mkdtempSync(join(tmpdir(), 'castellan-runner-'))
    const path = join(folder, 'azure.json')
    const usage = [{ day: new Date().toISOString().slice(0, 10), project: 'prod', requests: 1, costUsd: '12.5' }]
    writeFileSync(path, JSON.stringify({ ...exampleFile(), usage }))

    const gone = join(folder, 'none.json')
    writeFileSync(gone, JSON.stringify({ ...exampleFile(), organization: { id: 'tenant-2', name: 'Gone' } }))

    // A terminal shows no one anything, and leaves all to the runner.
    const before = await newService({ host: silentHost() })
    const { api } = before
    await api.client.add({ name: 'Acme' })
    await api.connection.add({ client: 'acme', provider: 'file', label: 'Azure', path })
    await api.connection.add({ client: 'acme', provider: 'file', label: 'Broken', path: gone })
    rmSync(gone)
    await api.reports.set({ client: 'acme', values: { weekly: true } })
    // Reviews are due some months after the first sync.
    await api.policy.set({ values: { reviewLeadDays: [90] } })
    await api.budgets.set({ client: 'acme', amount: 5_000_000 })
    const records = mkdtempSync(join(tmpdir(), 'castellan-records-'))
    writeFileSync(
      join(records, 'app.jsonl'),
      `${JSON.stringify({ timestamp: '2026-11-03T10:00:00Z', request_id: '1', feature: 'chat', cost: 1 })}\n`,
    )
    await api.usageFolders.add({ client: 'acme', path: records })
    const { profile } = before.context.session()
    await before.close()

    const lines: string[] = []
    const session = await sessionOpener({ secrets: memoryStore('No keychain in this test.') })({
      profile,
      mode: 'write',
      create: false,
      client: undefined,
      progress: undefined,
      note: (line, kind) => void lines.push(kind === 'problem' ? `! ${line}` : line),
    })
    try {
      await vi.waitUntil(() => lines.some((line) => line.includes('Azure: usage')), { timeout: 20_000 })
      await vi.advanceTimersByTimeAsync(3_600_000)
      const isSeen = (wanted: RegExp): boolean => lines.some((line) => wanted.test(line))
      const wanted = Object.values(LINES).flatMap((each) => each ?? [])
      await vi.waitUntil(() => wanted.every(isSeen), { timeout: 20_000 }).catch(() => undefined)
      expect(wanted.filter((each) => !isSeen(each))).toEqual([])
    } finally {
      await session.close()
      vi.useRealTimers()
    }
  },
)
