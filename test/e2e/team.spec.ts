import { readFileSync } from 'node:fs'

import type { Page } from '@playwright/test'

import { type Postgres, startPostgres } from '../postgres/server.ts'
import { type Authority, makeAuthority } from '../providers/authority.ts'
import { startWithoutConnection } from './connecting.ts'
import { expect, test } from './fixtures.ts'
import { go, lookAt } from './looking.ts'

const ADMINISTRATOR = { login: 'set_up', password: 'a long password' }

let authority: Authority
let postgres: Postgres

test.beforeAll(async () => {
  authority = makeAuthority()
  const started = await startPostgres({ tls: authority, settings: ['fsync=off'] })
  if (started === null) throw new Error('PostgreSQL is not installed. Run: npm run setup')
  postgres = started
  await postgres.sql(`CREATE ROLE ${ADMINISTRATOR.login} LOGIN CREATEROLE PASSWORD '${ADMINISTRATOR.password}'`)
  await postgres.sql(`CREATE DATABASE castellan OWNER ${ADMINISTRATOR.login}`)
})
test.afterAll(() => postgres.stop())

/** Founds the team in a window whose profile has a client. */
async function found(page: Page): Promise<void> {
  await go(page, '/team')
  await page.getByRole('button', { name: 'Found a team…' }).click()
  const form = page.getByRole('dialog', { name: 'Found a team' })
  await form.getByLabel('Name of the team').fill('Northwind Advisory')
  await form.getByLabel('Your name').fill('Mara Lindqvist')
  await form.getByLabel('Your e-mail address').fill('mara@northwind.example')
  await form.getByLabel('Server').fill('127.0.0.1')
  await form.getByLabel('Port').fill(String(postgres.port))
  await form.getByRole('textbox', { name: /^Database/u }).fill('castellan')
  await form.getByLabel('Certificate authority').fill(readFileSync(authority.file, 'utf8'))
  await form.getByRole('textbox', { name: 'Login' }).fill(ADMINISTRATOR.login)
  await form
    .getByLabel(/^Password/u)
    .first()
    .fill(ADMINISTRATOR.password)
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
  await page.getByRole('button', { name: 'Exchange now' }).click()
  await expect(page.getByText(/^Exchanged:/u).first()).toBeVisible()
}

test('two people share a client through a database that reads nothing', async ({ product, colleague }) => {
  const [mara, tomas] = [product.page, colleague.page]
  await startWithoutConnection(mara, 'Acme Corp')
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
})
