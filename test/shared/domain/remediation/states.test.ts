import { describe, expect, it } from 'vitest'

import { REMEDIATION_STATES } from '../../../../shared/domain/remediation/remediation.ts'
import {
  isEnded,
  isUnsent,
  nextRemediationState,
  REMEDIATION_EVENTS,
} from '../../../../shared/domain/remediation/states.ts'

/** Every event in the order of `REMEDIATION_STATES`; a dash where the event is refused. */
const TABLE: Readonly<Record<(typeof REMEDIATION_EVENTS)[number], string>> = {
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
  it.each(REMEDIATION_EVENTS)('%s is defined for every state', (event) => {
    const after = REMEDIATION_STATES.map((state) => nextRemediationState(state, event) ?? '-')
    expect(after).toEqual(TABLE[event].trim().split(/\s+/u))
  })

  it('end with done, failed and withdrawn alone', () => {
    expect(REMEDIATION_STATES.filter(isEnded)).toEqual(['done', 'failed', 'withdrawn'])
  })

  it('are unsent while an item waits to be sent or for manual steps', () => {
    expect(REMEDIATION_STATES.filter(isUnsent)).toEqual(['waiting', 'by-hand'])
  })
})
