import * as fc from 'fast-check'

import type { ViewSubjects } from '../../../../shared/contract/views.ts'
import type { Kind } from '../../../../shared/decisions/operations.ts'

/** A decision of any exchanged kind, without its client. */
export interface Decided {
  readonly kind: Kind
  readonly body: Readonly<Record<string, unknown>>
}

/** Rows that a decision may be about: the same few, so that decisions meet. */
export interface Named {
  /** The uid of the client; null for the agency. */
  readonly client: string | null
  readonly connection: string
  readonly views: readonly string[]
  readonly uids: () => string
  /** The uid of the device that decides. */
  readonly device: string
}

export type Make = (named: Named) => Decided

const name = fc.constantFrom('One', 'one', 'Two', 'Three')
const amount = fc.integer({ min: 1, max: 9 })
const which = fc.nat(2)
const isOf = fc.boolean()
const entry = fc.constantFrom('connection-a', 'connection-b')
const day = fc.constantFrom('2026-03-01', '2026-04-01', null)
const until = fc.constantFrom('2027-01-01', '2027-03-01', '2027-06-01')
const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T

/** Accounts that readings of the connection may bring. */
const ACCOUNTS = ['u1', 'u2', 'u3'] as const
/** What the filters of a view name, in a connection. */
const FILTERS: readonly ((connectionUid: string) => ViewSubjects)[] = [
  () => ({}),
  (connectionUid) => ({ connection: { kind: 'connection', connectionUid } }),
  (connectionUid) => ({ project: { kind: 'project', connectionUid, externalId: 'p1' } }),
  (connectionUid) => ({
    connection: { kind: 'connection', connectionUid },
    owner: { kind: 'person', accounts: [{ connectionUid, externalId: ACCOUNTS[0] }] },
  }),
  (connectionUid) => ({
    owner: { kind: 'person', accounts: ACCOUNTS.slice(1).map((externalId) => ({ connectionUid, externalId })) },
  }),
]
const view = fc.tuple(which, name, fc.constantFrom(...FILTERS)).map(([at, called, filter]): Make => (named) => ({
  kind: 'view.saved',
  body: {
    viewUid: pick(named.views, at),
    list: 'keys',
    name: called,
    search: { q: called },
    subjects: filter(named.connection),
    columns: null,
  },
}))
const renamed = fc.tuple(which, name).map(([at, called]): Make => ({ views }) => ({
  kind: 'view.renamed',
  body: { viewUid: pick(views, at), list: 'keys', name: called, before: 'One' },
}))
const removed = which.map((at): Make => ({ views }) => ({
  kind: 'view.removed',
  body: { viewUid: pick(views, at), list: 'keys' },
}))
const price = amount.map((usd): Make => ({ uids }) => ({
  kind: 'price.set',
  body: {
    priceUid: uids(),
    model: 'gpt',
    from: '2026-01-01',
    microUsdPerMillion: { input: usd, cached: usd, cacheWrite: usd, output: usd },
  },
}))
const unpriced = fc.constant<Make>(({ uids }) => ({
  kind: 'price.cleared',
  body: { priceUid: uids(), model: 'gpt', from: '2026-01-01' },
}))
const policy = fc.option(fc.record({ maxPrivileged: amount }), { nil: null }).map((values): Make => () => ({
  kind: 'policy.changed',
  body: { values },
}))
const clientPolicy = fc
  .tuple(fc.record({ maxPrivileged: amount, adminKeyDays: amount }, { requiredKeys: [] }), fc.boolean())
  .map(([values, isCleared]): Make => () => ({
    kind: 'policy.changed',
    body: { values, cleared: isCleared ? ['otherKeyDays', 'adminKeyDays'].filter((name) => !(name in values)) : [] },
  }))

const target = (named: Named, isOfConnection: boolean) => ({
  connectionUid: isOfConnection ? named.connection : null,
  project: null,
})
const about = (connectionUid: string) => ({
  findingNamed: { connectionUid, rule: 'stale-key', kind: 'connection', externalId: null },
  cause: '5',
  rule: 'stale-key',
  connection: 'Acme',
})

/** What is decided for the whole agency. */
export const ofAgency: fc.Arbitrary<Make> = fc.oneof(view, renamed, removed, price, unpriced, policy)

/** What is decided about a client: all kinds together. */
export const eachOfClient: readonly fc.Arbitrary<Make>[] = [
  view,
  renamed,
  removed,
  price,
  unpriced,
  policy,
  fc.record({ name, colour: fc.constantFrom('#117733', '#882255') }, { requiredKeys: [] }).map((body): Make => () => ({
    kind: 'client.changed',
    body,
  })),
  fc.constant<Make>(() => ({ kind: 'client.archived', body: {} })),
  fc.constant<Make>(() => ({ kind: 'client.restored', body: {} })),
  name.map((label): Make => ({ connection }) => ({
    kind: 'connection.changed',
    body: { connectionUid: connection, label },
  })),
  name.map((label): Make => ({ uids }) => ({
    kind: 'connection.added',
    body: {
      connectionUid: uids(),
      provider: 'openai',
      platform: null,
      organizationId: null,
      label,
      baseUrl: null,
      access: 'read-only',
    },
  })),
  fc.constant<Make>(({ connection, device }) => ({
    kind: 'credential.held',
    body: { connectionUid: connection, device },
  })),
  fc.constant<Make>(({ connection, device }) => ({
    kind: 'credential.gone',
    body: { connectionUid: connection, device },
  })),
  fc.constant<Make>(({ connection }) => ({ kind: 'connection.removed', body: { connectionUid: connection } })),
  fc.tuple(amount, isOf).map(([dollars, isOfConnection]): Make => (named) => ({
    kind: 'budget.set',
    body: {
      ...target(named, isOfConnection),
      budgetUid: named.uids(),
      amount: dollars,
      usd: `${dollars}.00`,
      enforcement: 'alert',
      thresholds: [80],
    },
  })),
  fc.tuple(amount, isOf).map(([dollars, isOfConnection]): Make => (named) => ({
    kind: 'budget.cleared',
    body: { ...target(named, isOfConnection), budgetUid: named.uids(), usd: `${dollars}.00` },
  })),
  clientPolicy,
  fc
    .record(
      {
        markupBasisPoints: amount,
        weekly: fc.boolean(),
        monthly: fc.boolean(),
        weeklyTo: fc.constantFrom<string[][]>([], ['it@acme.example']),
      },
      { requiredKeys: [] },
    )
    .map((body): Make => () => ({ kind: 'report.set', body })),
  fc.tuple(name, until).map(([reason, on]): Make => ({ connection }) => ({
    kind: 'finding.accepted',
    body: { ...about(connection), says: 'x', until: on, reason },
  })),
  fc.constant<Make>(({ connection }) => ({ kind: 'finding.reopened', body: about(connection) })),
  fc.tuple(entry, name).map(([about, reason]): Make => () => ({
    kind: 'today.snoozed',
    body: { entry: about, until: '2027-01-01', reason, facts: { risk: 1, numbers: {}, words: {} } },
  })),
  fc.tuple(entry, name).map(([about, reason]): Make => () => ({
    kind: 'today.dismissed',
    body: { entry: about, reason, facts: { risk: 1, numbers: {}, words: {} } },
  })),
  fc.tuple(which, day).map(([at, on]): Make => ({ connection: connectionUid }) => ({
    kind: 'access.reviewed',
    body: { principalNamed: { connectionUid, externalId: ACCOUNTS[at] }, on },
  })),
  fc.tuple(day, day).map(([first, second]): Make => ({ connection: connectionUid }) => ({
    kind: 'access.reviews-imported',
    body: {
      connectionUid,
      days: [
        [ACCOUNTS[0], first],
        [ACCOUNTS[1], second],
      ],
    },
  })),
  entry.map((about): Make => () => ({ kind: 'today.restored', body: { entry: about } })),
  fc.tuple(entry, name).map(([about, note]): Make => () => ({ kind: 'today.noted', body: { entry: about, note } })),
]

/** What is decided about a client. */
export const ofClient: fc.Arbitrary<Make> = fc.oneof(...eachOfClient)
