import type { Locator, Page } from '@playwright/test'

import { NORTHFOLD_CREDENTIAL } from '../providers/fixtures/northfold-openai.ts'
import type { FakeServer } from '../providers/http.ts'
import { expect } from './fixtures.ts'
import { go } from './looking.ts'

/** A client with one connection to the fake provider, read once. */
export async function startWith(
  page: Page,
  baseUrl: string,
  access: 'Read only' | 'Read and write',
  credential: string = NORTHFOLD_CREDENTIAL,
): Promise<void> {
  await page.getByRole('button', { name: /Add your first client/u }).click()
  await page.getByLabel('Name').fill('Acme Corp')
  await page.getByLabel('E-mail domains').fill('client-acme.example')
  await page.getByRole('button', { name: 'Add the client' }).click()
  await page.getByRole('button', { name: /code/iu }).first().click()
  await page.getByRole('button', { name: 'I have stored it' }).click()
  await page.getByRole('button', { name: 'Add a connection' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a connection' })
  await dialog.getByText('OpenAI', { exact: true }).click()
  await dialog.getByLabel('Label').fill('Acme on OpenAI')
  await dialog.getByLabel('Base URL').fill(baseUrl)
  await dialog.getByLabel('Admin key').fill(credential)
  await dialog.getByRole('radio', { name: access }).check()
  await dialog.getByRole('button', { name: 'Add the connection' }).click()
  await expect(dialog).toBeHidden()
  await sync(page)
}

/** Reads the connection from wherever one is, by the palette. */
export async function sync(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page
    .getByPlaceholder(/search/iu)
    .last()
    .fill('Sync now')
  const entry = /Sync now.*Read every connection/u
  await page
    .getByRole('button', { name: entry })
    .or(page.getByRole('option', { name: entry }))
    .first()
    .click()
  await readAgain(page)
}

/** The connection was read, by whomever it was asked for, and the notice that says so is gone. */
export async function readAgain(page: Page): Promise<void> {
  await expect(page.getByText(/Acme on OpenAI: sync (?:complete|partial)/u).first()).toBeVisible({ timeout: 60_000 })
  await dismissNotices(page)
}

/** Notices lie over what is under them, and fade. */
export async function dismissNotices(page: Page): Promise<void> {
  const dismiss = page.getByRole('button', { name: 'Dismiss' })
  await expect(async () => {
    // One that goes by itself at this moment cannot be clicked any more.
    if ((await dismiss.count()) > 0) await dismiss.first().click({ timeout: 500 })
    expect(await dismiss.count()).toBe(0)
  }).toPass({ intervals: [50], timeout: 15_000 })
}

/** The finding of a rule about a subject, opened in its panel. */
export async function openFinding(page: Page, rule: string, subject: RegExp): Promise<Locator> {
  await go(page, `/findings?view=all&rule=${rule}`)
  await page.getByRole('grid', { name: 'Findings' }).getByRole('row', { name: subject }).first().click()
  const panel = page.getByRole('complementary')
  await expect(panel.getByRole('heading', { name: 'What can be done' })).toBeVisible()
  return panel
}

/** Puts the proposal of a finding that is named so on the waiting list. */
export async function putOnTheList(page: Page, panel: Locator, says: RegExp): Promise<void> {
  await panel.getByRole('button', { name: says }).click()
  await expect(panel.getByRole('link', { name: /^On the list/u }).first()).toBeVisible()
  await dismissNotices(page)
}

/** From anywhere to the preview of everything that waits. */
export async function previewWhatWaits(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Remedy', exact: true }).click()
  await page.getByRole('button', { name: /^Preview what waits/u }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Preview' })).toBeVisible()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
}

/** The requests to a fake provider that change something, in the order in which they arrived. */
export function writesTo(server: FakeServer): string[] {
  return server.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`)
}
