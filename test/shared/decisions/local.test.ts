import { expect, it } from 'vitest'

import { removeLocalFields } from '../../../shared/decisions/local.ts'

it('numbers and paths of one register are removed from a body, also within its members, and nothing else is', () => {
  const connectionUid = '01890a5d-ac96-774b-bcce-b302099a8057'
  const named = { connectionUid, externalId: 'user-1' }
  const body = {
    v: 1,
    remediation: 4,
    remediationUid: connectionUid,
    action: 'project-member-remove',
    says: 'Remove Tomas from Chatbot.',
    connection: 'Acme',
    connectionUid,
    subject: { kind: 'principal', id: 7, named },
    values: { projectId: 3, projectNamed: { connectionUid, externalId: 'proj_a' }, role: undefined },
    origin: { kind: 'person', id: 9, named: { address: 'tomas@acme.example' } },
    state: 'waiting',
    outcome: null,
  }
  const { remediation: _, ...others } = body
  expect(removeLocalFields('remediation.added', body)).toEqual({
    ...others,
    subject: { kind: 'principal', named },
    values: { projectNamed: body.values.projectNamed },
    origin: { kind: 'person', named: body.origin.named },
  })
  expect(removeLocalFields('remediation.added', { ...others, origin: null })).toMatchObject({ origin: null })
})
