import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Locator, Page } from '@playwright/test'

import { NORTHFOLD_CREDENTIAL } from '../providers/fixtures/northfold-openai.ts'
import type { FakeServer } from '../providers/http.ts'
import { addFirstClient, connect, saveRecoveryCode } from './connecting.ts'
import { expect } from './fixtures.ts'
import { go } from './looking.ts'

/** A client with one connection to the fake provider, synced once. */
export async function startWith(
  page: Page,
  baseUrl: string,
  access: 'Read only' | 'Read and write',
  credential: string = NORTHFOLD_CREDENTIAL,
): Promise<void> {
  await addFirstClient(page, 'Acme Corp', 'client-acme.example')
  await connect(page, { provider: 'OpenAI', label: 'Acme on OpenAI', baseUrl, access, credential })
  const ended = page.getByRole('button', { name: 'Save recovery code' })
  await expect(ended.or(page.getByRole('button', { name: 'Connect anyway' }))).toBeVisible({ timeout: 60_000 })
  if (!(await ended.isVisible())) await page.getByRole('button', { name: 'Connect anyway' }).click()
  await ended.click({ timeout: 60_000 })
  await saveRecoveryCode(page)
  await expect(page.getByRole('heading', { level: 1, name: /Today|Overview/u })).toBeVisible()
}

/** Syncs the connection by the palette, from any page. */
export async function sync(page: Page): Promise<void> {
  await startSync(page)
  await readAgain(page)
}

/** The same under an open drawer, which covers the notification. */
export async function syncBeside(page: Page): Promise<void> {
  await startSync(page)
  await expect(page.getByText(/Acme on OpenAI: sync (?:complete|partial)/u).first()).toBeVisible({ timeout: 60_000 })
}

export async function startSync(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page
    .getByPlaceholder(/search/iu)
    .last()
    .fill('Sync now')
  const entry = /Sync now.*Sync all connections/u
  await page
    .getByRole('button', { name: entry })
    .or(page.getByRole('option', { name: entry }))
    .first()
    .click()
}

/** Waits until the connection was synced and the notification of it has closed. */
export async function readAgain(page: Page): Promise<void> {
  await expect(page.getByText(/Acme on OpenAI: sync (?:complete|partial)/u).first()).toBeVisible({ timeout: 60_000 })
  await dismissNotices(page)
}

/** Messages cover the page under them, also the banner of a missing keychain with a button of a similar name. */
export async function dismissNotices(page: Page): Promise<void> {
  const dismiss = page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Dismiss' })
  await expect(async () => {
    // One that closes at this moment cannot be clicked any more.
    if ((await dismiss.count()) > 0) await dismiss.first().click({ timeout: 500 })
    expect(await dismiss.count()).toBe(0)
  }).toPass({ intervals: [50], timeout: 15_000 })
}

/** The finding of a rule about a subject, opened in its panel. */
export async function openFinding(page: Page, rule: string, subject: RegExp): Promise<Locator> {
  await go(page, `/findings?view=all&rule=${rule}`)
  await page.getByRole('grid', { name: 'Findings' }).getByRole('row', { name: subject }).first().click()
  const panel = page.getByRole('complementary')
  await expect(panel.getByRole('heading', { name: 'Actions' })).toBeVisible()
  return panel
}

/** Adds the proposed change of a finding with this name to remediation. */
export async function putOnTheList(page: Page, panel: Locator, says: RegExp): Promise<void> {
  await panel.getByRole('button', { name: says }).click()
  await expect(panel.getByRole('link', { name: /^Added/u }).first()).toBeVisible()
  await dismissNotices(page)
}

/** Opens the preview of all pending changes, from any page. */
export async function previewWhatWaits(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Remediation', exact: true }).click()
  await page.getByRole('button', { name: /^Preview \d+ pending/u }).click()
  await expect(inDrawer(page).getByRole('list', { name: 'Changes, in this order' })).toBeVisible()
  await expect(inDrawer(page).locator('[aria-busy="true"]')).toHaveCount(0)
}

/** The remediation drawer, in any of its steps. */
export function inDrawer(page: Page): Locator {
  return page.getByRole('dialog').filter({ has: page.getByRole('list', { name: 'Steps' }) })
}

/** Waits until a run has ended and its results are shown. */
export async function seeResults(page: Page): Promise<void> {
  await expect(inDrawer(page).getByRole('heading', { name: 'Results' })).toBeVisible()
}

/** The requests to a fake provider that change something, in the order of arrival. */
export function writesTo(server: FakeServer): string[] {
  return server.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`)
}

/** Imports an HR file in which one person has left who still has access. */
export async function importLeaver(page: Page, folder: string, text: string): Promise<void> {
  const path = join(folder, 'hr.csv')
  await writeFile(path, text)
  await go(page, '/files?view=personnel')
  await page.locator('input[type=file]').setInputFiles(path)
  await expect(page.getByText('1 person of the file left and still has access.')).toBeVisible()
  await page.getByRole('button', { name: /^Import/u }).click()
  await expect(page.getByText('Imported', { exact: true })).toBeVisible()
  await dismissNotices(page)
}
