import { describe, expect, it } from 'vitest'

import { getReader } from '../../../../electron/service/core/context.ts'
import { followed } from '../fakes.ts'
import { acmeBeside, isRequested, nothingSent, now, world, type World } from './world.ts'

const TOMAS = 'tomas@client-acme.example'
const EX = 'ex-contractor@freelance.example'

/** A removal in a read-only connection, previewed with a write permission for one run. */
async function permitted(name = TOMAS) {
  const it = await world({ access: 'read-only' })
  const row = await isRequested(it.service, 'member-remove', name)
  const asked = { remediations: [row.remediationId], allow: [it.connection] }
  const preview = await it.api.remediation.preview(asked)
  const [permission] = preview.permissions
  if (permission === undefined) throw new Error('No permission is asked for.')
  const allow = [{ connectionId: it.connection, confirm: permission.confirm }]
  return { it, row, preview, permission, run: { token: preview.token, confirm: preview.confirm, allow } }
}

const journal = ({ service }: World) =>
  getReader(service.context).all<{ action: string; client: string; subject: string; body: string }>(
    `SELECT action, client, subject, body FROM journal WHERE action LIKE 'connection.write-%' ORDER BY seq`,
  )

describe('a change of a read-only connection', () => {
  it('is blocked, with the steps in the console that do the same, and can be marked as done', async () => {
    const it = await world({ access: 'read-only' })
    const row = await isRequested(it.service, 'member-remove', TOMAS)
    const { remediations, permissions } = await it.api.remediation.preview({ remediations: [row.remediationId] })
    expect(permissions).toEqual([])
    expect(remediations).toMatchObject([
      {
        byHand: null,
        obstacle: expect.stringContaining('is read-only') as string,
        readOnlySteps: expect.stringMatching(/^Open platform\.openai\.com.*\n.*Members\.\nRemove .*tomas@/u) as string,
      },
    ])
    expect(await it.api.remediation.markByHand({ remediationId: row.remediationId })).toMatchObject({ state: 'done' })
    expect(it.writes()).toEqual([])
  })

  it('is sent once with a permission for this run, which is journaled before and after and stored nowhere', async () => {
    const { it, row, preview, permission, run } = await permitted()
    expect(preview.remediations).toMatchObject([{ obstacle: null, readOnlySteps: null }])
    expect(permission).toEqual({
      connection: expect.objectContaining({ id: it.connection }) as object,
      confirm: permission.connection.label,
    })
    expect(await it.api.remediation.run(run)).toMatchObject({ stopped: null, rows: [{ state: 'done' }] })
    expect(it.writes()).toEqual(['DELETE /v1/organization/users/user-b2'])
    const [before, after] = journal(it)
    expect([before?.action, after?.action]).toEqual([
      'connection.write-allowed-once',
      'connection.write-permission-ended',
    ])
    const digest = preview.token.split('.').at(-1)
    expect(JSON.parse(before?.body ?? '')).toEqual({
      connection: it.connection,
      connectionUid: expect.any(String) as string,
      remediations: [row.remediationId],
      remediationUids: [expect.any(String)],
      preview: digest,
    })
    expect(JSON.parse(after?.body ?? '')).toMatchObject({ preview: digest, sent: 1, stopped: null })
    expect((await it.api.connection.get({ id: it.connection })).access).toBe('read-only')
    await followed(it.api)
    expect(await now(it.service, row)).toMatchObject({ shown: true })
  })

  it.each([
    ['before its request', 'sending', 0],
    ['after its request', 'done', 1],
  ])('has the end of its permission in the audit log when it fails %s', async (_, state, requests) => {
    const { it, run } = await permitted()
    it.service.context.session().register?.transact((writer) =>
      writer.run(
        `CREATE TRIGGER no_${state} BEFORE UPDATE OF state ON remediation WHEN NEW.state = '${state}'
             BEGIN SELECT RAISE(ABORT, 'disk'); END`,
      ),
    )
    await expect(it.api.remediation.run(run)).rejects.toThrow('disk')
    expect(it.writes()).toHaveLength(requests)
    const [, ended] = journal(it)
    expect(ended?.action).toBe('connection.write-permission-ended')
    expect(JSON.parse(ended?.body ?? '')).toMatchObject({
      sent: requests,
      stopped: 'Castellan failed while it was sending.',
    })
  })

  it('cannot be sent again by the same permission', async () => {
    const { it, run } = await permitted()
    await it.api.remediation.run(run)
    await followed(it.api)
    const error = await nothingSent(it, () => it.api.remediation.run(run))
    expect(error.message).toContain('a preview can be sent only once')
    expect(journal(it)).toHaveLength(2)
  })

  it.each([
    ['missing', []],
    ['another one', ['something else']],
  ])('is not sent when the word of the permission is %s', async (_, words) => {
    const { it, run } = await permitted()
    const allow = words.map((confirm) => ({ connectionId: it.connection, confirm }))
    const error = await nothingSent(it, () => it.api.remediation.run({ ...run, allow }))
    expect(error.message).toContain('was not confirmed')
    expect(journal(it)).toEqual([])
  })

  it('is not sent by a permission that the preview did not ask for', async () => {
    const { it, row, run } = await permitted()
    const { token } = await it.api.remediation.preview({ remediations: [row.remediationId] })
    const error = await nothingSent(it, () => it.api.remediation.run({ ...run, token }))
    expect(error.message).toContain('asks for no write permission')
  })

  it('is not sent by the permission of another batch or another connection', async () => {
    const { it, run } = await permitted()
    const other = await isRequested(it.service, 'member-remove', EX)
    const [at, , marks, seal] = run.token.split('.')
    const forged = [at, `${other.remediationId}_${it.connection}`, marks, seal].join('.')
    await nothingSent(it, () => it.api.remediation.run({ ...run, token: forged }))
    const { connection } = await acmeBeside(it.service)
    const elsewhere = [{ connectionId: connection, confirm: 'Anthropic' }]
    await nothingSent(it, () => it.api.remediation.run({ ...run, allow: [...run.allow, ...elsewhere] }))
    const only = await it.api.remediation.preview({ remediations: [other.remediationId], allow: [connection] })
    expect(only.permissions).toEqual([])
    expect(only.remediations).toMatchObject([{ obstacle: expect.stringContaining('is read-only') as string }])
  })

  it('is not sent when the connection or the batch changed after the permission was asked for', async () => {
    const { it, run } = await permitted()
    await it.api.connection.update({ id: it.connection, access: 'read-write' })
    const error = await nothingSent(it, () => it.api.remediation.run(run))
    expect(error.message).toMatch(/^Changed since the preview/u)
  })
})
