import type { Page } from '@playwright/test'

import { expect } from './fixtures.ts'
import { go, lookAt } from './looking.ts'
import { exchange } from './teams.ts'

/** Changes the notes of Acme Corp. */
export async function note(page: Page, notes: string): Promise<void> {
  await go(page, '/clients')
  await page.getByRole('button', { name: 'Edit Acme Corp' }).click()
  const form = page.getByRole('dialog', { name: 'Edit client' })
  await form.getByLabel('Notes').fill(notes)
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form).toHaveCount(0)
}

/** Tries to change the notes of Acme Corp with a role that does not allow it. */
export async function expectNoRight(page: Page, notes: string): Promise<void> {
  await go(page, '/clients')
  await page.getByRole('button', { name: 'Edit Acme Corp' }).click()
  const form = page.getByRole('dialog', { name: 'Edit client' })
  await form.getByLabel('Notes').fill(notes)
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByRole('alert')).toContainText(/role/u)
  await lookAt(page, 'team-no-right')
  await form.getByRole('button', { name: 'Cancel' }).click()
}

/** Asks for an exchange while the server is away. */
export async function exchangeAway(page: Page): Promise<void> {
  await go(page, '/team')
  await page.getByRole('button', { name: 'Exchange now' }).click()
  await expect(page.getByText(/does not answer/u).first()).toBeVisible()
}

/** Gives the notes that are shown. */
export async function expectNotes(page: Page, notes: string | RegExp): Promise<string> {
  await go(page, '/clients')
  await page.getByRole('button', { name: 'Edit Acme Corp' }).click()
  const form = page.getByRole('dialog', { name: 'Edit client' })
  await expect(form.getByLabel('Notes')).toHaveValue(notes)
  const found = await form.getByLabel('Notes').inputValue()
  await form.getByRole('button', { name: 'Cancel' }).click()
  return found
}

/** Mara removes Tomas, whose window keeps what it read and gets nothing that is written after that. */
export async function removeTomas(mara: Page, tomas: Page, kept: string): Promise<void> {
  await go(mara, '/team')
  await mara.getByRole('button', { name: 'Remove Tomas Okafor' }).click()
  await mara.getByRole('button', { name: 'Remove member' }).click()
  const members = mara.getByRole('region', { name: 'Members' })
  await expect(members.getByRole('row', { name: /Tomas Okafor/u })).toHaveCount(0)
  await lookAt(mara, 'team-removed')
  await note(mara, 'Written after Tomas left.')
  await exchange(mara)
  await go(tomas, '/team')
  await tomas.getByRole('button', { name: 'Exchange now' }).click()
  await expect(tomas.getByText(/login/u).first()).toBeVisible()
  await lookAt(tomas, 'team-shut-out')
  await expectNotes(tomas, kept)
}

/** Mara changes the policy while Tomas has typed another one: his window keeps what he typed, and names the change. */
export async function keepTyped(mara: Page, tomas: Page): Promise<void> {
  const find = (page: Page) => page.getByLabel('Admin keys', { exact: true })
  await go(tomas, '/settings?section=policy')
  await find(tomas).fill('77')
  await go(mara, '/settings?section=policy')
  await find(mara).fill('66')
  await mara.getByRole('button', { name: 'Save policy' }).click()
  await exchange(mara)
  // His window exchanges by itself.
  await expect(tomas.getByText('A change to the policy was saved meanwhile.')).toBeVisible()
  await expect(find(tomas)).toHaveValue('77')
  await lookAt(tomas, 'team-kept')
  await tomas.getByRole('button', { name: 'Discard mine' }).click()
  await expect(find(tomas)).toHaveValue('66')
}

/** The author of the later one is asked, and keeps their decision. */
export async function keepOrDrop(...pages: readonly Page[]): Promise<void> {
  for (const page of pages) {
    await go(page, '/team')
    const asked = page.getByRole('region', { name: 'Asked back' })
    if ((await asked.count()) === 0) continue
    await lookAt(page, 'team-asked-back')
    await asked.getByRole('button', { name: /^Keep/u }).first().click()
    await expect(asked).toHaveCount(0)
  }
}
