import { readFileSync } from 'node:fs'

import type { Locator, Page } from '@playwright/test'

import { type CutProxy, startCutProxy } from '../postgres/cut-proxy.ts'
import { startPostgres } from '../postgres/server.ts'
import { makeAuthority } from '../providers/authority.ts'
import { expect } from './fixtures.ts'
import { go, lookAt } from './looking.ts'

const ADMINISTRATOR = { login: 'set_up', password: 'a long password' }

/** A PostgreSQL with an empty database, behind a way that a test can close and open again. */
export interface TeamServer {
  readonly port: number
  /** PEM. */
  readonly authority: string
  close(): Promise<void>
  open(): Promise<void>
  stop(): Promise<void>
}

export async function startTeamServer(): Promise<TeamServer> {
  const authority = makeAuthority()
  const postgres = await startPostgres({ tls: authority, settings: ['fsync=off'] })
  if (postgres === null) throw new Error('PostgreSQL is not installed. Run: npm run setup')
  let way: CutProxy = await startCutProxy(postgres.port ?? 0, null)
  const { port } = way
  await postgres.sql(`CREATE ROLE ${ADMINISTRATOR.login} LOGIN CREATEROLE PASSWORD '${ADMINISTRATOR.password}'`)
  await postgres.sql(`CREATE DATABASE castellan OWNER ${ADMINISTRATOR.login}`)
  return {
    port,
    authority: readFileSync(authority.file, 'utf8'),
    close: () => way.close(),
    open: async () => {
      way = await startCutProxy(postgres.port ?? 0, null, port)
    },
    stop: async () => {
      await way.close()
      await postgres.stop()
    },
  }
}

/** Founds the team in a window whose profile has a client; the recovery code is shown once. */
export async function found(page: Page, { port, authority }: TeamServer): Promise<void> {
  await go(page, '/team')
  await page.getByRole('button', { name: 'Found a team…' }).click()
  const form = page.getByRole('dialog', { name: 'Found a team' })
  await form.getByLabel('Name of the team').fill('Northwind Advisory')
  await form.getByLabel('Your name').fill('Mara Lindqvist')
  await form.getByLabel('Your e-mail address').fill('mara@northwind.example')
  await form.getByLabel('Server', { exact: true }).fill('127.0.0.1')
  await form.getByLabel('Port').fill(String(port))
  await form.getByLabel('Certificate authority').fill(authority)
  await form.getByLabel('Login of its administrator').fill(ADMINISTRATOR.login)
  await form
    .getByLabel(/^Password/u)
    .first()
    .fill(ADMINISTRATOR.password)
  await form.getByRole('button', { name: 'Found team' }).click()
  await expect(form.getByLabel('Recovery code')).toContainText('castellan-2.')
  await lookAt(page, 'team-paper')
  await form.getByRole('button', { name: 'I’ve printed it' }).click()
  await expect(form).toHaveCount(0)
}

interface Invited {
  readonly name: string
  readonly email: string
  /** Null: the agency. */
  readonly client: string | null
  readonly role: string
}

/** Makes an invite with a role for a client, or in the agency; gives its code. */
export async function invite(page: Page, { name, email, client, role }: Invited): Promise<string> {
  await page.getByRole('button', { name: 'Invite…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite' })
  await dialog.getByLabel('E-mail address').fill(email)
  await dialog.getByRole('textbox', { name: /^Name/u }).fill(name)
  if (client !== null) await choose(page, dialog, 'Client', client)
  await choose(page, dialog, 'Role', role)
  await lookAt(page, 'team-invite-form')
  await dialog.getByRole('button', { name: 'Make invite' }).click()
  const code = await dialog.getByLabel('Code of the invite').innerText()
  await lookAt(page, 'team-invite')
  await dialog.getByRole('button', { name: 'I’ve passed it on' }).click()
  return code
}

async function choose(page: Page, dialog: Locator, field: string, option: string): Promise<void> {
  await dialog.getByRole('combobox', { name: field }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** Gives a member of the agency a role for a client. */
export async function setRole(page: Page, { name, client, role }: Omit<Invited, 'email'>): Promise<void> {
  await go(page, '/team')
  await page.getByRole('button', { name: `Set role… of ${name}` }).click()
  const dialog = page.getByRole('dialog')
  if (client !== null) await choose(page, dialog, 'Client', client)
  await choose(page, dialog, 'Role', role)
  await dialog.getByRole('button', { name: 'Set role' }).click()
  await expect(dialog).toHaveCount(0)
}

export async function exchange(page: Page): Promise<void> {
  await go(page, '/team')
  // A message of an earlier exchange is not the end of this one.
  const earlier = page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Dismiss' })
  while ((await earlier.count()) > 0) await earlier.first().click()
  await page.getByRole('button', { name: 'Exchange now' }).click()
  await expect(page.getByText(/^Exchanged:/u)).toBeVisible()
}

/** Lets a person who was invited join, and the owner let them in. */
export async function join(owner: Page, page: Page, code: string): Promise<void> {
  await page.getByRole('button', { name: 'Join a team that invited you' }).click()
  await page.getByLabel('Code').fill(code)
  await page.getByRole('button', { name: 'Join team' }).click()
  await expect(page.getByText('Waiting to be let in').first()).toBeVisible()
  await lookAt(page, 'team-asking')
  await exchange(owner)
  await exchange(page)
  await expect(page.getByText('Up to date').first()).toBeVisible()
}
