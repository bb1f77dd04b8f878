import type { Page } from '@playwright/test'

import type { FakeServer } from '../providers/http.ts'
import { expect } from './fixtures.ts'
import { go, lookAt } from './looking.ts'
import { inDrawer, openFinding, previewWhatWaits, putOnTheList, seeResults, writesTo } from './remediations.ts'
import { exchange } from './teams.ts'

/** A change at the provider that Mara adds and cannot send alone, which Tomas approves in his window, and which she then sends. */
export async function approveTogether(mara: Page, tomas: Page, openai: FakeServer): Promise<void> {
  await go(mara, '/team')
  await mara.getByRole('switch', { name: 'Require approval for Acme Corp' }).click()
  await expect(mara.getByText(/need the approval of a second member from now on\./u)).toBeVisible()
  await expect(mara.getByRole('row', { name: /Acme Corp Required/u })).toBeVisible()
  await lookAt(mara, 'team-approvals')

  // Mara adds a change, and cannot send or approve it.
  const finding = await openFinding(mara, 'rotation-overdue', /prod-web/u)
  await putOnTheList(mara, finding, /^Add to remediation: Rotate the key prod-web/u)
  await go(mara, '/remediation')
  await expect(mara.getByRole('grid', { name: 'Remediations' }).getByText('Needs approval')).toBeVisible()
  await previewWhatWaits(mara)
  await expect(inDrawer(mara).getByText('It waits for the approval of a second member.')).toBeVisible()
  await expect(inDrawer(mara).getByText('You added it: another member has to approve it.')).toBeVisible()
  await expect(inDrawer(mara).getByRole('button', { name: /^(?:Apply|Approve)/u })).toHaveCount(0)
  await lookAt(mara, 'team-approval-own')
  await mara.keyboard.press('Escape')
  await exchange(mara)

  await exchange(tomas)
  await go(tomas, '/remediation')
  await tomas.getByRole('grid', { name: 'Remediations' }).getByText('Needs approval').click()
  await expect(tomas.getByRole('complementary').getByText('by Mara Lindqvist')).toBeVisible()
  await lookAt(tomas, 'team-approval-panel')
  await tomas.getByRole('button', { name: 'Preview and approve' }).click()
  const approve = inDrawer(tomas).getByRole('button', { name: 'Approve 1 change' })
  await expect(approve).toBeDisabled()
  await inDrawer(tomas).getByRole('textbox', { name: 'Type prod-web to approve' }).fill('prod-web')
  await lookAt(tomas, 'team-approval')
  await approve.click()
  await expect(tomas.getByText('1 change approved for 24 hours. Nothing was sent')).toBeVisible()
  expect(writesTo(openai)).toEqual([])
  await exchange(tomas)

  await exchange(mara)
  await go(mara, '/remediation')
  await expect(mara.getByRole('grid', { name: 'Remediations' }).getByText('Approved', { exact: true })).toBeVisible()
  await lookAt(mara, 'team-approved')
  await previewWhatWaits(mara)
  await inDrawer(mara).getByRole('textbox', { name: 'Type prod-web to confirm' }).fill('prod-web')
  await inDrawer(mara).getByRole('button', { name: 'Apply 1 change' }).click()
  await seeResults(mara)
  expect(writesTo(openai)).toHaveLength(1)
  await mara.keyboard.press('Escape')
  await exchange(mara)
  await exchange(tomas)
  await go(tomas, '/remediation')
  await expect(tomas.getByRole('grid', { name: 'Remediations' }).getByText('Awaiting deployment')).toBeVisible()
}
