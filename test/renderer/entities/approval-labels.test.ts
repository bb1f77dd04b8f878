import { describe, expect, it } from 'vitest'

import { approvalWord, isApprovable, needsApproval } from '../../../renderer/entities/approval-labels.ts'
import { previewSummary } from '../../../renderer/entities/remediation-labels.ts'
import type { RemediationPreview, RemediationRow } from '../../../shared/contract/remediation.ts'
import { toRemediation } from '../features/remediation/remediations.ts'

type Approval = NonNullable<RemediationRow['approval']>
const at = (state: Approval['state'], more: Partial<Approval> = {}): Approval => ({
  state,
  approved: null,
  own: false,
  ...more,
})
const ANNA = { by: 'Anna', at: 0, until: 86_400_000 }
const call = { method: 'DELETE', url: 'https://provider.example/v1/u1', body: null, says: 'Remove.' }
const previewed = (
  approval: Approval | null,
  approvalObstacle: string | null,
): RemediationPreview['remediations'][number] => ({
  row: toRemediation({ approval }),
  calls: [call],
  impact: null,
  byHand: null,
  readOnlySteps: null,
  obstacle: 'It waits for the approval of a second member.',
  approvalObstacle,
})

describe('the approval of a change', () => {
  it('has no word in a profile without a team, where none is asked for, and once the change was sent', () => {
    for (const approval of [null, at('notNeeded'), at('ended', { approved: ANNA })]) {
      expect(approvalWord(approval)).toBeNull()
    }
  })

  it('names who has to approve it, and who did', () => {
    expect(approvalWord(at('waiting'))).toMatchObject({ word: 'Needs approval', tone: 'warn' })
    expect(approvalWord(at('waiting', { own: true }))?.about).toMatch(/^You added it/u)
    expect(approvalWord(at('outdated', { approved: ANNA }))?.about).toMatch(
      /^Its approval is more than 24 hours old\./u,
    )
    expect(approvalWord(at('approved', { approved: ANNA }))).toMatchObject({ word: 'Approved', tone: 'good' })
    expect(approvalWord(at('approved', { approved: ANNA }))?.about).toMatch(/^Anna approved it\./u)
  })

  it('is offered where a change waits for it and nothing keeps this member from giving it', () => {
    expect(needsApproval(toRemediation({ approval: at('approved') }))).toBe(false)
    expect(isApprovable(previewed(at('waiting'), null))).toBe(true)
    expect(isApprovable(previewed(at('outdated'), null))).toBe(true)
    expect(isApprovable(previewed(at('waiting'), 'You added it.'))).toBe(false)
    expect(isApprovable(previewed(at('notNeeded'), null))).toBe(false)
    const words = previewSummary([previewed(at('waiting'), null), previewed(at('waiting'), 'You added it.')])
    expect(words.map(({ text }) => text)).toEqual(['1 to approve', '1 blocked'])
  })
})
