import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  dayCell,
  emptyCell,
  personCell,
  readPersonCell,
  textCell,
} from '../../../../shared/domain/text/register-cells.ts'
import { formatRolePath } from '../../../../shared/domain/access/role-path.ts'
import { joinProjects, type ListedProject } from '../../../../shared/domain/text/project-cell.ts'
import { markdownCell, markdownPerson } from '../../../../shared/report/markdown-text.ts'
import type { AccountLine, PersonLine } from '../../../../shared/report/register-document.ts'
import { said } from '../../../../shared/domain/text/said.ts'
import { hasVisible } from '../../../../shared/domain/text/visible-text.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { drillRuns } from '../../../drills/drill.ts'
import { hostileText } from '../../../shared/report/hostile-text.ts'
import { DAY, seeded } from '../seeded.ts'
import { newService } from '../services.ts'
import { agencies, writeAgency } from '../files-out/agencies.ts'
import { addAcme, importer } from '../files/importing.ts'

describe('a register that was exported', () => {
  test('is exported again line by line after it was imported elsewhere, whatever the providers reported', async () => {
    await fc.assert(
      fc.asyncProperty(agencies, fc.nat(400), async (agency, days) => {
        // However long ago it was read: reviews may be overdue.
        const now = (): number => Date.UTC(2026, 10, 1) + days * DAY
        const from = await newService({ now })
        writeAgency(makeRegister(from.context), agency)
        const to = await newService({ now })
        for (const client of agency.clients) {
          const own = await from.api.files.renderRegister({ client: client.slug, format: 'md' })
          // Imported into its own register, it changes nothing.
          const here = await importer(from).plan('register', own.text, { client: client.slug })
          expect(here.rows.filter((row) => row.action !== 'same')).toEqual([])
          const { slug } = await to.api.client.add({ name: client.slug })
          const text = await importer(from).tables(client.slug)
          const done = await importer(to).run('register', own.text, { client: slug })
          expect(done.rows.filter((row) => row.action === 'refuse')).toEqual([])
          expect(await importer(to).tables(slug)).toBe(text)
          const again = await importer(to).run('register', own.text, { client: slug })
          expect(again.counts).toEqual({ add: 0, change: 0, same: done.counts.add + done.counts.same, refuse: 0 })
          expect(again.syncIds).toEqual([])
        }
      }),
      drillRuns('round-trips'),
    )
  }, 300_000)
})

test('the mark of an overdue review is imported, exported again, and removed once a review is signed', async () => {
  const from = await seeded()
  const text = (await importer(from.service).tables('acme')).replace(
    '| Owner | All | - |',
    '| Owner | All | - (overdue) |',
  )
  expect(text).toContain('| Owner | All | - (overdue) |')
  const to = await newService({ now: () => from.clock.now })
  const { slug } = await to.api.client.add({ name: 'acme' })
  const done = await importer(to).run('register', text, { client: slug })
  expect(done.counts).toMatchObject({ refuse: 0 })
  expect(await importer(to).tables(slug)).toBe(text)
  const { reviewId } = await to.api.reviews.open({ kind: 'roles', client: 'acme' })
  await to.api.reviews.decide({ reviewId, items: {}, decision: 'keep', why: 'Still needed.' })
  await to.api.reviews.sign({ reviewId, as: 'Mara' })
  expect(await importer(to).tables(slug)).not.toContain('overdue')
})

test('a register changes by no day of the calendar: what is overdue is in the schedule of reviews', async () => {
  const { clock, service } = await seeded()
  const print = async (): Promise<string> =>
    (await service.api.files.renderRegister({ client: 'acme', format: 'md' })).text
  const before = await print()
  clock.now += 200 * DAY
  expect((await service.api.reviews.schedule({ client: 'acme' })).some(({ overdue }) => overdue)).toBe(true)
  expect(await print()).toBe(before)
})

const cellText = hostileText.map((text) => {
  const shown = said(text).trim()
  return hasVisible(shown) ? shown : `${shown}x`
})
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => dayCell(date.toISOString().slice(0, 10)))
const dayOrNot = fc.oneof(day, fc.constant(emptyCell))
const review = fc.tuple(dayOrNot, fc.boolean()).map(([cell, late]) => (late ? `${cell} (overdue)` : cell))

const heldRole = fc
  .record({
    role: fc.oneof(fc.constantFrom('owner', 'Member', 'workspace developer', 'key-auditor'), cellText),
    group: fc.option(cellText),
    carriedBy: fc.constant(null),
  })
  .map(formatRolePath)

/** A register names each project once, with its strongest role. */
function getList(projects: readonly ListedProject[]): string {
  const byName = new Map(projects.map((project) => [project.name.trim(), project]))
  return joinProjects({ all: false, projects: [...byName.values()] })
}

const person: fc.Arbitrary<PersonLine> = fc.record({
  person: fc.tuple(cellText, fc.option(fc.emailAddress())).map(([name, email]) => personCell(name, email)),
  role: fc.oneof(
    fc.constantFrom(
      'Owner',
      'Admin',
      'Member',
      'Reader',
      'Workspace developer',
      'Reader (invited)',
      'Owner (by group Org readers)',
      emptyCell,
    ),
    cellText.map(textCell),
  ),
  projects: fc.oneof(
    fc.constant('All'),
    fc.array(fc.record({ name: cellText, role: fc.option(heldRole) }), { maxLength: 4 }).map(getList),
  ),
  lastReview: review,
})
/** A project's role that is the row's own is implied: a register writes the bare name. */
const saysItsRoleOnce = ({ role, projects }: PersonLine): boolean =>
  !projects.toLowerCase().includes(`(${role.toLowerCase()}`)

const account: fc.Arbitrary<AccountLine> = fc.record({
  account: fc.oneof(fc.constantFrom('prod-backend', 'prod-web-api', 'ci'), cellText).map(textCell),
  purpose: fc.oneof(fc.constant(emptyCell), cellText.map(textCell)),
  keyId: fc.oneof(fc.constant(emptyCell), cellText.map(textCell)),
  rotationDue: dayOrNot,
})

const tellApart = (line: PersonLine): string => {
  const { name, email } = readPersonCell(line.person)
  return email === null ? JSON.stringify(line) : JSON.stringify([name, email.toLowerCase()])
}

/** Rows that contradict each other are refused; this test is about the others. */
const people = fc.uniqueArray(person.filter(saysItsRoleOnce), { maxLength: 6, selector: tellApart })
const accounts = fc
  .uniqueArray(account, {
    maxLength: 6,
    selector: (line) => (line.keyId === emptyCell ? JSON.stringify(line) : line.keyId),
  })
  // A row without facts about an account which other rows describe adds nothing to them.
  .map((lines) =>
    lines.filter((line) => !saysNothing(line) || lines.every((l) => l === line || l.account !== line.account)),
  )

function saysNothing({ purpose, keyId, rotationDue }: AccountLine): boolean {
  return [purpose, keyId, rotationDue].every((cell) => cell === emptyCell)
}

function printed(rows: { readonly people: readonly PersonLine[]; readonly accounts: readonly AccountLine[] }): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    '## AI Platform Access Register',
    '',
    '### OpenAI (org-acme-corp)',
    '',
    '| Person | Role | Projects | Last Review |',
    '|--------|------|----------|-------------|',
    ...rows.people.map((p) => row([markdownPerson(p.person), ...[p.role, p.projects, p.lastReview].map(markdownCell)])),
    '',
    '### Service Accounts',
    '',
    '| Account | Purpose | Key ID | Rotation Due |',
    '|---------|---------|--------|--------------|',
    ...rows.accounts.map((a) => row([a.account, a.purpose, a.keyId, a.rotationDue].map(markdownCell))),
    '',
  ].join('\n')
}

describe('a register that people wrote', () => {
  test('is exported with every cell unchanged, whatever the cells contain', async () => {
    await fc.assert(
      fc.asyncProperty(people, accounts, async (people, accounts) => {
        const text = printed({ people, accounts })
        const service = await newService()
        await addAcme(service)
        const { plan, run, tables } = importer(service)
        const done = await run('register', text)
        expect(done.rows.filter((row) => row.action === 'refuse')).toEqual([])
        const exported = await tables()
        expect(exported.trim().split('\n').sort()).toEqual(text.trim().split('\n').sort())
        expect((await plan('register', text)).counts).toMatchObject({ add: 0, change: 0, refuse: 0 })
        expect((await plan('register', exported)).counts).toMatchObject({ add: 0, change: 0, refuse: 0 })
      }),
      drillRuns('round-trips'),
    )
  }, 300_000)
})
