import type { Locator, Page } from '@playwright/test'

import { expect } from './fixtures.ts'

/** The first step of the first run: a client. The next one connects an organization. */
export async function addFirstClient(page: Page, name: string, domains?: string): Promise<void> {
  await page.getByRole('button', { name: /Add your first client/u }).click()
  if (domains !== undefined) await page.getByLabel('E-mail domains').fill(domains)
  await page.getByLabel('Name').fill(name)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: `Connect ${name}` })).toBeVisible()
}

/** The last step of the first run: the recovery code. */
export async function saveRecoveryCode(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show recovery code' }).click()
  await expect(page.getByLabel('Recovery code', { exact: true })).toContainText(/[0-9A-Z]{5}/u)
  await page.getByRole('button', { name: 'I’ve saved it' }).click()
}

/** A client without a connection, and the recovery code saved. */
export async function startWithoutConnection(page: Page, name: string, domains?: string): Promise<void> {
  await addFirstClient(page, name, domains)
  await page.getByRole('button', { name: 'Later' }).click()
  await saveRecoveryCode(page)
}

interface NewConnection {
  readonly provider: string
  readonly credential: string
  readonly baseUrl: string
  /** Left out: the default of client and provider. */
  readonly label?: string
  readonly access?: 'Read only' | 'Read and write'
}

/** Fills the form of a connection, in the first run or in the dialog, and presses Connect. */
export async function connect(
  form: Page | Locator,
  { provider, credential, baseUrl, label, access }: NewConnection,
): Promise<void> {
  await form.getByRole('radio', { name: provider, exact: true }).click()
  await form.getByRole('button', { name: 'Advanced' }).click()
  await form.getByLabel('Base URL').fill(baseUrl)
  if (label !== undefined) await form.getByLabel('Label').fill(label)
  if (access !== undefined) await form.getByRole('radio', { name: access }).check()
  await form
    .getByRole('textbox', { name: /key|token/u })
    .first()
    .fill(credential)
  await form.getByRole('button', { name: 'Connect', exact: true }).click()
}
