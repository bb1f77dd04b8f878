import { describe, expect, it } from 'vitest'

import { lifetimeWords } from '../../../../shared/domain/federation/lifetime.ts'
import {
  federationPath,
  findRuleState,
  reachWords,
  type ReachedRole,
} from '../../../../shared/domain/federation/path.ts'

const workload = 'any workload of the repository acme/web on any branch (GitHub Actions)'
const reached = (role: string, project: string | null, more: Partial<ReachedRole> = {}): ReachedRole => ({
  role,
  project,
  level: 'member',
  isLimited: false,
  ...more,
})

const account = { name: 'web-deploy', externalId: 'svc_1' }

describe('the path of a federation rule', () => {
  it('names the workloads, the service account and its roles', () => {
    expect(federationPath({ workload, account, reaches: [reached('member', 'Shop')] })).toBe(
      'Any workload of the repository acme/web on any branch (GitHub Actions), as service account web-deploy, member of Shop',
    )
  })

  it('names an account without a name by its id, and shows when the rule gives no role', () => {
    expect(federationPath({ workload: 'the workload x', account: { ...account, name: ' ' }, reaches: [] })).toBe(
      'The workload x, as service account svc_1, without a role',
    )
    expect(federationPath({ workload: 'the workload x', account: null, reaches: [] })).toBe(
      'The workload x, without a role',
    )
  })

  it('names three roles and counts the others, and keeps a name that a person gave', () => {
    const reaches = ['a', 'b', 'c', 'd', 'e'].map((project) => reached('workspace_user', project))
    expect(reachWords(reaches)).toBe('workspace user of a, workspace user of b, workspace user of c and 2 more')
    expect(reachWords([reached('Key manager', null)])).toBe('Key manager of the organization')
  })
})

describe('a role that the scopes of a rule limit', () => {
  it('is named with the level that is left', () => {
    const limited = reached('owner', 'Shop', { isLimited: true })
    expect(federationPath({ workload: 'the workload x', account, reaches: [limited] })).toBe(
      'The workload x, as service account web-deploy, owner of Shop, limited by its scopes to member',
    )
    expect(reachWords([limited, reached('owner', null, { level: 'owner' })])).toBe(
      'owner of Shop, limited by its scopes to member; owner of the organization',
    )
  })
})

describe('the state of a federation rule', () => {
  it('is that of the rule, and of its issuer while the rule is active', () => {
    expect(findRuleState({ status: 'active', issuerStatus: 'active' })).toBe('active')
    expect(findRuleState({ status: 'active', issuerStatus: null })).toBe('active')
    expect(findRuleState({ status: 'active', issuerStatus: 'archived' })).toBe('issuer-off')
    expect(findRuleState({ status: 'disabled', issuerStatus: 'archived' })).toBe('disabled')
  })
})

describe('the lifetime of a token', () => {
  it('is in its largest whole unit', () => {
    expect([null, 1, 90, 600, 5400, 3600, 86_400, 172_800].map(lifetimeWords)).toEqual([
      'not reported',
      '1 second',
      '90 seconds',
      '10 minutes',
      '90 minutes',
      '1 hour',
      '1 day',
      '2 days',
    ])
  })
})
