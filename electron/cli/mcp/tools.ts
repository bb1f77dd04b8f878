import { z } from 'zod'

import { changeKind } from '../../../shared/contract/changes.ts'
import { day, id } from '../../../shared/contract/common.ts'
import type { Api } from '../../../shared/contract/contract.ts'
import { month, usageBy, type UsageRow } from '../../../shared/contract/usage.ts'
import { CERTAINTY_FILTERS } from '../../../shared/contract/findings.ts'
import { computeStart } from '../../../shared/domain/day.ts'
import { EVENT_SUBJECTS } from '../../../shared/domain/events/event.ts'
import { SEVERITIES } from '../../../shared/domain/findings/severity.ts'
import { toDollars } from '../../../shared/domain/text/money.ts'
import { describeReading } from '../../../shared/domain/usage/headline.ts'
import {
  defaultSource,
  SOURCE_WORDS,
  toSource,
  toSourceWord,
  type UsageSource,
} from '../../../shared/domain/usage/source.ts'
import { ACCESS_TOOLS } from './access-tools.ts'
import { readable } from './fence.ts'
import { DEFAULT_ROWS, getScope, MOST_ROWS, offset, rows, slice, tool, type Answer, type Tool } from './tool.ts'

const search = tool({
  name: 'search',
  title: 'Search',
  about: 'People, keys, projects and clients whose name, e-mail or id holds a text. Gives their ids.',
  input: z.object({ query: z.string().min(1).max(200), limit: z.number().int().min(1).max(100).default(20) }),
  answer: async (api, { query, limit }, client) => {
    const { rows: found, more } = await api.search.find({ query, limit, ...getScope(client) })
    return { rows: found.length, data: { more, rows: readable(found) } }
  },
})

const person = tool({
  name: 'person',
  title: 'Person',
  about:
    'One person: accounts, seats, roles, projects, keys and employment. By the id that search gives, or by name or e-mail.',
  input: z.object({ personId: id.optional(), search: z.string().min(1).max(200).optional() }),
  answer: async (api, { personId, search: text }, client) => {
    if (personId !== undefined) return readPerson(api, personId, client)
    if (text === undefined) throw new Error('Give personId or search.')
    const found = await api.people.list({ search: text, limit: DEFAULT_ROWS, ...getScope(client) })
    const [only] = found.rows
    return found.total === 1 && only !== undefined
      ? readPerson(api, only.personId, client)
      : slice(found.rows, found.total, 0)
  },
})

async function readPerson(api: Api, personId: number, client: string | undefined): Promise<Answer> {
  const detail = await api.people.get({ personId, ...getScope(client) })
  const { access, keys, memberships, ...about } = detail
  return {
    rows: 1,
    data: readable({
      ...about,
      // The grants of a person who is an owner everywhere would fill a whole answer.
      memberships: memberships.slice(0, MOST_ROWS),
      access: access.slice(0, MOST_ROWS),
      keys: keys.slice(0, MOST_ROWS),
      counts: { memberships: memberships.length, access: access.length, keys: keys.length },
    }),
  }
}

const key = tool({
  name: 'key',
  title: 'Key',
  about: 'One key by the id that search gives: owner, age, last use, rotation, its versions. Never its secret.',
  input: z.object({ keyId: id }),
  answer: async (api, { keyId }) => {
    return { rows: 1, data: readable(await api.keys.get({ keyId })) }
  },
})

const due = tool({
  name: 'due',
  title: 'Keys to rotate',
  about: 'Keys by the day on which they have to be rotated, earliest first; overdue ones are included.',
  input: z.object({
    withinDays: z.number().int().min(0).max(3650).default(30),
    limit: rows,
    offset,
  }),
  answer: async (api, { withinDays, limit, offset: from }, client) => {
    const found = await api.rotation.due({ within: withinDays, limit, offset: from, ...getScope(client) })
    return slice(found.rows, found.total, from)
  },
})

const today = tool({
  name: 'today',
  title: 'Today',
  about:
    'What to do first, most pressing first: leavers, connections, due keys, reviews, changes, budgets and findings, each subject once, with the reason for its rank.',
  input: z.object({}),
  answer: async (api, _, client) => {
    const { entries, clients, day: of } = await api.today.list(getScope(client))
    // Where the window leads is of no use to an assistant.
    const rows = entries.map(({ action, ...entry }) => ({ ...entry, action: action.label }))
    return { rows: rows.length, data: readable({ day: of, rows, clients }) }
  },
})

const findings = tool({
  name: 'findings',
  title: 'Findings',
  about: 'What breaks a rule now, most severe first, with the evidence.',
  input: z.object({
    severity: z.enum(SEVERITIES).optional(),
    certainty: z.enum(CERTAINTY_FILTERS).optional().describe('those that the policy leaves uncounted too'),
    rule: z.string().max(200).optional(),
    search: z.string().max(200).optional(),
    limit: rows,
    offset,
  }),
  answer: async (api, { limit, offset: from, ...filter }, client) => {
    const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
    const found = await api.findings.list({ ...given, limit, offset: from, ...getScope(client) })
    return slice(found.rows, found.total, from)
  },
})

const changes = tool({
  name: 'changes',
  title: 'Changes',
  about:
    'What changed between the beginning of one day and the end of another (UTC): access, roles, keys, projects, limits.',
  input: z.object({
    since: day.describe('YYYY-MM-DD'),
    until: day.optional().describe('YYYY-MM-DD; now unless given'),
    kinds: z.array(changeKind).optional(),
    limit: rows,
    offset,
  }),
  answer: async (api, { since, until, kinds, limit, offset: from }, client) => {
    const found = await api.changes.list({
      since: { day: since },
      ...(until === undefined ? {} : { until: { day: until } }),
      ...(kinds === undefined ? {} : { kinds }),
      limit,
      offset: from,
      ...getScope(client),
    })
    const answer = slice(found.rows, found.total, from)
    return { ...answer, data: { ...(answer.data as object), counts: found.counts } }
  },
})

const usage = tool({
  name: 'usage',
  title: 'Usage',
  about:
    'Requests, tokens and cost of a month by one dimension, most expensive first, of one source: what the providers billed, or what internal records hold. The two are never added. Costs are US dollars. An estimate is what tokens cost at list prices: it is not billed, and is neither added to a cost nor compared with it.',
  input: z.object({
    month: month.optional().describe('YYYY-MM; the latest that is known unless given'),
    by: usageBy.default('project'),
    source: z
      .enum(SOURCE_WORDS)
      .optional()
      .describe('`billed` by the providers, or from `internal` records; billed unless given, internal for features'),
    limit: rows,
  }),
  answer: async (api, { month: given, by, source: word, limit }, client) => {
    const source = word === undefined ? defaultSource(by) : toSource(word)
    const scope = { ...getScope(client), source }
    const wanted = given ?? (await api.usage.months(scope))[0]
    if (wanted === undefined)
      return { rows: 0, data: { source: toSourceWord(source), state: 'not read', month: null, rows: [] } }
    const found = await api.usage.by({ ...scope, month: wanted, by, limit })
    return {
      rows: found.rows.length,
      data: {
        source: toSourceWord(source),
        sourceMeans: SOURCE_MEANINGS[source],
        estimateMeans: 'Tokens at list prices. Not billed; not to be added to a cost or compared with one.',
        month: wanted,
        by,
        read: describeReading(found) || 'complete',
        total: spend(found.total),
        count: found.count,
        more: found.count - found.rows.length,
        rows: found.rows.map((row) => ({ name: row.name, client: row.client?.slug, ...spend(row) })),
      },
    }
  },
})

const SOURCE_MEANINGS: Readonly<Record<UsageSource, string>> = {
  billed: 'Costs as the providers billed them.',
  claimed: 'Costs as the internal records of the client hold them; not billed.',
}

function spend(row: Pick<UsageRow, 'requests' | 'input' | 'cached' | 'output' | 'cost' | 'estimate'>): object {
  return {
    requests: row.requests,
    inputTokens: row.input,
    cachedTokens: row.cached,
    outputTokens: row.output,
    costUsd: toDollars(row.cost),
    estimateUsd: toDollars(row.estimate),
  }
}

const workloads = tool({
  name: 'workloads',
  title: 'Workloads without a key',
  about:
    'Federation rules: which pipelines and cloud workloads act as which service account without a key, and what they reach; and the keys that a rule could replace, with the last day of each.',
  input: z.object({ search: z.string().max(200).optional(), limit: rows, offset }),
  answer: async (api, { search: text, limit, offset: from }, client) => {
    const asked = { ...getScope(client), ...(text === undefined ? {} : { search: text }), limit, offset: from }
    const [rules, keys] = [await api.access.federation(asked), await api.keyless.list(asked)]
    return {
      rows: rules.rows.length + keys.rows.length,
      data: readable({ rules: rules.rows, keys: keys.rows, counts: { rules: rules.total, keys: keys.total } }),
    }
  },
})

const accounts = tool({
  name: 'accounts',
  title: 'Service accounts',
  about:
    'Every service account: owner, purpose, how it is opened (keys, federation), last rotation, lifetime of its credentials, what it reaches and what stops with it.',
  input: z.object({
    search: z.string().max(200).optional(),
    privileged: z.boolean().optional().describe('only owners and admins, or only the others'),
    limit: rows,
    offset,
  }),
  answer: async (api, { search: text, privileged, limit, offset: from }, client) => {
    const found = await api.access.serviceAccounts({
      ...getScope(client),
      ...(text === undefined ? {} : { search: text }),
      ...(privileged === undefined ? {} : { privileged }),
      limit,
      offset: from,
    })
    return slice(found.rows, found.total, from)
  },
})

const events = tool({
  name: 'events',
  title: 'Provider log',
  about:
    'What a provider itself recorded, newest first: who created, changed or removed a key, role, member, project or limit, and when. Only where its log can be read.',
  input: z.object({
    since: day.optional().describe('YYYY-MM-DD'),
    type: z.enum(EVENT_SUBJECTS).optional().describe('what the events are about'),
    search: z.string().max(200).optional(),
    limit: rows,
    offset,
  }),
  answer: async (api, { since, type, search: text, limit, offset: from }, client) => {
    const found = await api.events.list({
      ...getScope(client),
      ...(since === undefined ? {} : { since: computeStart(since) }),
      ...(type === undefined ? {} : { subject: type }),
      ...(text === undefined ? {} : { search: text }),
      limit,
      offset: from,
    })
    return slice(found.rows, found.total, from)
  },
})

/** All questions. None of them writes, except for the row of the journal that records it. */
export const TOOLS: readonly Tool[] = [
  today,
  search,
  person,
  key,
  accounts,
  workloads,
  due,
  findings,
  changes,
  events,
  usage,
  ...ACCESS_TOOLS,
]
