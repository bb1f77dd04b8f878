import { describe, expect, it } from 'vitest'

import { REMEDY_STATES } from '../../../../shared/domain/remediation/remediation.ts'
import { isEnded, isUnsent, nextRemediationState, REMEDY_EVENTS } from '../../../../shared/domain/remediation/states.ts'

/** Every event in the order of `REMEDY_STATES`; a dash where the event is refused. */
const TABLE: Readonly<Record<(typeof REMEDY_EVENTS)[number], string>> = {
  //         waiting   by-hand   sending   unsure    deploying done failed withdrawn
  send: '    sending   sending   -         -         -         -    -      -',
  unsend: '  -         -         waiting   -         -         -    -      -',
  confirm: ' -         -         done      -         -         -    -      -',
  reject: '  -         -         failed    -         -         -    -      -',
  lose: '    -         -         unsure    -         -         -    -      -',
  make: '    -         -         deploying -         -         -    -      -',
  deploy: '  -         -         -         -         done      -    -      -',
  mark: '    done      done      -         done      -         -    -      -',
  disprove: '-         -         -         failed    -         -    -      -',
  withdraw: 'withdrawn withdrawn -         withdrawn withdrawn -    -      -',
}

describe('the states of an item of the remediation list', () => {
  it.each(REMEDY_EVENTS)('%s is defined for every state', (event) => {
    const after = REMEDY_STATES.map((state) => nextRemediationState(state, event) ?? '-')
    expect(after).toEqual(TABLE[event].trim().split(/\s+/u))
  })

  it('end with done, failed and withdrawn alone', () => {
    expect(REMEDY_STATES.filter(isEnded)).toEqual(['done', 'failed', 'withdrawn'])
  })

  it('are unsent while an item waits to be sent or for manual steps', () => {
    expect(REMEDY_STATES.filter(isUnsent)).toEqual(['waiting', 'by-hand'])
  })
})
