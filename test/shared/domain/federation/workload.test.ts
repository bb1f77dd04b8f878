import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { describeWorkload, PINS, type WorkloadMatch } from '../../../../shared/domain/federation/workload.ts'

const GITHUB = 'https://token.actions.githubusercontent.com'

const match = (over: Partial<WorkloadMatch>): WorkloadMatch => ({
  issuer: GITHUB,
  subject: null,
  claims: {},
  condition: null,
  ...over,
})

describe('describeWorkload', () => {
  it.each([
    [
      match({ subject: 'repo:acme/web:ref:refs/heads/main' }),
      'exact',
      'workloads of the repository acme/web on the branch main (GitHub Actions)',
    ],
    [
      match({ subject: 'repo:acme/web:ref:refs/tags/v1' }),
      'exact',
      'workloads of the repository acme/web on the tag v1 (GitHub Actions)',
    ],
    [
      match({ subject: 'repo:acme/web:environment:prod' }),
      'exact',
      'workloads of the repository acme/web in the environment prod (GitHub Actions)',
    ],
    [
      // Of every branch from which a pull request is opened.
      match({ subject: 'repo:acme/web:pull_request' }),
      'repository',
      'any workload of the repository acme/web on any branch (GitHub Actions)',
    ],
    [
      match({ subject: 'repo:acme/web:*' }),
      'repository',
      'any workload of the repository acme/web on any branch (GitHub Actions)',
    ],
    [
      match({ subject: 'repo:acme/web:ref:refs/heads/*' }),
      'repository',
      'any workload of the repository acme/web on any branch (GitHub Actions)',
    ],
    [match({ subject: 'repo:acme/*' }), 'owner', 'any workload of any repository of acme (GitHub Actions)'],
    [match({ subject: 'repo:acme/we*' }), 'owner', 'any workload of any repository of acme (GitHub Actions)'],
    [match({ subject: 'repo:*' }), 'pattern', 'every workload whose subject begins with repo: (GitHub Actions)'],
    [match({ subject: 'repo:ac*' }), 'pattern', 'every workload whose subject begins with repo:ac (GitHub Actions)'],
    [match({ subject: '*' }), 'open', 'every workload of the issuer (GitHub Actions)'],
    [match({}), 'open', 'every workload of the issuer (GitHub Actions)'],
    [
      match({ subject: '*', claims: { repository: 'acme/web' } }),
      'repository',
      'any workload of the repository acme/web on any branch (GitHub Actions)',
    ],
    [
      match({ claims: { repository: 'acme/web', ref: 'refs/heads/main' } }),
      'exact',
      'workloads of the repository acme/web on the branch main (GitHub Actions)',
    ],
    [
      match({ claims: { repository_owner: 'acme' } }),
      'owner',
      'any workload of any repository of acme (GitHub Actions)',
    ],
    [match({ claims: { actor: 'mara' } }), 'pattern', 'every workload whose actor is mara (GitHub Actions)'],
    [
      match({ condition: 'claims.repository_owner == "acme"' }),
      'condition',
      'workloads that meet a condition: claims.repository_owner == "acme" (GitHub Actions)',
    ],
    [
      match({ claims: { repository_owner: 'acme' }, condition: 'claims.repository == "acme/web"' }),
      'condition',
      'any workload of any repository of acme, under a condition: claims.repository == "acme/web" (GitHub Actions)',
    ],
    [
      match({ subject: 'repo:acme/web:ref:refs/heads/main', condition: 'claims.actor == "mara"' }),
      'exact',
      'workloads of the repository acme/web on the branch main (GitHub Actions)',
    ],
    [
      match({ claims: { repository_id: '123' } }),
      'repository',
      'any workload of the repository 123 on any branch (GitHub Actions)',
    ],
    [
      match({ claims: { repository_owner_id: '42' } }),
      'owner',
      'any workload of any repository of 42 (GitHub Actions)',
    ],
    [
      match({ issuer: 'https://accounts.google.com', claims: { email: 'ci@acme.example' } }),
      'exact',
      'the workload whose email is ci@acme.example (Google Cloud)',
    ],
    [
      match({ issuer: 'https://oidc.acme.example', claims: { namespace: 'prod' } }),
      'claims',
      'workloads whose namespace is prod (oidc.acme.example)',
    ],
    [
      match({
        issuer: 'https://oidc.acme.example',
        subject: 'system:serviceaccount:prod:web',
        claims: { repository_owner: 'acme' },
      }),
      'exact',
      'the workload system:serviceaccount:prod:web (oidc.acme.example)',
    ],
    [match({ issuer: '' }), 'open', 'every workload of the issuer'],
    [
      match({ issuer: 'https://gitlab.com', subject: 'project_path:acme/web:ref_type:branch:ref:main' }),
      'exact',
      'workloads of the repository acme/web on the branch main (GitLab)',
    ],
    [
      match({ issuer: 'https://oidc.acme.example', subject: 'system:serviceaccount:prod:web' }),
      'exact',
      'the workload system:serviceaccount:prod:web (oidc.acme.example)',
    ],
    [
      match({ issuer: 'https://oidc.acme.example', subject: 'system:serviceaccount:*' }),
      'pattern',
      'every workload whose subject begins with system:serviceaccount: (oidc.acme.example)',
    ],
  ] as const)('describes %j as %s', (given, pin, words) => {
    expect(describeWorkload(given)).toEqual({ pin, words })
  })

  it('never becomes more open by a further claim with an exact value', () => {
    const claim = fc.constantFrom('repository', 'repository_owner', 'ref', 'actor')
    const value = fc.constantFrom('acme', 'acme/web', 'refs/heads/main')
    fc.assert(
      fc.property(fc.dictionary(claim, value), claim, value, (claims, name, added) => {
        const before = describeWorkload(match({ claims }))
        const after = describeWorkload(match({ claims: { [name]: added, ...claims } }))
        expect(PINS.indexOf(after.pin)).toBeLessThanOrEqual(PINS.indexOf(before.pin))
      }),
    )
  })
})
