import { describe, expect, it } from 'vitest'

import { previewLines } from '../../../../../electron/cli/verbs/remediation/text.ts'
import type { RemediationPreview } from '../../../../../shared/contract/remediation.ts'

/** As much of a previewed change as its lines show. */
function previewed(remediationId: number, obstacle: string | null) {
  const row = {
    remediationId,
    says: 'Delete the key web.',
    client: { name: 'Acme Corp' },
    connection: { label: 'Acme' },
    approval: null,
  }
  const calls = [{ method: 'DELETE', url: 'https://api.example/keys/1', body: null, says: 'Deletes the key.' }]
  return { row, calls, impact: null, byHand: null, readOnlySteps: null, obstacle, approvalObstacle: null }
}

describe('the lines of a preview', () => {
  it('propose the changes that can be sent, with the permission that they were previewed with', () => {
    const preview = {
      token: '1-a',
      confirm: 'acme-corp',
      permissions: [{ connection: { id: 3, label: 'Acme' }, confirm: 'Acme' }],
      remediations: [previewed(1, null), previewed(2, 'Borealis is read-only.'), previewed(4, null)],
    } as unknown as RemediationPreview
    expect(previewLines(preview, { profileNamed: undefined }).at(-1)).toBe(
      'castellan remediation preview 1 4 --allow-once 3',
    )
    expect(previewLines(preview, { profileNamed: "a client's" }).at(-1)).toBe(
      String.raw`castellan remediation preview 1 4 --allow-once 3 --profile 'a client'\''s'`,
    )
  })
})
