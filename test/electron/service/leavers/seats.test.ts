import { describe, expect, it, onTestFinished } from 'vitest'

import { reportEmployment } from '../../../../electron/register/people/employment.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { addDays, toLocalDay } from '../../../../shared/domain/day.ts'
import { startFakeCursor } from '../../../providers/fake-cursor.ts'
import { startFakeGitHub } from '../../../providers/fake-github.ts'
import { FJORD_CURSOR_KEY, fjordCursor } from '../../../providers/fixtures/fjord-cursor.ts'
import { FJORD_TOKEN, fjordGitHub } from '../../../providers/fixtures/fjord-github.ts'
import { VARIANTS } from '../../../providers/variants.ts'
import { connected, synced } from '../fakes.ts'
import { newService } from '../services.ts'

const NOW = Date.UTC(2026, 10, 24, 12)

describe.each(VARIANTS)('the seats of a leaver, %s', (variant) => {
  it('are in the sweep with their last use and manual steps, and no longer after a sync without them', async () => {
    const seats = fjordGitHub()
    const team = fjordCursor()
    const github = await startFakeGitHub({ organizations: [seats], variant })
    const cursor = await startFakeCursor({ teams: [team], variant })
    onTestFinished(async () => {
      await Promise.all([github.close(), cursor.close()])
    })
    const { api, context } = await newService({ now: () => NOW })
    await connected(api, github, { client: 'fjord', provider: 'github-copilot', credential: FJORD_TOKEN })
    await connected(api, cursor, { client: 'fjord', provider: 'cursor-team', credential: FJORD_CURSOR_KEY })
    await synced(api)
    const states = (await api.connection.list({})).map(({ lastSync }) => lastSync?.state)
    expect(states).toEqual(['complete', 'complete'])

    const { rows } = await api.people.list({ search: 'cy@fjord.example' })
    expect(rows.length).toBe(1)
    const personId = rows[0]?.personId ?? 0
    const today = toLocalDay(NOW)
    makeRegister(context).transact((writer) =>
      reportEmployment(writer, personId, {
        externalId: null,
        name: 'Cy',
        status: 'departed',
        department: null,
        manager: null,
        jobTitle: null,
        contractor: false,
        startsOn: null,
        endsOn: addDays(today, -2),
        source: 'hr.csv',
        at: NOW,
        today,
      }),
    )
    const { items } = await api.leavers.get({ personId })
    expect(items.map(({ kind, connection, lastUsedAt }) => [kind, connection.provider, lastUsedAt])).toEqual([
      ['account', 'github-copilot', Date.UTC(2026, 5, 1, 8)],
      ['account', 'cursor-team', Date.UTC(2026, 8, 10)],
    ])
    for (const { remediation } of items) {
      if (remediation !== null) await api.remediation.add({ ...remediation, origin: { kind: 'person', id: personId } })
    }
    const listed = (await api.remediation.list({})).rows
    expect(listed.map(({ action, connection }) => [action, connection.provider])).toEqual([
      ['member-remove', 'cursor-team'],
      ['member-remove', 'github-copilot'],
    ])

    Object.assign(seats, { seats: seats.seats.filter(({ assignee }) => assignee?.login !== 'cy') })
    Object.assign(team, { members: team.members.filter(({ name }) => name !== 'Cy') })
    await synced(api)
    expect((await api.leavers.get({ personId })).items).toEqual([])
  })
})

it('an unused seat is a finding', async () => {
  const github = await startFakeGitHub({ organizations: [fjordGitHub()], variant: 'documented' })
  onTestFinished(() => github.close())
  const { api } = await newService({ now: () => NOW })
  await connected(api, github, { client: 'fjord', provider: 'github-copilot', credential: FJORD_TOKEN })
  await synced(api)
  const { rows } = await api.findings.list({ limit: 500, certainty: 'all' })
  expect(rows.map(({ rule, subject }) => `${rule.id}: ${subject.name}`)).toContain('member-unused: cy')
})
