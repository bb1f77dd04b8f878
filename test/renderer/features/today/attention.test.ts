import { describe, expect, it } from 'vitest'

import { attentionLink, attentionWords } from '../../../../renderer/features/today/attention.ts'
import { attention } from '../../../../shared/contract/overview.ts'

const kinds = attention.shape.kind.options

describe('what needs attention', () => {
  it.each(kinds)('shows %s with its count, in the singular and the plural', (kind) => {
    const one = attentionWords({ kind, count: 1, severity: 'high' })
    const many = attentionWords({ kind, count: 1200, severity: 'low' })
    expect(one.text).toMatch(/\b1\b/u)
    expect(many.text).toContain('1,200')
    expect(one.tone).not.toBe(many.tone)
    expect(one.severity).toBe('high urgency')
  })

  it.each(kinds)('links %s to the rows of that client', (kind) => {
    expect(attentionLink(kind, 'acme-corp').search.client).toBe('acme-corp')
  })

  it('links to the lists by their own filters', () => {
    expect(attentionLink('overdue-keys', 'a')).toEqual({ to: '/keys', search: { client: 'a', rotation: 'overdue' } })
    expect(attentionLink('expired-invites', 'a')).toEqual({
      to: '/findings',
      search: { client: 'a', rule: 'invite-expired' },
    })
  })
})
