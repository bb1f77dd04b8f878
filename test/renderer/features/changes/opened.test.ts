import { describe, expect, it } from 'vitest'

import { findSubject } from '../../../../renderer/features/changes/opened.ts'
import type { Change } from '../../../../shared/contract/changes.ts'

const change = (
  kind: Change['kind'],
  of: Change['subject']['kind'],
  over: { readonly personId?: number; readonly project?: number } = {},
): Change => ({
  rowKey: kind,
  kind,
  client: { slug: 'acme', name: 'Acme', colour: '#000000' },
  connection: { id: 1, label: 'Acme', provider: 'openai', organizationId: null },
  sync: { id: 2, at: 0 },
  subject: { kind: of, id: 7, name: 'it', personId: over.personId ?? null },
  project: over.project === undefined ? null : { id: over.project, name: 'Shop' },
  before: null,
  after: null,
  levelBefore: null,
  levelAfter: null,
  madeBy: null,
})

describe('the panel of a change', () => {
  it('is that of its subject, and of the project where the provider no longer lists the subject', () => {
    expect(findSubject(change('certificate-changed', 'certificate', { project: 3 }))).toEqual({ certificate: 7 })
    expect(findSubject(change('certificate-removed', 'certificate', { project: 3 }))).toEqual({ project: 3 })
    expect(findSubject(change('federation-changed', 'federation', { project: 3 }))).toEqual({ rule: 7 })
    expect(findSubject(change('federation-removed', 'federation', { project: 3 }))).toEqual({ project: 3 })
    expect(findSubject(change('key-removed', 'key', { project: 3 }))).toEqual({ project: 3 })
    expect(findSubject(change('recipients-changed', 'limit', { project: 3 }))).toEqual({ project: 3 })
    expect(findSubject(change('tags-changed', 'project'))).toEqual({ project: 7 })
    expect(findSubject(change('provisioning-changed', 'principal', { personId: 5 }))).toEqual({ person: 5 })
  })

  it('is none for what was removed and had no project', () => {
    expect(findSubject(change('certificate-removed', 'certificate'))).toBeNull()
    expect(findSubject(change('project-removed', 'project', { project: 3 }))).toBeNull()
  })
})
