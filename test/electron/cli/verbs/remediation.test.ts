import { describe, expect, it } from 'vitest'

import { NEW_SECRET } from '../../../providers/openai-writes.ts'
import type { Castellan } from '../castellan.ts'
import { fakeOrganization, withConnection } from './connected.ts'

const REFUSING = { rules: [{ path: /invites/u, method: 'DELETE', fault: { kind: 'status', status: 403 } as const }] }

/** Northfold, read, in a connection that may write. */
async function writable(options: Parameters<typeof fakeOrganization>[0] = {}): Promise<Castellan> {
  const castellan = await withConnection(await fakeOrganization(options), 'read-write')
  await castellan.run('sync')
  return castellan
}

async function findFinding(castellan: Castellan, rule: string, subject: string): Promise<string> {
  const rows = (await castellan.run('finding', 'list', '--rule', rule, '--json')).json()
  const found = rows.find((row) => row['subject'] === subject)
  if (found === undefined) throw new Error(`There is no ${rule} about ${subject}.`)
  return String(found['findingId'])
}

/** Adds the deletion of an invite to the list. */
async function inviteOnList(castellan: Castellan): Promise<void> {
  const finding = await findFinding(castellan, 'invite-stale', 'new.dev@client-acme.example').catch(() =>
    findFinding(castellan, 'invite-expired', 'new.dev@client-acme.example'),
  )
  await castellan.run('remediation', 'add', '--finding', finding)
}

describe('remediation', () => {
  it('goes from a finding to the list, the preview, the provider and the sync that shows it', async () => {
    const castellan = await writable()
    await inviteOnList(castellan)
    expect((await castellan.run('remediation', 'list', '--json')).json()).toMatchObject([
      { remediationId: 1, state: 'waiting', action: 'invite-delete', originKind: 'finding', shown: null },
    ])
    const preview = await castellan.run('remediation', 'preview', '1')
    expect(preview.out).toMatch(/DELETE http:\/\/127\.0\.0\.1:\d+\/v1\/organization\/invites\/invite-01/u)
    const [, id = '', mark = '', word = ''] =
      /remediation run (\d+) --mark ([0-9a-f]{8}) --confirm (\S+)/u.exec(preview.out) ?? []
    const token = [id, '--mark', mark]
    expect(word).toBe('new.dev@client-acme.example')

    expect(mark).toHaveLength(8)
    const other = await castellan.run('remediation', 'run', id, '--mark', '00000000', '--confirm', word)
    expect(other).toMatchObject({ code: 1, err: expect.stringContaining('is not what was previewed') as string })
    const wrong = await castellan.run('remediation', 'run', ...token, '--confirm', 'yes')
    expect(wrong.code).toBe(1)
    expect(wrong.err).toContain('Nothing was sent.')

    const ran = await castellan.run('remediation', 'run', ...token, '--confirm', word)
    expect(ran.err).toContain('complete')
    expect(ran.out).toContain('✓ done')
    expect(ran.code).toBe(0)
    expect((await castellan.run('remediation', 'list', '--json')).json()).toMatchObject([
      { state: 'done', shown: true },
    ])
    expect((await castellan.run('remediation', 'list')).out).toContain('✓ done, verified by a sync')
    expect((await castellan.run('remediation', 'run', ...token, '--confirm', word)).code).toBe(1)
  })

  it('prints the secret of a new key once, and waits until it is deployed', async () => {
    const castellan = await writable()
    const finding = await findFinding(castellan, 'rotation-overdue', 'prod-web')
    const several = await castellan.run('remediation', 'add', '--finding', finding)
    expect(several.code).toBe(2)
    expect(several.err).toContain('1: Rotate the key prod-web.')
    expect((await castellan.run('remediation', 'propose', '--finding', finding, '--json')).json()).toMatchObject([
      { pick: 1, action: 'key-rotate', remediationId: null },
      { pick: 2, action: 'key-delete' },
    ])
    await castellan.run('remediation', 'add', '--finding', finding, '--pick', '1')
    const ran = await castellan.run('remediation', 'run', '1', '--confirm', 'prod-web', '--json')
    expect(ran.code).toBe(0)
    expect(ran.json<object>()).toMatchObject({
      stopped: null,
      rows: [{ state: 'deploying' }],
      secrets: [{ remediationId: 1, name: 'prod-web', secret: NEW_SECRET }],
    })
    expect(ran.err).not.toContain(NEW_SECRET)
    const deployed = await castellan.run('remediation', 'deployed', '1')
    expect(deployed.out).toMatch(/item 2 deletes the old one/u)
    expect((await castellan.run('remediation', 'list', '--state', 'waiting', '--json')).json()).toMatchObject([
      { remediationId: 2, action: 'key-delete' },
    ])
    expect((await castellan.run('remediation', 'cancel', '2')).out).toContain('Change 2: withdrawn.')
  })

  it('adds everything about a leaver to the list together', async () => {
    const castellan = await writable()
    const [tomas] = (await castellan.run('person', 'list', '--json', '--search', 'tomas@')).json()
    const person = ['--person', String(tomas?.['personId'])]
    const added = await castellan.run('remediation', 'add', ...person, '--all', '--json')
    expect(added.json().map((row) => row['says'])).toEqual([
      'Remove tomas@client-acme.example from the organization.',
      'Delete the key tomas laptop.',
      'Rotate the key prod-web.',
    ])
    expect((await castellan.run('remediation', 'add', ...person, '--all')).out).toBe('Nothing was added.\n')
    const preview = await castellan.run('remediation', 'preview', '1', '2')
    expect(preview.out).toContain("--confirm 'REMOVE 2'")
  })

  it('sends nothing on a connection that is read-only', async () => {
    const castellan = await withConnection(await fakeOrganization())
    await castellan.run('sync')
    await inviteOnList(castellan)
    const preview = await castellan.run('remediation', 'preview', '1')
    expect(preview.out).toMatch(/cannot be sent: .+ is read-only/u)
    expect(preview.out).toContain('Nothing to send.')
    const ran = await castellan.run('remediation', 'run', '1', '--confirm', 'new.dev@client-acme.example')
    expect(ran.code).toBe(1)
    expect(ran.err).toContain('read-only')
  })

  it('sends on such a connection with a permission for one run, by the word that the preview asks for', async () => {
    const castellan = await withConnection(await fakeOrganization())
    await castellan.run('sync')
    await inviteOnList(castellan)
    const preview = await castellan.run('remediation', 'preview', '1', '--allow-once', '1', '--json')
    const { permissions } = preview.json<{ permissions: readonly { confirm: string }[] }>()
    const word = permissions[0]?.confirm ?? ''
    const argv = ['remediation', 'run', '1', '--confirm', 'new.dev@client-acme.example']
    const wrong = await castellan.run(...argv, '--allow-once', '1=yes')
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('was not confirmed')])
    const ran = await castellan.run(...argv, '--allow-once', `1=${word}`)
    expect({ code: ran.code, out: ran.out }).toEqual({ code: 0, out: expect.stringContaining('done') as string })
    expect((await castellan.run('connection', 'list', '--json')).json()).toMatchObject([{ access: 'read-only' }])
  })

  it('ends with 1 when nothing was done, and prints why', async () => {
    const castellan = await writable({ faults: REFUSING })
    await inviteOnList(castellan)
    const ran = await castellan.run('remediation', 'run', '1', '--confirm', 'new.dev@client-acme.example')
    expect(ran.err).toContain('may not do this (403)')
    expect(ran.code).toBe(1)
  })

  it('accepts an amount in dollars', async () => {
    const castellan = await writable()
    await castellan.run('client', 'list')
    const bad = await castellan.run('remediation', 'add', '--finding', '1', '--amount', 'much')
    expect(bad.code).toBe(2)
    expect(bad.err).toContain('Write an amount in dollars')
    const none = await castellan.run('remediation', 'add', '--amount', '99.50')
    expect(none.code).toBe(2)
    expect(none.err).toContain('--finding ID')
  })
})
