import { expect, it } from 'vitest'

import { journal } from '../../../../electron/register/db/journal.ts'
import { listSentOfPeople, listSentOfReview } from '../../../../electron/register/remediation/sent.ts'
import { addApproval, insertRemediation, setSending, setState } from '../../../fixtures/remediation-rows.ts'
import { APPROVAL_MS } from '../../../../shared/domain/remediation/approval.ts'
import { type Explained, explainingReader, scans } from '../explaining.ts'
import { newConnection, newRegister } from '../registers.ts'

const AT = Date.UTC(2026, 10, 27)

it('a change whose request left is evidence by its sender in the audit log and the approvals of its requests that counted then', () => {
  const register = newRegister()
  newConnection(register)
  const found = register.transact((writer) => {
    const client = writer.value<string>('SELECT slug FROM client')!
    const person = writer.run("INSERT INTO person (name, created_at) VALUES ('Tomas', 0)").lastId
    const log = (action: string, at: number, operator: string, body: object): void => {
      journal(writer, { at, operator, action, client, subject: 'Tomas', body: { ...body } })
    }
    const add = (externalId: string): number => {
      const id = writer.run(
        "INSERT INTO principal (connection_id, external_id, kind, person_id) VALUES (1, ?, 'user', ?)",
        [externalId, person],
      ).lastId
      return insertRemediation(writer, {
        connectionId: 1,
        action: 'member-remove',
        subject: { kind: 'principal', id, name: externalId },
        values: '{}',
        origin: null,
        state: 'waiting',
        outcome: null,
        at: AT,
        by: 'Mara',
        uid: `uid-${externalId}`,
      })
    }
    const send = (id: number, name: string, at: number): void => {
      log('remediation.sending', at, 'Anna', { remediationUid: `uid-${name}`, calls: 'a' })
      setSending(writer, id, at)
    }
    const end = (id: number, state: 'done' | 'waiting' | 'withdrawn'): void =>
      setState(writer, id, { state, outcome: null, endedAt: AT })

    const sent = add('sent')
    addApproval(writer, sent, { by: 'Too early', at: AT - APPROVAL_MS, calls: 'a' })
    addApproval(writer, sent, { by: 'Of other requests', at: AT, calls: 'b' })
    addApproval(writer, sent, { by: 'Nils', at: AT, calls: 'a' })
    // A first request did not leave; the second one, in the same millisecond, did.
    send(sent, 'sent', AT + 1)
    log('remediation.unsent', AT + 1, 'Anna', { remediationUid: 'uid-sent' })
    end(sent, 'waiting')
    send(sent, 'sent', AT + 1)
    end(sent, 'done')

    add('waiting')
    const unsent = add('unsent')
    send(unsent, 'unsent', AT + 2)
    log('remediation.unsent', AT + 2, 'Anna', { remediationUid: 'uid-unsent' })
    end(unsent, 'withdrawn')

    const alone = add('alone')
    log('remediation.sending', AT + 3, 'Old', { remediationUid: 'uid-alone' })
    setSending(writer, alone, AT + 3)
    return listSentOfPeople(writer, client, [person])
  })
  const adding = { by: 'Mara', at: AT }
  expect(found.map(({ state, added, approvals, sent }) => ({ state, added, approvals, sent }))).toEqual([
    { state: 'done', added: adding, approvals: [{ by: 'Nils', at: AT }], sent: { by: 'Anna', at: AT + 1 } },
    { state: 'sending', added: adding, approvals: [], sent: { by: 'Old', at: AT + 3 } },
  ])

  const plans: Explained[] = []
  const reader = explainingReader(register.reader, plans)
  listSentOfReview(reader, 1)
  listSentOfPeople(reader, 'acme', [1])
  // What is scanned was searched for before: the items, and the rows of their sending.
  expect(plans.flatMap(scans).filter((scan) => !/ (?:o|own|item|i|s)$/u.test(scan))).toEqual([])
})
