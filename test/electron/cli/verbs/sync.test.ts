import { describe, expect, it } from 'vitest'

import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { openService } from '../../../../electron/service/process/open.ts'
import { NORTHFOLD_CREDENTIAL } from '../../../providers/fixtures/northfold-openai.ts'
import { recordingHost } from '../../service/services.ts'
import { newCastellan } from '../castellan.ts'
import { CONNECT, fakeOrganization, withConnection } from './connected.ts'

describe('sync', () => {
  it('reads an organization, with its progress on standard error', async () => {
    const castellan = await withConnection(await fakeOrganization())
    const ran = await castellan.run('sync')
    expect(ran.code).toBe(0)
    expect(ran.out).toContain('✓ complete')
    expect(ran.err).toMatch(/Users complete, \d+ rows/u)
    expect(ran.err).toMatch(/: complete\n$/u)
    expect((await castellan.run('person', 'list', '--json', '--search', 'mara')).json()).toMatchObject([
      { level: 'owner' },
    ])
    const [row] = (await castellan.run('sync', '--json', '--connection', '1')).json()
    expect(row).toMatchObject({ connectionId: 1, state: 'complete', incomplete: '', reason: null })
  })

  it('ends with 3 when a source could not be read, and names it', async () => {
    const denied = { kind: 'status', status: 403 } as const
    const castellan = await withConnection(
      await fakeOrganization({ faults: { rules: [{ path: /\/invites/u, fault: denied }] } }),
    )
    const ran = await castellan.run('sync', '--json')
    expect(ran.code).toBe(3)
    expect(ran.json()).toMatchObject([{ state: 'partial', incomplete: 'invites:denied' }])
    expect(ran.err).toContain('Invites denied')
  })

  it('ends with 1 when nothing could be read', async () => {
    const castellan = await withConnection(await fakeOrganization())
    await castellan.runWith({ stdin: 'sk-admin-revoked-0123456' }, 'connection', 'credential', '1')
    const ran = await castellan.run('sync', '--json')
    expect(ran.code).toBe(1)
    expect(ran.json()).toMatchObject([{ state: 'failed' }])
  })

  it('ends with 1 and prints why when nothing could be written, even if something was read before', async () => {
    const castellan = await withConnection(await fakeOrganization())
    expect((await castellan.run('sync')).code).toBe(0)
    const secrets = memoryStore('No keychain here.')
    const service = await openService({ profile: castellan.profile, mode: 'write', host: recordingHost(), secrets })
    makeRegister(service.context).transact((writer) =>
      writer.run("CREATE TRIGGER full BEFORE INSERT ON sync BEGIN SELECT RAISE(FAIL, 'no room'); END"),
    )
    await service.close()
    const ran = await castellan.run('sync', '--json')
    expect(ran.code).toBe(1)
    expect(ran.json()).toMatchObject([{ state: 'not written', reason: 'The sync stopped: no room' }])
    expect(ran.err).toMatch(/: not written\n$/u)
  })

  it('uses a credential once and keeps nothing of it', async () => {
    const castellan = newCastellan()
    await castellan.run('client', 'add', 'Acme Corp')
    await castellan.run(...CONNECT, '--no-credential', '--base-url', await fakeOrganization())
    expect((await castellan.run('sync', '--json')).json()).toMatchObject([{ state: 'skipped' }])
    const ran = await castellan.runWith({ stdin: NORTHFOLD_CREDENTIAL }, 'sync', '--credential-stdin', '--json')
    expect(ran.code).toBe(0)
    const [row] = (await castellan.run('connection', 'list', '--json')).json()
    expect(row).toMatchObject({ credential: 'none', credentialHint: null, lastSyncState: 'complete' })
    await castellan.run(...CONNECT, '--no-credential')
    const two = await castellan.runWith({ stdin: NORTHFOLD_CREDENTIAL }, 'sync', '--credential-stdin')
    expect(two.code).toBe(2)
    expect(two.err).toContain('--connection ID')
  })

  it('has nothing to do without a connection, and prints how to add one', async () => {
    const castellan = newCastellan()
    await castellan.run('client', 'add', 'Acme Corp')
    const none = await castellan.run('sync')
    expect(none.code).toBe(1)
    expect(none.err).toContain('connection add')
    expect((await castellan.run('sync', '--connection', '7')).code).toBe(1)
  })
})
