import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'

import { query } from '../../../../renderer/data/api.ts'
import { DecisionLists, StoppedList } from '../../../../renderer/features/team/decision-list.tsx'
import { describeTeam } from '../../../../renderer/features/team/labels.ts'
import { ApprovalList, MemberList } from '../../../../renderer/features/team/member-list.tsx'
import { describeExchange, Summary } from '../../../../renderer/features/team/page.tsx'
import { UnheldList } from '../../../../renderer/features/team/unheld-list.tsx'
import type { ListedDecision, TeamMember, TeamStatus } from '../../../../shared/contract/team.ts'

const toUid = (at: number): string => `01890000-0000-7000-8000-${String(at).padStart(12, '0')}`

/** The text of a part of the page, the names of its buttons in brackets. */
function draw(part: ReactElement, queries = new QueryClient()): string {
  const html = renderToStaticMarkup(
    <MantineProvider>
      <QueryClientProvider client={queries}>{part}</QueryClientProvider>
    </MantineProvider>,
  )
  return html
    .replaceAll(/<style.*?<\/style>/gsu, '')
    .replaceAll(/<(?:button|input)[^>]*aria-label="([^"]*)"[^>]*>/gu, ' [$1] ')
    .replaceAll(/<[^>]+>/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
}

const STATUS: TeamStatus = {
  state: 'member',
  sentence: null,
  name: 'Northlight',
  root: 'ab'.repeat(32),
  server: { host: 'db.agency.example', port: 5432, database: 'castellan', login: 'castellan_ab12' },
  lastContact: null,
  problems: [],
  own: null,
  members: [],
  approvals: [],
  waiting: [],
  askedBack: [],
  noEffect: [],
  clocks: [],
  stopped: [],
  unheld: 0,
}

const DECISION: ListedDecision = {
  uid: toUid(1),
  client: 'acme',
  member: 'Anna\u202e',
  own: false,
  decided: 'Policy changed: Acme',
  at: Date.parse('2026-11-27T12:00:00Z'),
  sentence: 'The role of its author did not allow it.',
}

const toMember = (at: number, role: TeamMember['role'], more: Partial<TeamMember> = {}): TeamMember => ({
  uid: toUid(at),
  name: `Member ${at}`,
  email: `m${at}@northlight.example`,
  role,
  access: [],
  devices: [{ uid: toUid(at + 100), login: `castellan_${at}`, own: false, paper: false }],
  own: false,
  ...more,
})

it('lists of decisions are absent while they are empty, and only what was asked back can be kept or dropped', () => {
  expect(draw(<DecisionLists status={STATUS} />).trim()).toBe('')
  const asked = {
    ...DECISION,
    own: true,
    sentence: 'Anna decided meanwhile: Policy changed: Acme. Keep it, or drop it.',
  }
  const text = draw(
    <DecisionLists status={{ ...STATUS, askedBack: [asked], noEffect: [{ ...DECISION, uid: toUid(2) }] }} />,
  )
  expect([...text.matchAll(/\[(.*?)\]/gu)].map(([, name]) => name)).toEqual([
    'Keep: Policy changed: Acme',
    'Drop: Policy changed: Acme',
  ])
  expect(text).toContain('You Policy changed: Acme acme')
  expect(text).toContain('The role of its author did not allow it.')
  expect(text).not.toContain('\u202e')
})

it('a decision that cannot be read has no author and no words, and its reason', () => {
  const unread = { ...DECISION, client: null, member: null, decided: null, at: null }
  expect(draw(<DecisionLists status={{ ...STATUS, clocks: [unread] }} />)).toContain(
    'An unknown device Unknown The agency –',
  )
})

it('a log that stopped has its sentence, and a button for each choice', () => {
  expect(draw(<StoppedList status={STATUS} />).trim()).toBe('')
  const choices = [
    { head: '1a'.repeat(32), words: 'Go on with the history of this device' },
    { head: '2b'.repeat(32), words: 'Go on with the history of the server, by castellan_ab' },
  ]
  const sentence = 'The log of acme stopped at position 12.'
  const text = draw(
    <StoppedList status={{ ...STATUS, stopped: [{ log: toUid(1), client: 'acme', sentence, choices }] }} />,
  )
  expect(text).toContain(sentence)
  for (const { words } of choices) expect(text).toContain(`${words}…`)
})

it('an owner may set roles, revoke other devices and remove others; a member their own device only', () => {
  const access = [{ client: 'acme', uid: toUid(50), role: 'reviewer' as const }]
  const owner = toMember(1, 'owner', {
    own: true,
    devices: [{ uid: toUid(9), login: 'castellan_own', own: true, paper: false }],
  })
  const anna = toMember(2, 'guest', { access })
  const members = [owner, anna]
  const buttons = (own: TeamMember) =>
    [
      ...draw(<MemberList status={{ ...STATUS, own, members }} setRole={() => undefined} />).matchAll(/\[(.*?)\]/gu),
    ].map(([, name]) => name)
  expect(buttons(owner)).toEqual([
    'Set role… of Member 1',
    'Take away the role of Member 2 for acme',
    'Revoke castellan_2',
    'Set role… of Member 2',
    'Remove Member 2',
  ])
  const member = { ...anna, own: true }
  const own = draw(
    <MemberList status={{ ...STATUS, own: member, members: [owner, member] }} setRole={() => undefined} />,
  )
  expect([...own.matchAll(/\[(.*?)\]/gu)].map(([, name]) => name)).toEqual(['Revoke castellan_2'])
  // A lead sets roles for their client.
  const lead = { ...toMember(3, 'member'), access: [{ client: 'acme', uid: toUid(50), role: 'lead' as const }] }
  expect(buttons(lead)).toContain('Take away the role of Member 2 for acme')
  expect(buttons(lead)).not.toContain('Remove Member 2')
})

it('approvals are switched by owners, and shown to all', () => {
  const approvals = [{ client: 'acme', uid: toUid(5), required: true }]
  const html = (own: TeamMember) =>
    renderToStaticMarkup(
      <MantineProvider>
        <QueryClientProvider client={new QueryClient()}>
          <ApprovalList status={{ ...STATUS, own, approvals }} />
        </QueryClientProvider>
      </MantineProvider>,
    )
  expect(html(toMember(1, 'owner'))).not.toContain('disabled=""')
  expect(html(toMember(1, 'member'))).toContain('disabled=""')
  expect(html(toMember(1, 'member'))).toContain('Required')
})

it('what needs a person is on the summary, each as a sentence', () => {
  const problems = ['The clock of this device is 2 days ahead of the server’s. Set the one that is wrong.']
  const text = draw(
    <Summary status={{ ...STATUS, problems, waiting: [{ client: 'acme', count: 3 }] }} found={() => undefined} />,
  )
  expect(text).toContain(`Needs attention ${problems[0]}`)
  expect(text).toContain('Waiting acme: 3')
})

it('the state of a team is the most urgent one', () => {
  const stopped = [{ log: toUid(1), client: null, sentence: '', choices: [] }]
  expect(describeTeam({ ...STATUS, state: 'none' })).toBeNull()
  expect(describeTeam(STATUS)?.label).toBe('Up to date')
  expect(describeTeam({ ...STATUS, waiting: [{ client: null, count: 2 }] })?.label).toBe('2 decisions waiting')
  expect(describeTeam({ ...STATUS, problems: ['x'], waiting: [{ client: null, count: 2 }] })?.label).toBe(
    'Needs attention',
  )
  expect(describeTeam({ ...STATUS, problems: ['x'], askedBack: [DECISION] })?.label).toBe('1 decision asked back')
  expect(describeTeam({ ...STATUS, askedBack: [DECISION], stopped })?.label).toBe('1 log stopped')
  expect(describeTeam({ ...STATUS, state: 'asking' })?.label).toBe('Waiting to be let in')
})

it('an exchange is described by what came, what went and what needs a person', () => {
  const done = { read: 3, placed: 1, restored: 0, enrolled: 0, waiting: 0, refused: [], askedBack: [], sentences: [] }
  expect(describeExchange(done)).toBe('Exchanged: 3 read, 1 placed.')
  expect(describeExchange({ ...done, enrolled: 1, askedBack: [DECISION], sentences: ['Set it.'] })).toBe(
    'Exchanged: 3 read, 1 placed, 1 device let in, 1 asked back. Set it.',
  )
})

const FIGURES = {
  name: 'Borealis\u202e',
  slug: 'borealis',
  colour: '#336699',
  connections: 1,
  notRead: 0,
  people: 12,
  keys: 34,
  due: 2,
  overdue: 3,
  findings: { critical: 1, high: 2, medium: 3, low: 0, info: 1 },
  lastSync: '2026-11-26',
  lastReview: null,
  entries: 5678,
}

it('a client that this device does not hold shows its figures, and dashes instead of zeros where nothing is known', () => {
  expect(draw(<UnheldList status={STATUS} />).trim()).toBe('')
  const queries = new QueryClient()
  const clients = [
    { uid: toUid(1), figures: FIGURES, writtenAt: null },
    { uid: toUid(2), figures: null, writtenAt: null },
  ]
  queries.setQueryData(query.team.unheld.queryKey(), { clients, problem: 'The server did not answer.' })
  const text = draw(<UnheldList status={{ ...STATUS, unheld: 2 }} />, queries)
  expect(text).toContain('You may see 2 more clients.')
  expect(text).toMatch(/Borealis\S* 12 34 5 7 26 Nov 2026 – – /u)
  expect(text).toContain(`${toUid(2)} – – – – – – – `)
  expect(text).toContain('The server did not answer.')
  expect(text).not.toContain('\u202e')
})

it('of very many clients that are not held a part is shown, and how many there are', () => {
  const queries = new QueryClient()
  const clients = Array.from({ length: 1800 }, (_, at) => ({ uid: toUid(at), figures: FIGURES, writtenAt: 0 }))
  queries.setQueryData(query.team.unheld.queryKey(), { clients, problem: null })
  const text = draw(<UnheldList status={{ ...STATUS, unheld: 1800 }} />, queries)
  expect(text).toContain('100 of 1,800 clients shown')
  expect([...text.matchAll(/\[Hold /gu)]).toHaveLength(100)
})
