import type { Change } from '../../../../shared/contract/changes.ts'
import type { CertificateFact, DetailFact, Fact, KeyFact, LimitFact } from '../../../../shared/domain/facts.ts'
import { federation } from '../findings/parts.ts'
import { grant, key, project, user, type Part } from '../registers.ts'
import { getLevel } from '../../../../shared/domain/providers/roles.ts'

/** Two states of one organization, and what happened between them, by the names of the subjects. */
export interface Truth {
  readonly before: readonly Part[]
  readonly after: readonly Part[]
  /** `kind subject project before → after`, sorted. */
  readonly changes: readonly string[]
}

type Pair<T> = readonly [before: T | null, after: T | null]

/**
 * A deterministic agency: `size` people in `size / 10` projects with four grants each, of which a few percent change.
 */
export function computeTruth(size: number, prefix: string): Truth {
  const sides: Record<string, [Fact[], Fact[]]> = {}
  const changes: string[] = []
  const tell = (kind: Change['kind'], subject: string, rest = '- - → -'): void =>
    void changes.push(`${kind} ${subject} ${rest}`)
  const put = (source: string, [before, after]: Pair<Fact>): void => {
    const side = (sides[source] ??= [[], []])
    if (before) side[0].push(before)
    if (after) side[1].push(after)
  }
  const projects = Math.max(12, Math.floor(size / 10))
  for (let n = 0; n < projects; n += 1) putProject(n)
  for (let n = 0; n < size; n += 1) putPerson(n)
  for (let n = 0; n < size; n += 1) putKey(n)
  for (let n = 0; n < projects; n += 1) putLimit(n)
  const account = user(`${prefix}sa`, { kind: 'service-account', email: null, roleRaw: null, level: null })
  put('service-accounts', [account, account])
  for (let n = 0; n < 4; n += 1) putFederation(n)
  for (let n = 0; n < 4; n += 1) putCertificate(n)
  putDetails()
  return { before: parts(0), after: parts(1), changes: changes.toSorted() }

  function parts(side: 0 | 1): Part[] {
    return Object.entries(sides).map(([source, facts]) => ({ source: source as Part['source'], facts: facts[side] }))
  }

  function putProject(n: number): void {
    const id = `${prefix}p${n}`
    const old = project(id)
    // The last projects are created, removed, archived and renamed; they have no grants.
    const at = projects - 1 - n
    if (at === 0) {
      put('projects', [null, old])
      tell('project-created', id)
    } else if (at === 1) {
      put('projects', [old, null])
      tell('project-removed', id)
    } else if (at === 2) {
      put('projects', [old, { ...old, status: 'archived' }])
      tell('project-archived', id, '- active → archived')
    } else if (at === 3) {
      put('projects', [old, { ...old, name: `${id} renamed` }])
      tell('project-changed', `${id} renamed`, `- ${id} → ${id} renamed`)
    } else put('projects', [old, old])
  }

  function putPerson(n: number): void {
    const id = `${prefix}u${n}`
    const left = n % 97 === 1
    const joined = n % 97 === 2
    const org = (role: string): Fact =>
      grant(id, null, { roleRaw: role, level: getLevel('openai', 'organization', role) })
    const of = (is: boolean, fact: Fact): Fact | null => (is ? fact : null)
    const renamed = n % 97 === 4
    const readdressed = n % 97 === 5
    const { email } = user(id)
    const old = { ...(renamed ? { name: `${id} once` } : {}), ...(readdressed ? { email: `once.${email}` } : {}) }
    put('users', [of(!joined, user(id, old)), of(!left, user(id))])
    if (renamed) tell('person-renamed', id, `- ${id} once → ${id}`)
    if (readdressed) tell('address-changed', id, `- once.${email} → ${email}`)
    if (left) tell('person-left', id)
    if (joined) tell('person-joined', id)
    const promoted = n % 97 === 3
    put('user-roles', [of(!joined, org('reader')), of(!left, org(promoted ? 'owner' : 'reader'))])
    if (left) tell('access-lost', id, '- reader → -')
    if (joined) tell('access-gained', id, '- - → reader')
    if (promoted) tell('access-raised', id, '- reader → owner')
    for (let k = 0; k < 4; k += 1) putGrant(n, k, left, joined)
    putMemberships(n, left, joined)
  }

  function putGrant(n: number, k: number, left: boolean, joined: boolean): void {
    const id = `${prefix}u${n}`
    const of = `${prefix}p${(n * 7 + k) % (projects - 4)}`
    const role = (word: string): Fact => grant(id, of, { roleRaw: word, level: getLevel('openai', 'project', word) })
    const turn = left || joined ? -1 : (n * 4 + k) % 167
    const both = [
      { turn: 11, before: null, after: 'member', kind: 'access-gained' },
      { turn: 23, before: 'member', after: null, kind: 'access-lost' },
      { turn: 37, before: 'viewer', after: 'member', kind: 'access-raised' },
      { turn: 51, before: 'owner', after: 'member', kind: 'access-lowered' },
      { turn: 73, before: 'custom-a', after: 'custom-b', kind: 'role-changed' },
    ] as const
    const change = both.find((one) => one.turn === turn) ?? {
      before: joined ? null : 'member',
      after: left ? null : 'member',
      kind: left ? 'access-lost' : 'access-gained',
    }
    put('project-users', [
      change.before === null ? null : role(change.before),
      change.after === null ? null : role(change.after),
    ])
    if (change.before !== change.after) tell(change.kind, id, `${of} ${change.before ?? '-'} → ${change.after ?? '-'}`)
    // A second, weaker role that stays: losing the stronger one is a lowering, gaining it a rise.
    if (turn === 89 || turn === 97) {
      put('project-users', turn === 89 ? [role('owner'), null] : [null, role('owner')])
      if (turn === 89) tell('access-lowered', id, `${of} member, owner → member`)
      else tell('access-raised', id, `${of} member → member, owner`)
    }
  }

  function putMemberships(n: number, left: boolean, joined: boolean): void {
    const member = `${prefix}u${n}`
    const group = `${prefix}g${n % 5}`
    if (n < 5) {
      const fact = user(group, { kind: 'group', email: null, roleRaw: null, level: null })
      put('groups', [fact, fact])
    }
    const fact: Fact = { type: 'membership', group, member }
    const turn = left || joined ? -1 : n % 89
    const before = !joined && turn !== 7
    const after = !left && turn !== 13
    put('group-users', [before ? fact : null, after ? fact : null])
    if (before && !after) tell('group-left', member, `- ${group} → -`)
    if (!before && after) tell('group-joined', member, `- - → ${group}`)
  }

  function putKey(n: number): void {
    const id = `${prefix}k${n}`
    const of = `${prefix}p${n % (projects - 4)}`
    const old = key(id, { name: `${id}-name`, project: of, createdAt: Date.UTC(2026, 0, 1) })
    const owned = (over: Partial<KeyFact>): Pair<KeyFact> => [old, { ...old, ...over }]
    const owner = { externalId: `${prefix}u0`, kind: 'user', name: 'Owner', email: null } as const
    const turn = n % 83
    if (turn === 5) {
      put('keys', [null, old])
      tell('key-created', `${id}-name`, `${of} - → -`)
    } else if (turn === 17) {
      put('keys', [old, null])
      tell('key-removed', `${id}-name`, `${of} - → -`)
    } else if (turn === 29) {
      put('keys', [old, null])
      put('keys', [null, { ...old, externalId: `${id}-next`, createdAt: Date.UTC(2026, 5, 1) }])
      tell('key-removed', `${id}-name`, `${of} - → -`)
      tell('key-rotated', `${id}-name`, `${of} - → -`)
    } else if (turn === 41) {
      put('keys', owned({ ownerState: 'known', owner }))
      tell('key-re-owned', `${id}-name`, `${of} no owner → Owner`)
    } else if (turn === 53) {
      put('keys', owned({ status: 'inactive' }))
      tell('key-changed', `${id}-name`, `${of} active → inactive`)
    } else put('keys', owned({ lastUse: { state: 'known', at: Date.UTC(2026, 5, n % 28) } }))
  }

  function putFederation(n: number): void {
    const of = `${prefix}p${n}`
    const account = `${prefix}sa`
    const old = federation({
      externalId: `${prefix}r${n}`,
      name: `rule ${n}`,
      account,
      projects: [of],
      lifetimeSeconds: 3600,
    })
    const path = `workloads of the repository acme/web on the branch main (GitHub Actions) as ${account}`
    if (n === 1) {
      put('federation-rules', [null, old])
      tell('federation-added', 'rule 1', `${of} - → ${path}`)
    } else if (n === 2) {
      put('federation-rules', [old, null])
      tell('federation-removed', 'rule 2', `${of} ${path} → -`)
    } else if (n === 3) {
      put('federation-rules', [old, { ...old, status: 'disabled', lifetimeSeconds: 7200 }])
      tell('federation-changed', 'rule 3', `${of} active, tokens of 1 hour → disabled, tokens of 2 hours`)
    } else put('federation-rules', [old, old])
  }

  function putCertificate(n: number): void {
    const of = n === 1 ? `${prefix}p4` : null
    const old: CertificateFact = {
      type: 'certificate',
      externalId: `${prefix}c${n}`,
      project: of,
      name: `certificate ${n}`,
      active: true,
      validAt: Date.UTC(2026, 0, 1),
      expiresAt: Date.UTC(2027, 0, 1),
      createdAt: null,
    }
    const source = of === null ? 'certificates' : 'project-certificates'
    if (n === 1) {
      put(source, [null, old])
      tell('certificate-added', 'certificate 1', `${of} - → active, expires on 2027-01-01`)
    } else if (n === 2) {
      put(source, [old, null])
      tell('certificate-removed', 'certificate 2', '- active, expires on 2027-01-01 → -')
    } else if (n === 3) {
      put(source, [old, { ...old, active: false, expiresAt: Date.UTC(2027, 5, 1) }])
      tell('certificate-changed', 'certificate 3', '- active, expires on 2027-01-01 → inactive, expires on 2027-06-01')
    } else {
      // The first state is read at 1000, the second at 2000.
      const ended = { ...old, expiresAt: 1500 }
      put(source, [ended, ended])
      tell('certificate-expired', 'certificate 0', '- - → expired on 1970-01-01')
    }
  }

  function putDetails(): void {
    const detail = (
      of: DetailFact['of'],
      externalId: string,
      kind: DetailFact['kind'],
      ...value: readonly string[]
    ): Fact => ({ type: 'detail', of, externalId, kind, value })
    const notified = (...value: readonly string[]): Fact => detail('limit', `spend:${prefix}0`, 'recipients', ...value)
    put('spend-limits', [notified('b@x.example', 'a@x.example'), notified('a@x.example')])
    tell('recipients-changed', 'Spend per month', `${prefix}p0 a@x.example, b@x.example → a@x.example`)
    // A first known value, another order, and the details of what comes or is removed are not changes of their own.
    put('spend-limits', [null, detail('limit', `spend:${prefix}2`, 'recipients', 'a@x.example')])
    put('spend-limits', [
      detail('limit', `spend:${prefix}4`, 'recipients', 'a@x.example', 'b@x.example'),
      detail('limit', `spend:${prefix}4`, 'recipients', 'b@x.example', 'a@x.example'),
    ])
    put('spend-limits', [null, detail('limit', `spend:${prefix}1`, 'recipients', 'a@x.example')])
    put('users', [detail('principal', `${prefix}u1`, 'provisioned', 'yes'), null])
    put('spend-limits', [
      detail('limit', `spend:${prefix}0`, 'enforcing', 'no'),
      detail('limit', `spend:${prefix}0`, 'enforcing', 'yes'),
    ])
    tell('enforcement-changed', 'Spend per month', `${prefix}p0 does not stop traffic → stops traffic`)
    put('users', [null, detail('principal', `${prefix}u0`, 'provisioned', 'yes')])
    tell('provisioning-changed', `${prefix}u0`, '- not managed by a directory → managed by a directory (SCIM)')
    put('projects', [detail('project', `${prefix}p0`, 'tags', 'client=acme'), null])
    tell('tags-changed', `${prefix}p0`, '- client=acme → no tags')
  }

  function putLimit(n: number): void {
    const of = n < projects - 4 ? `${prefix}p${n}` : null
    const old: LimitFact = {
      type: 'limit',
      externalId: `spend:${prefix}${n}`,
      project: of,
      kind: 'spend',
      enforcement: 'hard',
      metric: 'usd',
      model: null,
      amount: 100_000_000,
      period: 'month',
    }
    const where = of ?? '-'
    if (n % 11 === 1) {
      put('spend-limits', [null, old])
      tell('limit-set', 'Spend per month', `${where} - → $100.00`)
    } else if (n % 11 === 3) {
      put('spend-limits', [old, null])
      tell('limit-removed', 'Spend per month', `${where} $100.00 → -`)
    } else if (n % 11 === 5) {
      put('spend-limits', [old, { ...old, amount: 250_500_000 }])
      tell('limit-changed', 'Spend per month', `${where} $100.00 → $250.50`)
    } else if (n % 11 === 7) {
      put('spend-limits', [old, { ...old, enforcement: 'alert' }])
      tell('limit-changed', 'Spend per month', `${where} hard → alert`)
    } else put('spend-limits', [old, old])
  }
}

/** Changes as they are shown, in the form of a truth set. */
export function toWords(rows: readonly Change[]): string[] {
  return rows
    .map(
      (row) => `${row.kind} ${row.subject.name} ${row.project?.name ?? '-'} ${row.before ?? '-'} → ${row.after ?? '-'}`,
    )
    .toSorted()
}
