import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import type { Service } from '../../../../electron/service/process/open.ts'
import { profilePaths } from '../../../../electron/service/profile/paths.ts'
import { fakeClock } from '../../../providers/fake-clock.ts'
import { NORTHFOLD_CREDENTIAL } from '../../../providers/fixtures/northfold-openai.ts'
import { synced } from '../fakes.ts'
import { settled } from '../plans/world.ts'
import { sent, isRequested, world } from '../remediation/world.ts'
import { refused } from '../seeded.ts'
import { newProfile, newService } from '../services.ts'

/** What the world of the test does before the week. */
const SET_UP = [
  'decided client.added',
  'decided connection.added',
  'decided credential.set',
  'decided connection.changed',
  'sync.ended complete',
]

/** Not steps of the work; a slow machine has slow statements. */
const EVERY_DAY: readonly string[] = ['profile.opened', 'decided credential.replaced', 'statement.slow']

const DAY_MS = 86_400_000

interface Line {
  readonly event: string
  readonly time: string
  readonly call?: string
  readonly actions?: string
  readonly state?: string
  readonly operation?: string
  readonly reason?: string
}

it('a week of an agency’s work leaves a log that names each step, and no secret, name or address', async () => {
  const profile = newProfile()
  const out = mkdtempSync(join(tmpdir(), 'castellan-week-'))
  const it = await world({ profile })
  await it.service.close()
  const monday = Date.now()
  const steps: string[] = []
  /** The product is opened for a day's work, and closed in the evening. */
  const onDay = async (day: number, work: (service: Service) => Promise<void>): Promise<void> => {
    const service = await newService({ profile, now: () => monday + day * DAY_MS, clock: fakeClock() })
    await service.api.connection.setCredential({ id: it.connection, credential: NORTHFOLD_CREDENTIAL })
    await work(service)
    await service.close()
  }
  await onDay(0, async ({ api }) => {
    await synced(api)
    steps.push('sync.ended complete')
    const { rows } = await api.findings.list({ limit: 1 })
    await api.findings.accept({
      findingId: rows[0]?.findingId ?? 0,
      reason: 'Known until the move.',
      until: getDay(monday + 30 * DAY_MS),
      confirm: 'ACCEPT 1',
    })
    steps.push('decided finding.accepted')
  })
  await onDay(1, async ({ api }) => {
    const { rows } = await api.rotation.due({})
    await api.rotation.mark({ keyId: rows[0]?.keyId ?? 0, note: 'in the vault' })
    steps.push('decided key.rotated')
    // The provider is down for an hour.
    it.rules.push({ path: /./u, fault: { kind: 'status', status: 503 } })
    await synced(api)
    it.rules.splice(0)
    steps.push('sync.ended failed')
  })
  await onDay(2, async ({ api }) => {
    const { reviewId } = await api.reviews.open({ kind: 'roles', client: 'northfold', override: 'Read in part.' })
    await api.reviews.decide({ reviewId, items: {}, decision: 'keep', why: 'They work on it.' })
    await api.reviews.sign({ reviewId, as: 'Mara Lindqvist' })
    await api.evidence.pack({ reviewId, directory: out })
    steps.push('decided review.opened', 'decided review.decided', 'decided review.signed')
    steps.push('decided evidence.key-noted', 'decided evidence.packed')
    await refused(api.reviews.sign({ reviewId, as: 'Mara Lindqvist' }))
    steps.push('call.refused reviews.sign')
  })
  await onDay(3, async (service) => {
    const row = await isRequested(service, 'member-remove', 'tomas@client-acme.example')
    await sent(service, row)
    await settled(service.api)
    steps.push(
      'decided remediation.added',
      'decided remediation.sending',
      'decided remediation.done',
      'sync.ended complete',
    )
  })
  await onDay(4, async ({ api }) => {
    const month = getDay(monday).slice(0, 7)
    await api.files.exportRegister({ format: 'md', path: join(out, 'register.md') })
    await api.reports.export({
      kind: 'monthly',
      client: 'northfold',
      period: month,
      source: 'billed',
      format: 'md',
      path: join(out, 'report.md'),
    })
    await api.backup.make()
    steps.push('decided register.exported', 'decided report.exported', 'backup.made')
  })
  const text = readFileSync(profilePaths(profile).log, 'utf8')
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
  const reported = lines.map(({ event, actions, state, operation }) =>
    [event, actions ?? state ?? operation].filter((part) => part !== undefined).join(' '),
  )
  expect(reported.filter((line) => !EVERY_DAY.includes(line))).toEqual([...SET_UP, ...steps])
  expect(reported.filter((line) => line === 'profile.opened')).toHaveLength(6)
  const failed = lines.find(({ event, state }) => event === 'sync.ended' && state !== 'complete')
  expect(failed?.reason).toMatch(/503/u)
  expect(lines.every(({ event, call }) => event !== 'decided' || /^\d+-\d+$/u.test(call ?? ''))).toBe(true)
  expect(text).not.toContain(NORTHFOLD_CREDENTIAL)
  expect(text).not.toMatch(/northfold|acme|Lindqvist|Okafor|@/iu)
})

function getDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
