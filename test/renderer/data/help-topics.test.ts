import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { toPage } from '../../../build/documents.mjs'
import { RULES } from '../../../electron/register/findings/rules.ts'
import { AREAS } from '../../../renderer/app/areas.ts'
import {
  findPageTopic,
  LIST_TOPICS,
  listPagesOf,
  PAGE_TOPICS,
  ROLES_TOPIC,
  policyTopic,
  ruleTopic,
  VIEW_TOPICS,
} from '../../../renderer/data/help-topics.ts'
import { COLUMNS as ACCESS } from '../../../renderer/features/access/columns.tsx'
import { RATE_COLUMNS } from '../../../renderer/features/budgets/rates-view.tsx'
import { makeColumns as changeColumns } from '../../../renderer/features/changes/columns.tsx'
import { EVENT_COLUMNS } from '../../../renderer/features/events/columns.tsx'
import { certificateColumns, FEDERATION_COLUMNS } from '../../../renderer/features/federation/columns.tsx'
import { FINDING_COLUMNS, groupColumns } from '../../../renderer/features/findings/columns.tsx'
import { PAGE_NAMES } from '../../../renderer/features/help/guide/pages.ts'
import { listPlaces } from '../../../renderer/features/help/guide/search.ts'
import { makeColumns as journalColumns } from '../../../renderer/features/journal/columns.tsx'
import { KEYLESS_COLUMNS } from '../../../renderer/features/keyless/columns.tsx'
import { DUE_COLUMNS, KEY_COLUMNS } from '../../../renderer/features/keys/columns.tsx'
import { COLUMNS as LEAVERS } from '../../../renderer/features/leavers/columns.tsx'
import { COLUMNS as PEOPLE } from '../../../renderer/features/people/columns.tsx'
import { COLUMNS as PROJECTS } from '../../../renderer/features/projects/columns.tsx'
import { RECOMMENDATION_COLUMNS } from '../../../renderer/features/recommendations/page.tsx'
import { REMEDIATION_COLUMNS } from '../../../renderer/features/remediation/columns.tsx'
import { itemColumns } from '../../../renderer/features/reviews/item-columns.tsx'
import { OPENED_COLUMNS } from '../../../renderer/features/reviews/opened-list.tsx'
import { SERVICE_ACCOUNT_COLUMNS } from '../../../renderer/features/service-accounts/columns.tsx'
import { NOUNS } from '../../../shared/nouns/nouns.ts'
import { POLICY_NAMES } from '../../../shared/domain/policy.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
const FEATURES = join(ROOT, 'renderer/features')

const TOPICS: ReadonlySet<string> = new Set(
  PAGE_NAMES.flatMap((name) =>
    listPlaces(toPage(name, readFileSync(join(ROOT, 'docs', `${name}.md`), 'utf8'))).map(({ topic }) => topic),
  ),
)

type Columns = readonly { readonly header: string }[]

/** The columns of every list of rows without an end, by its name. */
const LISTS: Readonly<Record<string, Columns>> = {
  people: PEOPLE,
  'service-accounts': SERVICE_ACCOUNT_COLUMNS,
  keys: KEY_COLUMNS,
  rotation: DUE_COLUMNS,
  keyless: KEYLESS_COLUMNS,
  projects: PROJECTS,
  access: ACCESS,
  federation: FEDERATION_COLUMNS,
  certificates: certificateColumns(0),
  findings: FINDING_COLUMNS,
  'findings-by-rule': groupColumns('rule'),
  'findings-by-client': groupColumns('client'),
  'findings-by-subject': groupColumns('subject'),
  recommendations: RECOMMENDATION_COLUMNS,
  reviews: OPENED_COLUMNS,
  'review-items': itemColumns(false, true, true),
  'review-keys': itemColumns(true, true, true),
  leavers: LEAVERS,
  remediations: REMEDIATION_COLUMNS,
  changes: changeColumns(true),
  events: EVENT_COLUMNS,
  journal: journalColumns(() => undefined),
  'rate-limits': RATE_COLUMNS,
}

/** The small tables in the sources, with the headings that explain themselves. */
function smallTables(): Readonly<Record<string, Columns>> {
  const tables = readdirSync(FEATURES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .flatMap((file) => [
      ...readFileSync(join(FEATURES, file), 'utf8').matchAll(
        /<SmallTable\s+id="(?<id>[a-z-]+)"[^>]*?headings=\{(?<headings>[\s\S]*?)\]\}/gu,
      ),
    ])
  return Object.fromEntries(
    tables.map(({ groups }) => [
      groups?.['id'] ?? '',
      [...(groups?.['headings'] ?? '').matchAll(/'(?<header>[A-Z][^']*)'/gu)].map((each) => ({
        header: each.groups?.['header'] ?? '',
      })),
    ]),
  )
}

const COLUMNS_OF = { ...LISTS, ...smallTables() }

/** The names of the lists in the sources; a template ends before its variable. A list that is drawn from a noun has its id. */
function listNames(): readonly string[] {
  const ids = NOUNS.map(({ id }) => id)
  return readdirSync(FEATURES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .map((file) => readFileSync(join(FEATURES, file), 'utf8'))
    .filter((source) => /<(?:DataTable|TableAndPanel)\b/u.test(source))
    .flatMap((source) => [
      ...[...source.matchAll(/^ +id=(.+)$/gmu)].map(([, value = '']) => value),
      ...[...source.matchAll(/toList\(\s*(?<noun>[A-Z_]+)/gu)].map(({ groups }) => `'${toId(groups?.['noun'] ?? '')}'`),
    ])
    .flatMap((value) => [...value.matchAll(/["'`]([a-z-]+)/gu)].map(([, name = '']) => name))

  function toId(noun: string): string {
    const id = noun.toLowerCase().replaceAll('_', '-')
    return ids.includes(id) ? id : 'unknown'
  }
}

describe('the paragraphs of the guide', () => {
  it('explain every rule', () => {
    expect(RULES.map(({ id }) => ruleTopic(id)).filter((topic) => !TOPICS.has(topic))).toEqual([])
  })

  it('explain every value of the policy', () => {
    expect(POLICY_NAMES.map(policyTopic).filter((topic) => !TOPICS.has(topic))).toEqual([])
  })

  it('explain every column of every list, and what a list without rows means', () => {
    expect(Object.keys(smallTables()).length).toBe(17)
    const topics = Object.entries(COLUMNS_OF).flatMap(([list, columns]) => [
      LIST_TOPICS.empty(list),
      ...columns.map(({ header }) => LIST_TOPICS.column(list, header)),
    ])
    expect(topics.filter((topic) => !TOPICS.has(topic ?? ''))).toEqual([])
  })

  it('are there for every list of the window', () => {
    const names = listNames()
    expect(names.length).toBeGreaterThan(14)
    const known = Object.keys(LISTS)
    expect(
      names.filter((name) => !known.some((list) => list === name || (name.endsWith('-') && list.startsWith(name)))),
    ).toEqual([])
  })

  it('are there for every page, and for the views that have their own', () => {
    const paths = AREAS.map(({ options }) => (options as { readonly path: string }).path)
    expect(Object.keys(PAGE_TOPICS).toSorted()).toEqual([...paths].toSorted())
    const topics = [ROLES_TOPIC, ...Object.values(PAGE_TOPICS), ...VIEW_TOPICS.map(([, , , topic]) => topic)]
    expect(topics.filter((topic) => !TOPICS.has(topic))).toEqual([])
  })

  it('of a page depend on its tab, and lead back to their pages', () => {
    expect(findPageTopic('/settings', {})).toBe('lock')
    expect(findPageTopic('/settings', { section: 'policy' })).toBe('policy')
    expect(findPageTopic('/elsewhere', {})).toBe('guide')
    expect(listPagesOf('guide#5-find-keys-that-are-due-and-rotate-one')).toEqual(['/rotation'])
    expect(listPagesOf('guide#10-offboard-a-leaver')).toEqual(['/leavers', '/offboarding'])
  })
})
