import { describe, expect, it } from 'vitest'

import type { Register } from '../../../../electron/register/register.ts'
import { wantingRemediations } from '../../../../electron/register/remediation/counts.ts'
import { insertRemediation, setSending, setState } from '../../../fixtures/remediation-rows.ts'
import { REMEDIATION_STATES, type RemediationState } from '../../../../shared/domain/remediation/remediation.ts'
import { type Explained, explainingReader, scans } from '../explaining.ts'
import { newConnection, newRegister } from '../registers.ts'

let subject = 0

function remediationIn(register: Register, connectionId: number, state: RemediationState): void {
  subject += 1
  register.transact((writer) => {
    const id = insertRemediation(writer, {
      connectionId,
      action: 'member-remove',
      subject: { kind: 'principal', id: subject, name: `user ${subject}` },
      values: '{}',
      origin: { kind: 'finding', id: 1 },
      state: 'waiting',
      outcome: null,
      at: 0,
      by: 'Sam',
    })
    if (state === 'sending') setSending(writer, id, 1)
    else setState(writer, id, { state, outcome: null, endedAt: null })
  })
}

describe('remediation items that need a person', () => {
  it('are counted for each client by state, without ended items and items that are being sent', () => {
    const register = newRegister()
    const [acme, other, borealis] = [
      newConnection(register, 'acme'),
      newConnection(register, 'acme', 'anthropic'),
      newConnection(register, 'borealis'),
    ]
    for (const state of REMEDIATION_STATES) remediationIn(register, acme, state)
    remediationIn(register, other, 'waiting')
    remediationIn(register, borealis, 'unsure')
    remediationIn(register, borealis, 'done')
    expect(Object.fromEntries(wantingRemediations(register.reader, {}))).toEqual({
      acme: { waiting: 2, 'by-hand': 1, unsure: 1, deploying: 1 },
      borealis: { unsure: 1 },
    })
    expect([...wantingRemediations(register.reader, { client: 'borealis' }).keys()]).toEqual(['borealis'])
  })

  it('are found by an index, however many have ended', () => {
    const register = newRegister()
    newConnection(register)
    const plans: Explained[] = []
    wantingRemediations(explainingReader(register.reader, plans), {})
    expect(plans.flatMap(scans).filter((scan) => / r\b|remediation/u.test(scan))).toEqual([])
  })
})
