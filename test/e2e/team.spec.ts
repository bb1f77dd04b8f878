import { readFileSync } from 'node:fs'

import type { Page } from '@playwright/test'

import { type CutProxy, startCutProxy } from '../postgres/cut-proxy.ts'
import { type Postgres, startPostgres } from '../postgres/server.ts'
import { type Authority, makeAuthority } from '../providers/authority.ts'
import { startWithoutConnection } from './connecting.ts'
import { expect, test } from './fixtures.ts'
import { go, lookAt } from './looking.ts'

const ADMINISTRATOR = { login: 'set_up', password: 'a long password' }

let authority: Authority
let postgres: Postgres
/** The way to the server, which a test can close and open again. */
let way: CutProxy

test.beforeAll(async () => {
  authority = makeAuthority()
  const started = await startPostgres({ tls: authority, settings: ['fsync=off'] })
  if (started === null) throw new Error('PostgreSQL is not installed. Run: npm run setup')
  postgres = started
  way = await startCutProxy(postgres.port ?? 0, null)
  await postgres.sql(`CREATE ROLE ${ADMINISTRATOR.login} LOGIN CREATEROLE PASSWORD '${ADMINISTRATOR.password}'`)
  await postgres.sql(`CREATE DATABASE castellan OWNER ${ADMINISTRATOR.login}`)
})
test.afterAll(async () => {
  await way.close()
  await postgres.stop()
})

/** Founds the team in a window whose profile has a client. */
async function found(page: Page): Promise<void> {
  await go(page, '/team')
  await page.getByRole('button', { name: 'Found a team…' }).click()
  const form = page.getByRole('dialog', { name: 'Found a team' })
  await form.getByLabel('Name of the team').fill('Northwind Advisory')
  await form.getByLabel('Your name').fill('Mara Lindqvist')
  await form.getByLabel('Your e-mail address').fill('mara@northwind.example')
  await form.getByLabel('Server').fill('127.0.0.1')
  await form.getByLabel('Port').fill(String(way.port))
  await form.getByRole('textbox', { name: /^Database/u }).fill('castellan')
  await form.getByLabel('Certificate authority').fill(readFileSync(authority.file, 'utf8'))
  await form.getByRole('textbox', { name: 'Login' }).fill(ADMINISTRATOR.login)
  await form
    .getByLabel(/^Password/u)
    .first()
    .fill(ADMINISTRATOR.password)
  await form.getByRole('checkbox', { name: /may make and end the logins/u }).check()
  await form.getByRole('button', { name: 'Found team' }).click()
  await expect(form).toHaveCount(0)
}

/** Makes an invite; gives its code. */
async function invite(page: Page, name: string, email: string): Promise<string> {
  await page.getByRole('button', { name: 'Invite…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite' })
  await dialog.getByLabel('E-mail address').fill(email)
  await dialog.getByRole('textbox', { name: /^Name/u }).fill(name)
  await dialog.getByRole('button', { name: 'Make invite' }).click()
  const code = await dialog.getByLabel('Code of the invite').innerText()
  await lookAt(page, 'team-invite')
  await dialog.getByRole('button', { name: 'I’ve passed it on' }).click()
  return code
}

async function exchange(page: Page): Promise<void> {
  await go(page, '/team')
  // A message of an earlier exchange is not the end of this one.
  const earlier = page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Dismiss' })
  while ((await earlier.count()) > 0) await earlier.first().click()
  await page.getByRole('button', { name: 'Exchange now' }).click()
  await expect(page.getByText(/^Exchanged:/u)).toBeVisible()
}

/** Changes the notes of Acme Corp. */
async function note(page: Page, notes: string): Promise<void> {
  await go(page, '/clients')
  await page.getByRole('button', { name: 'Edit Acme Corp' }).click()
  const form = page.getByRole('dialog', { name: 'Edit client' })
  await form.getByLabel('Notes').fill(notes)
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form).toHaveCount(0)
}

async function expectNotes(page: Page, notes: string): Promise<void> {
  await go(page, '/clients')
  await page.getByRole('button', { name: 'Edit Acme Corp' }).click()
  const form = page.getByRole('dialog', { name: 'Edit client' })
  await expect(form.getByLabel('Notes')).toHaveValue(notes)
  await form.getByRole('button', { name: 'Cancel' }).click()
}

test('two people share a client through a database that reads nothing', async ({ product, colleague }) => {
  const [mara, tomas] = [product.page, colleague.page]
  await startWithoutConnection(mara, 'Acme Corp')
  await expect(mara.getByRole('heading', { level: 1, name: /Today/u })).toBeVisible()
  await found(mara)
  await expect(mara.getByRole('heading', { name: 'Northwind Advisory' })).toBeVisible()
  await lookAt(mara, 'team-founded')
  const code = await invite(mara, 'Tomas Okafor', 'tomas@northwind.example')

  await tomas.getByRole('button', { name: 'Join a team that invited you' }).click()
  await tomas.getByLabel('Code of the invite').fill(code)
  await tomas.getByRole('button', { name: 'Join team' }).click()
  await expect(tomas.getByText('Waiting to be let in').first()).toBeVisible()
  await lookAt(tomas, 'team-asking')

  await exchange(mara)
  await exchange(tomas)
  await expect(tomas.getByText('In step').first()).toBeVisible()
  await expect(tomas.getByRole('row', { name: /Mara Lindqvist/u })).toContainText('Owner')

  await mara.getByRole('button', { name: 'Give access to Tomas Okafor' }).click()
  const grant = mara.getByRole('dialog', { name: 'Give access to a client' })
  await grant.getByLabel('Client').click()
  await mara.getByRole('option', { name: 'Acme Corp' }).click()
  await grant.getByRole('button', { name: 'Give access' }).click()
  await expect(grant).toHaveCount(0)
  await lookAt(mara, 'team')
  await exchange(tomas)
  await go(tomas, '/clients')
  await expect(tomas.getByRole('row', { name: /Acme Corp/u })).toBeVisible()

  const { port } = way
  await way.close()
  await note(mara, 'Calls on Mondays.')
  await note(tomas, 'Decided without the right to.')
  await expectNotes(tomas, 'Decided without the right to.')
  await go(tomas, '/team')
  await expect(tomas.getByText('Server not reached, 1 decision waiting').first()).toBeVisible()
  await lookAt(tomas, 'team-offline')
  way = await startCutProxy(postgres.port ?? 0, null, port)
  await exchange(mara)
  await exchange(tomas)
  const refused = tomas.getByRole('region', { name: 'Did not take effect' })
  await expect(refused.getByRole('row', { name: /This device/u })).toContainText('Acme')
  await lookAt(tomas, 'team-void')
  await expectNotes(tomas, 'Calls on Mondays.')
  await exchange(mara)
  await expectNotes(mara, 'Calls on Mondays.')

  await go(mara, '/team')
  await mara.getByRole('button', { name: 'Remove Tomas Okafor' }).click()
  await mara.getByRole('button', { name: 'Remove member' }).click()
  const members = mara.getByRole('region', { name: 'Members' })
  await expect(members.getByRole('row', { name: /Tomas Okafor/u })).toContainText('Removed')
  await lookAt(mara, 'team-removed')
  await note(mara, 'Written after Tomas left.')
  await exchange(mara)
  await go(tomas, '/team')
  await tomas.getByRole('button', { name: 'Exchange now' }).click()
  await expect(tomas.getByText(/Ask an owner/u).first()).toBeVisible()
  await lookAt(tomas, 'team-shut-out')
  await expectNotes(tomas, 'Calls on Mondays.')
})
