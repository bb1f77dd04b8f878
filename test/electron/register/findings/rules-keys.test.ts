import { describe, expect, it } from 'vitest'

import type { KeyFact } from '../../../../shared/domain/facts.ts'
import { project } from '../registers.ts'
import { ago, foundBy, type World } from './worlds.ts'

const stranger = { externalId: 'zoe', kind: 'user', name: 'Zoe', email: 'zoe@acme.example' } as const
const account = { externalId: 'svc', kind: 'service-account', name: 'svc', email: null } as const
const used = (days: number): Partial<KeyFact> => ({ lastUse: { state: 'known', at: ago(days) } })
const admin = (over: Partial<KeyFact> = {}): Partial<KeyFact> => ({
  kind: 'admin',
  project: null,
  ownerAccess: null,
  ...over,
})
const never = (days: number): Partial<KeyFact> => ({ lastUse: { state: 'never' }, createdAt: ago(days) })
const archived = [project('proj_a', { name: 'Web', status: 'archived' })]

/** Rule, what is the case, the one key of the world, whether it is found. */
const KEYS: readonly (readonly [string, string, Partial<KeyFact>, boolean, Omit<World, 'keys'>?])[] = [
  ['key-owner-gone', 'an owner whom no list names', { owner: stranger, ownerAccess: null }, true],
  ['key-owner-gone', 'an owner who stands', {}, false],
  ['key-owner-gone', 'an owner who has only lost the project', { ownerAccess: 'inactive' }, false],
  ['key-owner-gone', 'an owner of whom no list that was read could tell', { owner: account, ownerAccess: null }, false],
  ['key-owner-without-project', 'an owner without the project', { ownerAccess: 'inactive' }, true],
  ['key-owner-without-project', 'an owner in the project', { ownerAccess: 'active' }, false],
  ['key-owner-without-project', 'nothing said about the project', { ownerAccess: null }, false],
  ['key-owner-none', 'nobody', { ownerState: 'none', owner: null, ownerAccess: null }, true],
  ['key-owner-none', 'an unknown creator', { ownerState: 'unknown', owner: null, ownerAccess: null }, false],
  ['key-owner-none', 'an admin key of nobody', admin({ ownerState: 'none', owner: null }), false],
  ['key-creator-unknown', 'an unknown creator', { ownerState: 'unknown', owner: null, ownerAccess: null }, true],
  ['key-creator-unknown', 'nobody', { ownerState: 'none', owner: null, ownerAccess: null }, false],
  ['key-creator-unknown', 'a known creator', {}, false],
  ['key-unused', '44 days without use', used(44), false],
  ['key-unused', '45 days without use', used(45), true],
  ['key-unused', '89 days without use', used(89), true],
  ['key-unused', '90 days without use, which is another rule', used(90), false],
  ['key-unused', 'no report of use', { lastUse: { state: 'not-reported' }, createdAt: ago(500) }, false],
  ['key-unused', 'a client that flags after 60 days', used(59), false, { policy: { unusedFlagDays: 60 } }],
  ['key-unused-remove', '89 days without use', used(89), false],
  ['key-unused-remove', '90 days without use', used(90), true],
  ['key-unused-remove', 'no report of use', { lastUse: { state: 'not-reported' }, createdAt: ago(500) }, false],
  ['key-unused-remove', 'an admin key, which is another rule', admin(used(90)), false],
  ['key-never-used', 'never used in 29 days', never(29), false],
  ['key-never-used', 'never used in 30 days', never(30), true],
  ['key-never-used', 'an old key that is used', { createdAt: ago(60) }, false],
  ['key-never-used', 'no known day of creation', { lastUse: { state: 'never' }, createdAt: null }, false],
  ['rotation-overdue', 'the 180th day', { createdAt: ago(180) }, false],
  ['rotation-overdue', 'the 181st day', { createdAt: ago(181) }, true],
  ['rotation-overdue', 'a production key on the 91st day', { name: 'prod-web-api', createdAt: ago(91) }, true],
  ['rotation-overdue', 'an admin key, which is another rule', admin({ createdAt: ago(91) }), false],
  ['key-expiry-past-ceiling', '365 days of life', { createdAt: ago(5), expiresAt: ago(5 - 365) }, false],
  ['key-expiry-past-ceiling', 'a moment more', { createdAt: ago(5), expiresAt: ago(5 - 365) + 1 }, true],
  ['key-expiry-past-ceiling', 'no expiry', { expiresAt: null }, false],
  [
    'key-production-no-expiry',
    'a production key, where the policy wants an expiry',
    { name: 'prod-web-api' },
    true,
    { policy: { productionKeysExpire: true } },
  ],
  ['key-production-no-expiry', 'a production key, where it does not', { name: 'prod-web-api' }, false],
  ['key-production-no-expiry', 'a development key', {}, false, { policy: { productionKeysExpire: true } }],
  [
    'key-production-no-expiry',
    'a production key that expires',
    { name: 'prod-web-api', expiresAt: ago(-20) },
    false,
    { policy: { productionKeysExpire: true } },
  ],
  ['admin-key-old', 'the 90th day', admin({ createdAt: ago(90) }), false],
  ['admin-key-old', 'the 91st day', admin({ createdAt: ago(91) }), true],
  ['admin-key-old', 'a key of a project', { createdAt: ago(400) }, false],
  ['admin-key-unused', '44 days without use', admin(used(44)), false],
  ['admin-key-unused', '45 days without use', admin(used(45)), true],
  ['admin-key-unused', 'never used in 29 days', admin(never(29)), false],
  ['admin-key-unused', 'never used in 30 days', admin(never(30)), true],
  ['admin-key-unused', 'a key of a project', used(45), false],
  ['admin-key-expiring', '14 days left', admin({ expiresAt: ago(-14) }), true],
  ['admin-key-expiring', 'a moment more', admin({ expiresAt: ago(-14) + 1 }), false],
  ['admin-key-expiring', 'expired: it opens nothing', admin({ expiresAt: ago(0) }), false],
  ['admin-key-expiring', 'a key of a project', { expiresAt: ago(-3) }, false],
  ['personal-key-in-production', 'a person’s key named for production', { name: 'prod-web-api' }, true],
  ['personal-key-in-production', 'a person’s key in development', {}, false],
  ['personal-key-in-production', 'a service account’s key', { name: 'prod-web-api', owner: account }, false],
  [
    'personal-key-in-production',
    'a person’s key in a project named for production',
    { name: 'Ann’s key' },
    true,
    { projects: [project('proj_a', { name: 'Web Prod' })] },
  ],
  [
    'personal-key-in-production',
    'a workspace key with a creator',
    { name: 'prod-web-api' },
    false,
    { provider: 'anthropic' },
  ],
  ['key-without-project', 'a key of the organization', { kind: 'organization', project: null }, true],
  ['key-without-project', 'a key of a project', {}, false],
  ['key-without-project', 'an admin key', admin(), false],
  ['key-in-archived-project', 'an archived project', {}, true, { projects: archived }],
  ['key-in-archived-project', 'an active project', {}, false],
  ['key-in-archived-project', 'a key that was archived with it', { status: 'archived' }, false, { projects: archived }],
  ['key-name-off-convention', 'a free name', { name: 'my key' }, true],
  ['key-name-off-convention', 'a name by the convention', { name: 'dev-web-api' }, false],
  ['key-name-off-convention', 'one part too few', { name: 'dev-web' }, true],
  [
    'key-name-off-convention',
    'a pattern of the client',
    { name: 'dev.web' },
    false,
    {
      policy: { keyNamePattern: '{environment}.{team}' },
    },
  ],
  ['key-name-off-convention', 'an admin key', admin({ name: 'my key' }), false],
]

describe('rules about keys', () => {
  const cases = KEYS.map(([rule, what, over, isFound, world = {}]) => ({ rule, what, over, isFound, world }))
  it.each(cases)('$rule: $what', ({ rule, over, isFound, world }) => {
    expect(foundBy(rule, { ...world, keys: [over] })).toHaveLength(isFound ? 1 : 0)
  })

  it('say nothing about a key that cannot be used any more', () => {
    expect(foundBy('rotation-overdue', { keys: [{ createdAt: ago(400), status: 'expired' }] })).toEqual([])
    expect(foundBy('rotation-overdue', { keys: [{ createdAt: ago(400), expiresAt: ago(0) }] })).toEqual([])
  })
})
