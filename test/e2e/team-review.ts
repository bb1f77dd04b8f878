import type { Page } from '@playwright/test'

import { followReadme } from '../electron/service/evidence/follow-readme.ts'
import { expect, type Product } from './fixtures.ts'
import { go, lookAt } from './looking.ts'
import { exchange, type TeamServer } from './teams.ts'

/**
 * A review that Mara signs and cannot acknowledge, which Tomas acknowledges in his window; the evidence that he exports is checked in hers,
 * and by its own commands, as an auditor without Castellan does.
 */
export async function reviewTogether(mara: Page, colleague: Product, server: TeamServer): Promise<void> {
  const tomas = colleague.page
  await server.close()
  await go(mara, '/reviews?start=admins&client=acme-corp')
  await mara.getByRole('dialog').getByRole('button', { name: 'Start review' }).click()
  await mara.getByRole('button', { name: /^Decide all/u }).click()
  const all = mara.getByRole('dialog')
  await all.getByLabel('Justification').fill('Known to the client')
  await all.getByRole('button', { name: /^Keep/u }).click()
  await expect(all).toHaveCount(0)
  await expect(mara.getByText('2 decisions waiting for the team')).toBeVisible()
  await lookAt(mara, 'team-review-waiting')
  await server.open()
  await mara.getByRole('button', { name: 'Sign off…' }).click()
  const signing = mara.getByRole('dialog', { name: 'Sign off review' })
  // The member signs: the name cannot be typed.
  await expect(signing.getByLabel('Signed as')).toHaveValue('Mara Lindqvist')
  await expect(signing.getByLabel('Signed as')).not.toBeEditable()
  await signing.getByRole('button', { name: 'Sign off' }).click()
  await expect(signing).toHaveCount(0)

  await mara.getByRole('button', { name: 'Acknowledge…' }).click()
  const own = mara.getByRole('dialog', { name: 'Acknowledge review' })
  await expect(own.getByText('You signed the review.')).toBeVisible()
  await expect(own.getByRole('button', { name: 'Acknowledge' })).toBeDisabled()
  await lookAt(mara, 'team-review-own')
  await own.getByRole('button', { name: 'Cancel' }).click()
  await exchange(mara)

  await exchange(tomas)
  await openReview(tomas)
  await tomas.getByRole('button', { name: 'Acknowledge…' }).click()
  const acknowledging = tomas.getByRole('dialog', { name: 'Acknowledge review' })
  await expect(acknowledging.getByLabel('Acknowledged as')).toHaveValue('Tomas Okafor')
  await acknowledging.getByRole('button', { name: 'Acknowledge' }).click()
  await expect(tomas.getByText('Acknowledged. This is recorded with the signature and is final')).toBeVisible()
  await lookAt(tomas, 'team-review')
  await exchange(tomas)
  await exchange(mara)
  await go(mara, '/reviews')
  await expect(
    mara.getByRole('row', { name: /Acknowledged Administrators.*Mara Lindqvist Tomas Okafor/u }),
  ).toBeVisible()

  // The evidence that one writes shows the other whose keys signed it.
  await openReview(tomas)
  await tomas.getByRole('button', { name: 'Export evidence pack…' }).click()
  const packing = tomas.getByRole('dialog', { name: 'Export evidence pack' })
  await colleague.desktop.chooseFolder(colleague.folder)
  await packing.getByRole('button', { name: 'Export evidence pack' }).click()
  await expect(packing.getByText(/^Written, \d+ files$/u)).toBeVisible()
  const pack = await packing.locator('dt', { hasText: 'Folder' }).locator('+ dd').innerText()
  await go(mara, '/settings?section=recovery')
  await mara.getByLabel('Folder or zip of a pack').fill(pack)
  await mara.getByRole('button', { name: 'Check pack' }).click()
  await expect(mara.getByText('Unchanged', { exact: true })).toBeVisible()
  await expect(mara.getByText('Signed by a device of the team.')).toBeVisible()
  await expect(mara.getByText(/^Mara Lindqvist \(.*, owner\) at position \d+,/u)).toBeVisible()
  await expect(mara.getByText(/^Tomas Okafor \(tomas@northwind\.example, lead\) at position \d+,/u)).toBeVisible()
  await lookAt(mara, 'team-pack-verified')

  // An auditor without Castellan: the commands of the pack itself, with sha256sum and openssl.
  const { printed, status } = followReadme(pack)
  expect(status, printed).toBe(0)
  expect(printed).toContain('Signature Verified Successfully')
  const signers = [...printed.matchAll(/review\.(signed|acknowledged):counts, by (.+), key ([0-9a-f]{64})/gu)]
  expect(signers.map(([, act, member]) => `${act} by ${member}`)).toEqual([
    'signed by Mara Lindqvist',
    'acknowledged by Tomas Okafor',
  ])
  expect(new Set(signers.map(([, , , key]) => key)).size).toBe(2)
  expect(printed).toContain('Both logs are whole and signed')
}

async function openReview(page: Page): Promise<void> {
  await go(page, '/reviews')
  await page
    .getByRole('row', { name: /Administrators/u })
    .getByRole('link')
    .first()
    .click()
}
