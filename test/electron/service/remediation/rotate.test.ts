import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { verifyRegister } from '../../../../electron/service/evidence/verify-register.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { SECRET_MS } from '../../../../electron/service/core/secrets.ts'
import { NEW_SECRET, REPEATING } from '../../../providers/openai-writes.ts'
import { followed } from '../fakes.ts'
import { refused } from '../seeded.ts'
import { now, sent, isRequested, world, type World } from './world.ts'

afterEach(() => {
  vi.useRealTimers()
})

async function rotated(it: World) {
  const row = await isRequested(it.service, 'key-rotate', 'prod-web')
  const report = await sent(it.service, row)
  await followed(it.api)
  return { row, report }
}

describe('a rotation', () => {
  it('makes the new key, returns its secret once, waits for its deployment, and then adds the deletion of the old one', async () => {
    const it = await world()
    const { row, report } = await rotated(it)
    const rotation = { remediationId: row.remediationId }
    expect(report).toMatchObject({ stopped: null, rows: [{ state: 'deploying', secretHeld: true }] })
    expect(it.writes()).toEqual(['POST /v1/organization/projects/proj_acme/service_accounts/svc_acct_w1/api_keys'])
    expect(await now(it.service, row)).toMatchObject({ state: 'deploying', shown: true })

    const early = await refused(it.api.remediation.confirmDeployed(rotation))
    expect(early).toMatchObject({ code: 'CONFLICT', message: 'The new secret was not retrieved yet.' })
    expect(await it.api.remediation.takeSecret(rotation)).toEqual({ secret: NEW_SECRET, name: 'prod-web' })
    expect(await refused(it.api.remediation.takeSecret(rotation))).toMatchObject({ code: 'CONFLICT' })
    expect(await now(it.service, row)).toMatchObject({ secretHeld: false })

    const deployed = await it.api.remediation.confirmDeployed(rotation)
    const deletion = (await it.api.remediation.list({ state: 'waiting' })).rows
    expect(deletion).toMatchObject([{ action: 'key-delete', subject: row.subject, origin: row.origin }])
    expect(deployed).toMatchObject({
      state: 'done',
      outcome: `The new key is deployed. Remediation item ${deletion[0]?.remediationId} deletes the old one.`,
    })
    // Nothing is deleted before that was previewed and confirmed too.
    expect(it.writes()).toHaveLength(1)
    await sent(it.service, ...deletion)
    await followed(it.api)
    expect(it.writes()).toHaveLength(2)
    expect(it.actions()).toEqual([
      'remediation.added',
      'remediation.sending',
      'remediation.deploying',
      'remediation.secret-taken',
      'remediation.deployed',
      'remediation.added',
      'remediation.sending',
      'remediation.done',
    ])
    const keys = (await it.api.keys.list({ search: 'prod-web' })).rows
    expect(keys).toHaveLength(1)
    expect(verifyRegister(it.service.context).problems).toEqual([])
  })

  it('whose provider repeats its secret in its name shows it once, and keeps it nowhere', async () => {
    const it = await world()
    const row = await isRequested(it.service, 'key-rotate', 'prod-web', { name: REPEATING })
    const report = await sent(it.service, row)
    const taken = await it.api.remediation.takeSecret({ remediationId: row.remediationId })
    expect(taken).toEqual({ secret: NEW_SECRET, name: `${REPEATING} …` })
    const { reader } = makeRegister(it.service.context)
    const kept = JSON.stringify([report, reader.all('SELECT * FROM journal'), reader.all('SELECT * FROM remediation')])
    expect(kept).toContain(REPEATING)
    expect(kept).not.toContain('MARKED')
  })

  it('is known as the successor of the old key by the next sync', async () => {
    const it = await world()
    const { row } = await rotated(it)
    const history = await it.api.rotation.history({ keyId: row.subject.id })
    expect(history).toMatchObject([{ recognized: true }])
  })

  it('is in no file, row, list or journal', async () => {
    const it = await world()
    const { row, report } = await rotated(it)
    const reader = it.service.context.session().register?.reader
    const list = await it.api.remediation.list({})
    await it.api.remediation.takeSecret({ remediationId: row.remediationId })
    await it.api.remediation.confirmDeployed({ remediationId: row.remediationId })
    const tables = reader?.column<string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'`,
    )
    const reported = [JSON.stringify(report), JSON.stringify(list)]
    for (const table of tables ?? []) reported.push(JSON.stringify(reader?.all(`SELECT * FROM "${table}"`)))
    expect(reported.filter((text) => text.includes(NEW_SECRET))).toEqual([])
    const { profile } = it.service.context.session()
    await it.service.close()
    for (const entry of readdirSync(profile, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const bytes = readFileSync(join(entry.parentPath, entry.name))
      expect([entry.name, bytes.includes(NEW_SECRET)]).toEqual([entry.name, false])
    }
  })

  it('forgets the secret after ten minutes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
    const it = await world()
    const { row } = await rotated(it)
    vi.advanceTimersByTime(SECRET_MS)
    expect(await now(it.service, row)).toMatchObject({ state: 'deploying', secretHeld: false })
    const removed = await refused(it.api.remediation.takeSecret({ remediationId: row.remediationId }))
    expect(removed.message).toMatch(/ten minutes passed/u)
  })

  it('can be cancelled, and the secret is forgotten; the key stays at the provider', async () => {
    const it = await world()
    const { row } = await rotated(it)
    const withdrawn = await it.api.remediation.withdraw({ remediationId: row.remediationId })
    expect(withdrawn).toMatchObject({ state: 'withdrawn', secretHeld: false })
    expect(withdrawn.outcome).toMatch(/stays at the provider/u)
    expect(await refused(it.api.remediation.takeSecret({ remediationId: row.remediationId }))).toMatchObject({
      code: 'CONFLICT',
    })
    expect(await isRequested(it.service, 'key-rotate', 'prod-web')).toMatchObject({ state: 'waiting' })
  })
})
