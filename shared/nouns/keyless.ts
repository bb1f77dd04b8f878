import { z } from 'zod'

import { CERTAINTIES } from '../domain/certainty.ts'
import { PLATFORMS } from '../domain/keyless/platforms.ts'
import { many, ofOne, search } from './filter.ts'
import { lastUse } from './keys.ts'
import {
  clientField,
  connectionFields,
  day as dayField,
  idField,
  json,
  noun,
  projectField,
  providerField,
  status,
  text,
  word,
} from './noun.ts'
import { clientRef, connectionRef, day, id, projectRef } from './values.ts'

/** `static`: no federation rule for its account. `beside`: one is active, and the key is left. */
export const KEYLESS_STATES = ['static', 'beside'] as const

/** How the window and documents name each state. */
export const KEYLESS_STATE_WORDS = { static: 'no rule yet', beside: 'beside a rule' } as const

const platform = z.enum(PLATFORMS)

/** A key that only a pipeline or a cloud workload uses, and the day by which a federation rule can replace it. */
export const keylessRow = z.object({
  keyId: id,
  name: z.string(),
  client: clientRef,
  connection: connectionRef,
  project: projectRef.nullable(),
  /** The service account that owns it; null: another owner, so that one is to be made. */
  account: z.object({ id, externalId: z.string(), name: z.string().nullable() }).nullable(),
  state: z.enum(KEYLESS_STATES),
  /** How sure it is that no person uses it, and what that follows from. */
  certainty: z.enum(CERTAINTIES),
  reasons: z.array(z.string()),
  /** Where it is used, by its name or its rule; null: not known. */
  platform: platform.nullable(),
  /** The active federation rule of its account. */
  rule: z.object({ federationId: id, workload: z.string() }).nullable(),
  lastDay: day,
  lastDayBecause: z.string(),
  dueOn: day.nullable(),
  lastUse,
})
export type KeylessRow = z.infer<typeof keylessRow>

export const KEYLESS = noun(keylessRow, {
  id: 'keyless',
  title: 'Keyless plan',
  one: 'key',
  many: 'keys',
  about:
    'The keys of OpenAI and Anthropic that only a pipeline or a cloud workload uses, and that a federation rule can replace: the panel has the rule, what to configure on GitHub Actions, GitLab CI/CD, Google Cloud, AWS or Azure, and the program. The line above the list counts for each client the keys without a rule, those beside one, and those that ended after a sync had first shown a rule for their account there; a sync computes it.',
  none: 'no usable key belongs to a service account or shows by its name or use that no person uses it.',
  fields: {
    keyId: idField(),
    client: clientField({ wide: 14 }),
    ...connectionFields({ wide: 16, hidden: true }),
    provider: providerField(),
    key: text('Key', { id: 'name', wide: 20, grow: 1, table: { flexible: true } }, (row) => row.name),
    projectId: json((row) => row.project?.id),
    project: projectField({ wide: 14, hidden: true }),
    accountId: json((row) => row.account?.id),
    account: text(
      'Service account',
      { wide: 16, hidden: true, empty: 'To be created' },
      (row) => row.account?.name ?? row.account?.externalId,
    ),
    state: status('State', { wide: 15, table: {} }),
    certainty: word('Certainty', { wide: 10, table: {} }),
    reasons: text('Why', { wide: 28, grow: 3 }, (row) => row.reasons.join(' ')),
    platform: word('Platform', { wide: 15, table: {} }),
    rule: text(
      'Federation rule',
      { wide: 24, hidden: true, empty: 'None yet', table: { flexible: true } },
      (row) => row.rule?.workload,
    ),
    lastDay: dayField('Last day', { table: {} }),
    lastDayBecause: json(),
    dueOn: dayField('Due', { hidden: true, empty: 'No due day' }),
  },
  columns: {
    key: 'the name of the key.',
    client: 'the client whose organization has the key.',
    lastDay:
      'its due day, else 30 days after it was first read; beside a rule 14 days after the rule was first read; never later than its expiry. It does not move, and can have passed.',
    state: '_No rule yet_, or _Beside a rule_ when an active federation rule opens the same service account.',
    certainty:
      'certain when it belongs to a service account and its name shows where it runs; likely by one of both; an opinion by daily use alone.',
    platform: 'where it is used, by its name or its rule; empty where that is not known.',
    reasons: 'what shows that no person uses it: its owner, a word in a name, or its use on weekends too.',
    account: 'the account that owns it; _To be created_ for a key of a person or a workspace.',
    rule: 'which workloads act as the same account already.',
    project: 'the project that the key belongs to.',
    connection: 'the organization that the key was read from.',
    dueOn: 'the day by which the key is to be rotated.',
  },
  filters: {
    search: search('part of the name of a key, its project or its account'),
    connection: ofOne,
    state: many(KEYLESS_STATES, { placeholder: '<state>', help: 'only this state' }),
    certainty: many(CERTAINTIES, { placeholder: '<certainty>', help: 'only as certain as this' }),
    platform: many(PLATFORMS, { placeholder: '<platform>', help: 'only keys used there' }),
  },
  sorts: ['last-day', 'certainty', 'client', 'name'],
})
export type KeylessFilter = z.input<typeof KEYLESS.filter>
