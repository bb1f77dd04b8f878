import { expect, it } from 'vitest'

import { commit } from '../../../../electron/service/core/context.ts'
import { addToList, moveRemediation } from '../../../../electron/service/remediation/journal.ts'
import { existingRemediation } from '../../../../electron/service/remediation/rows.ts'
import { acmeParts, seeded } from '../seeded.ts'

async function withChange() {
  const all = await seeded()
  const { api, service, read, connections } = all
  read(connections.acme, acmeParts())
  const [key] = (await api.keys.list({ limit: 1 })).rows
  const id = key?.keyId ?? 0
  const { remediationId } = await api.remediation.add({
    action: 'key-delete',
    subject: { kind: 'key', id },
    origin: { kind: 'key', id },
  })
  return { context: service.context, remediationId }
}

it('a move that the state of an item does not allow throws, and leaves no row in the audit log', async () => {
  const { context, remediationId } = await withChange()
  const { row } = existingRemediation(context, remediationId)
  const before = existingRemediation(context, remediationId).row.state
  const finish = () => commit(context, ['remediation'], (act) => moveRemediation(act, row, 'remediation.deployed', {}))
  expect(finish).toThrow(`remediation.deployed of a remediation item that is ${before}.`)
  expect(existingRemediation(context, remediationId).row.state).toBe(before)
  const { reader } = context.session().register ?? {}
  expect(reader?.value("SELECT count(*) FROM journal WHERE action = 'remediation.deployed'")).toBe(0)
})

it('a change that is on the list already is not added a second time', async () => {
  const { context, remediationId } = await withChange()
  const { row } = existingRemediation(context, remediationId)
  const again = () =>
    commit(context, ['remediation'], (act) =>
      addToList(act, { ...row, connection: { ...row.connection, client: row.client } }, {
        state: row.state,
        outcome: null,
      } as Parameters<typeof addToList>[2]),
    )
  expect(again).toThrow('It was not added.')
})
