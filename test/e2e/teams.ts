import { readFileSync } from 'node:fs'

import type { Page } from '@playwright/test'

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

/** Founds the team in a window whose profile has a client. */
export async function found(page: Page, { port, authority }: TeamServer): Promise<void> {
  await go(page, '/team')
  await page.getByRole('button', { name: 'Found a team…' }).click()
  const form = page.getByRole('dialog', { name: 'Found a team' })
  await form.getByLabel('Name of the team').fill('Northwind Advisory')
  await form.getByLabel('Your name').fill('Mara Lindqvist')
  await form.getByLabel('Your e-mail address').fill('mara@northwind.example')
  await form.getByLabel('Server').fill('127.0.0.1')
  await form.getByLabel('Port').fill(String(port))
  await form.getByRole('textbox', { name: /^Database/u }).fill('castellan')
  await form.getByLabel('Certificate authority').fill(authority)
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
export async function invite(page: Page, name: string, email: string): Promise<string> {
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
  await page.getByLabel('Code of the invite').fill(code)
  await page.getByRole('button', { name: 'Join team' }).click()
  await expect(page.getByText('Waiting to be let in').first()).toBeVisible()
  await lookAt(page, 'team-asking')
  await exchange(owner)
  await exchange(page)
  await expect(page.getByText('In step').first()).toBeVisible()
}

/** Gives a member access to a client, with the role that the dialog offers first or another one. */
export async function grant(owner: Page, member: string, client: string, role: RegExp | null = null): Promise<void> {
  await owner.getByRole('button', { name: `Give access to ${member}` }).click()
  const dialog = owner.getByRole('dialog', { name: 'Give access to a client' })
  await dialog.getByLabel('Client').click()
  await owner.getByRole('option', { name: client }).click()
  if (role !== null) await dialog.getByRole('radio', { name: role }).check()
  await dialog.getByRole('button', { name: 'Give access' }).click()
  await expect(dialog).toHaveCount(0)
}
