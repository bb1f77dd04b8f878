import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'

import { ClockList } from '../../../../renderer/features/team/clock-list.tsx'
import { ForkList } from '../../../../renderer/features/team/fork-list.tsx'
import { Summary } from '../../../../renderer/features/team/summary.tsx'
import { UnreadList } from '../../../../renderer/features/team/page.tsx'
import { VoidList } from '../../../../renderer/features/team/void-list.tsx'
import { absoluteTime } from '../../../../renderer/ui/relative.ts'
import type { TeamFork, TeamStatus } from '../../../../shared/contract/team.ts'

const DAY = 24 * 60 * 60_000
const NOON = Date.parse('2026-11-27T12:00:00Z')
const STREAM = '01890000-0000-7000-8000-000000000001'

/** The text of a part of the page, the names of its buttons in brackets. */
function draw(part: ReactElement): string {
  const html = renderToStaticMarkup(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>{part}</QueryClientProvider>
    </MantineProvider>,
  )
  return html
    .replaceAll(/<style.*?<\/style>/gsu, '')
    .replaceAll(/<button[^>]*aria-label="([^"]*)"[^>]*>/gu, ' [$1] ')
    .replaceAll(/<[^>]+>/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
}

const toTeam = (parts: object): TeamStatus =>
  ({
    state: 'member',
    own: { roles: [] },
    forks: [],
    void: [],
    clocks: [],
    unread: [],
    ...parts,
  }) as unknown as TeamStatus

const toFork = (kind: TeamFork['kind']): TeamFork => ({
  stream: STREAM,
  kind,
  client: kind === 'team' ? null : 'acme',
  position: 12,
  own: { member: 'Mara\u202e', entries: 3, head: '1a'.repeat(32) },
  server: { member: null, entries: 1200, head: '2b'.repeat(32) },
})

it('of two histories, an owner may adopt the server’s of every stream, and another member that of the team', () => {
  expect(draw(<ForkList team={toTeam({})} />).trim()).toBe('')
  const forks = [toFork('decisions'), toFork('team')]
  const owner = draw(<ForkList team={toTeam({ forks, own: { roles: ['owner'] } })} />)
  expect([...owner.matchAll(/\[(.*?)\]/gu)].map(([, name]) => name)).toEqual([
    'Adopt the server’s history of Decisions, acme…',
    'Adopt the server’s history of Members, devices and access…',
  ])
  expect(owner).toContain(`The server An unknown device 1,200 ${'2b'.repeat(32)}`)
  expect(owner).not.toContain('\u202e')
  const member = draw(<ForkList team={toTeam({ forks })} />)
  expect([...member.matchAll(/\[(.*?)\]/gu)].map(([, name]) => name)).toEqual([
    'Adopt the server’s history of Members, devices and access…',
  ])
  expect(member).toContain('Give this head to an owner, who runs castellan team mend --adopt')
})

it('connections that no device can read are named with their client', () => {
  expect(draw(<UnreadList team={toTeam({})} />).trim()).toBe('')
  const unread = [{ client: 'acme', connection: 'Production\u202e' }]
  expect(draw(<UnreadList team={toTeam({ unread })} />)).toMatch(/Set one on the device .* Production\S* \(acme\)/u)
})

const ENTRY = {
  stream: STREAM,
  client: 'acme',
  position: 17,
  member: 'Anna',
  own: false,
  decided: 'Client changed: Acme',
}

it('an entry that a wrong clock dated has the time of both clocks, and about how wrong it was', () => {
  expect(draw(<ClockList team={toTeam({})} />).trim()).toBe('')
  const clocks = [
    { ...ENTRY, at: NOON + 365 * DAY, placedAt: NOON, clockMs: 365 * DAY },
    { ...ENTRY, position: 18, client: null, own: true, decided: null, at: NOON - DAY, placedAt: NOON, clockMs: -DAY },
  ]
  const text = draw(<ClockList team={toTeam({ clocks })} />)
  const [later, noon, earlier] = [NOON + 365 * DAY, NOON, NOON - DAY].map(absoluteTime)
  expect(text).toContain(`Anna Client changed: Acme acme, position 17 ${later} ${noon} About 365 days ahead`)
  expect(text).toContain(`This device Unknown The team, position 18 ${earlier} ${noon} About 24 hours behind`)
})

it('an entry without effect is marked where a wrong clock dated it, and not where it was only placed later', () => {
  const reason = 'The author had no right.'
  const marked = { ...ENTRY, at: NOON + 365 * DAY, placedAt: NOON, clockMs: 365 * DAY, reason }
  const later = { ...ENTRY, position: 18, at: NOON - DAY, placedAt: NOON, clockMs: null, reason }
  const unread = {
    ...ENTRY,
    position: 19,
    member: null,
    decided: null,
    at: null,
    placedAt: null,
    clockMs: null,
    reason,
  }
  const text = draw(<VoidList team={toTeam({ void: [marked, later, unread] })} />)
  expect(text.split('Decided at').length).toBe(2)
  expect(text).toContain(
    `Decided at ${absoluteTime(NOON + 365 * DAY)} by the clock of Anna’s device; the server placed it at ${absoluteTime(NOON)}. That clock was about 365 days ahead.`,
  )
  expect(text).toContain(`An unknown device Unknown – ${reason} acme 19`)
})

it('a clock of this device that differs is a warning with a word', () => {
  const team = toTeam({
    name: 'Northlight',
    server: null,
    lastContact: null,
    problem: null,
    sentence: null,
    root: null,
  })
  const words = 'The clock of this device is 2 days ahead of the server’s.'
  expect(draw(<Summary team={{ ...team, own: null, clock: null }} />)).not.toContain('Clock differs')
  expect(draw(<Summary team={{ ...team, own: null, clock: words }} />)).toContain(`Clock differs ${words}`)
})
