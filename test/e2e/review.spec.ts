import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

import { formatDay } from '../../shared/domain/text/dates.ts'
import { countInput } from './counting.ts'
import { expect, test, WHOLE } from './fixtures.ts'
import { go, lookAt } from './looking.ts'

const run = promisify(execFile)

interface Ran {
  readonly code: number
  readonly said: string
}

/** A command of VERIFY.md, run in the folder of a pack. */
async function typed(command: string, cwd: string): Promise<Ran> {
  try {
    const { stdout, stderr } = await run('bash', ['-o', 'pipefail', '-c', command], {
      cwd,
      env: { ...process.env, LC_ALL: 'C' },
    })
    return { code: 0, said: stdout + stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, said: stdout + stderr }
  }
}

/** Runs something with one byte of a file changed, and restores the byte. */
async function withFlippedByte(path: string, at: number, act: () => Promise<void>): Promise<void> {
  const whole = await readFile(path)
  const changed = Buffer.from(whole)
  changed[at] = changed[at]! ^ 1
  await writeFile(path, changed)
  try {
    await act()
  } finally {
    await writeFile(path, whole)
  }
}

test('the monthly review of administrators: decided by keys alone, signed, acknowledged, packed, and checked without Castellan', async ({
  agency,
}) => {
  const { page } = agency
  const { keyboard } = page
  await page.setViewportSize({ width: 1440, height: 900 })
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible()
  const dialog = page.getByRole('dialog')
  const panel = page.getByRole('complementary')
  const progress = page.getByRole('region', { name: 'Progress' })
  const count = await countInput(page)

  await test.step('the review is started from the schedule, after a preview of its scope', async () => {
    await keyboard.press('g')
    await keyboard.press('v')
    await expect(page.getByRole('heading', { level: 1, name: 'Reviews' })).toBeVisible()
    await expect(page.getByRole('grid', { name: 'Reviews' }).getByRole('row')).toHaveCount(3)
    const row = page.getByRole('row', { name: /Northfold Administrators/u })
    await expect(row).toContainText('Every month')
    await expect(row).toContainText('Never')
    await row.getByRole('button', { name: /^Start the review/u }).click()
    await expect(dialog.getByText('8 items, 3 flagged')).toBeVisible()
    await expect(page).toHaveURL(/start=admins/u)
    await dialog.getByRole('button', { name: 'Start review' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Review: Administrators' })).toBeVisible()
    await expect(page).toHaveURL(/review=\d+/u)
    await expect(progress).toContainText('0 of 8 decided')
  })

  await test.step('each item is decided by a key, which moves to the next', async () => {
    const at = (position: number) => expect(panel.getByText(new RegExp(`^Item ${position} ·`, 'u'))).toBeVisible()
    await expect(page.getByRole('grid', { name: 'Items of the review' })).toBeVisible()
    await keyboard.press('n')
    await at(1)
    await lookAt(page, 'review-item')
    await keyboard.press('k')
    await at(2)
    await expect(progress).toContainText('1 of 8 decided')
    await keyboard.press('c')
    await expect(panel.getByLabel('New role')).toBeFocused()
    await lookAt(page, 'review-change')
    await keyboard.type('developer')
    await keyboard.press('Control+Enter')
    await at(3)
    // Removing an administrator requires a reason, and letters typed for it decide nothing.
    await keyboard.press('r')
    await keyboard.type('kkrr')
    await expect(panel.getByRole('form', { name: 'Remove' })).toBeVisible()
    await expect(progress).toContainText('2 of 8 decided')
    await keyboard.type('External auditor, the contract ended')
    await keyboard.press('Control+Enter')
    await at(4)
    await expect(progress).toContainText('3 of 8 decided')
    await keyboard.press('Control+z')
    await expect(progress).toContainText('2 of 8 decided')
    await keyboard.press('p')
    await at(3)
    await keyboard.press('k')
    await at(4)
    const ask = async (question: string): Promise<void> => {
      await keyboard.press('i')
      await expect(panel.getByLabel('Question')).toBeFocused()
      await keyboard.type(question)
      await keyboard.press('Control+Enter')
    }
    await ask('Does the contractor stay?')
    await at(5)
    await ask('Which team is this?')
    await at(6)
    await keyboard.press('k')
    await at(7)
    await ask('Who asked for this role?')
    await at(8)
    // It is flagged: keeping it requires a justification, in the field that has the focus immediately.
    await keyboard.press('k')
    await expect(panel.getByLabel('Justification')).toBeFocused()
    await keyboard.press('Control+Enter')
    await expect(progress).toContainText('4 of 8 decided')
    await keyboard.type('Rotated next week with the pipeline')
    await keyboard.press('Control+Enter')
    await expect(progress).toContainText('5 of 8 decided')
    await expect(page.getByRole('list', { name: 'Reviewers' })).toContainText(/5 of 8, active/u)
    // Escape would close the form first.
    await expect(panel.getByRole('form')).toBeHidden()
    await keyboard.press('Escape')
    await expect(panel).toBeHidden()
    await lookAt(page, 'review-decided')
  })

  await test.step('it is signed off by one person and acknowledged by another', async () => {
    await page.getByRole('button', { name: 'Sign off…' }).click()
    const name = dialog.getByLabel('Signed as')
    await expect(name).toBeFocused()
    await expect(dialog).toContainText('Kept with open findings')
    await lookAt(page, 'review-signing')
    await name.fill('Robin Reviewer')
    await keyboard.press('Enter')
    await expect(dialog).toContainText('3 items still need more information')
    await dialog.getByLabel('Reason for signing with open questions').fill('The owners are away until Monday')
    await name.press('Enter')
    await expect(page.getByText('Signed', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Acknowledge…' }).click()
    const second = dialog.getByLabel('Acknowledged as')
    await second.fill('robin  reviewer')
    await expect(dialog.getByRole('button', { name: 'Acknowledge' })).toBeDisabled()
    await expect(dialog).toContainText('This name signed the review')
    await lookAt(page, 'review-acknowledging')
    await second.fill('Morgan Manager')
    await keyboard.press('Enter')
    await expect(page.getByText('Acknowledged', { exact: true })).toBeVisible()
  })

  const pack = { path: '', fingerprint: '' }
  await test.step('it is exported as an evidence pack into a folder', async () => {
    const folder = dialog.getByLabel('Folder')
    // The form replaced another one in the same dialog, and takes the focus.
    await expect(dialog.getByRole('button', { name: 'Choose folder…' })).toBeFocused()
    await agency.desktop.chooseFolder(agency.folder)
    await expect(folder).toHaveValue(agency.folder)
    await lookAt(page, 'review-pack')
    await dialog.getByRole('button', { name: 'Export evidence pack' }).click()
    await expect(dialog.getByText(/^Written, \d+ files$/u)).toBeVisible()
    await lookAt(page, 'review-pack-written')
    pack.path = await dialog.locator('dt', { hasText: 'Folder' }).locator('+ dd').innerText()
    pack.fingerprint = await dialog.locator('dt', { hasText: 'Key fingerprint' }).locator('+ dd').innerText()
    await dialog.getByRole('button', { name: 'Done' }).click()
    // From the first page to the evidence in the auditor’s folder.
    expect((await count()).clicks).toBeLessThanOrEqual(7)
    await page.getByRole('button', { name: 'Save summary…' }).click()
    await expect(dialog.getByRole('radio', { name: 'PDF' })).toBeChecked()
    await lookAt(page, 'review-summary')
    await keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await page.getByRole('button', { name: 'Not yet applied 1' }).click()
    await expect(page.getByRole('row', { name: /Change to Developer Not yet/u })).toBeVisible()
    await lookAt(page, 'review-closing')
    await page.getByRole('button', { name: 'Add 1 to remediation' }).click()
    await expect(page.getByText(/^Added to remediation, nothing is sent yet/u)).toBeVisible()
    await expect(page.getByRole('link', { name: 'View 1 in remediation' })).toBeVisible()
    await page.getByRole('row', { name: /Change to Developer/u }).click()
    await expect(panel.getByText('Not verified by a sync yet.')).toBeVisible()
    await expect(panel.getByRole('link', { name: /^Added/u })).toBeVisible()
    await lookAt(page, 'review-closing-item')
  })

  await test.step('the three commands of VERIFY.md accept it, without Castellan', async () => {
    const said = await readFile(join(pack.path, 'VERIFY.md'), 'utf8')
    const commands = [...said.matchAll(/^ {4}(?<command>(?:sha256sum|openssl) .*)$/gmu)].map(
      (match) => match.groups!['command']!,
    )
    const [files = '', signature = '', key = ''] = commands
    const checked = await typed(files, pack.path)
    expect(checked).toMatchObject({ code: 0 })
    expect(checked.said).toContain('items.jsonl: OK')
    expect(await typed(signature, pack.path)).toMatchObject({
      code: 0,
      said: expect.stringMatching(/Verified Success/u),
    })
    expect((await typed(key, pack.path)).said).toContain(pack.fingerprint)

    // Each detects another change: of the packed files, and of the signed head.
    await withFlippedByte(join(pack.path, 'items.jsonl'), 400, async () => {
      const refused = await typed(files, pack.path)
      expect(refused.code).not.toBe(0)
      expect(refused.said).toContain('items.jsonl: FAILED')
    })
    await withFlippedByte(join(pack.path, 'head.txt'), 100, async () => {
      expect((await typed(signature, pack.path)).code).not.toBe(0)
    })
  })

  await test.step('castellan verify accepts it too, and names a changed row', async () => {
    const verify = (): Promise<Ran> =>
      typed(`${process.execPath} ${resolve('out/node/cli.js')} verify ${pack.path}`, agency.folder)
    expect(await verify()).toMatchObject({ code: 0 })
    const items = await readFile(join(pack.path, 'items.jsonl'), 'utf8')
    const third = items.split('\n').slice(0, 2).join('\n').length + 5
    await withFlippedByte(join(pack.path, 'items.jsonl'), Buffer.byteLength(items.slice(0, third)), async () => {
      const { code, said } = await verify()
      expect(code).toBe(4)
      expect(said).toContain('items.jsonl:3 ')
      await go(page, '/settings?section=recovery')
      await page.getByLabel('Folder or zip of a pack').fill(pack.path)
      await page.getByRole('button', { name: 'Check pack' }).click()
      await expect(page.getByText('items.jsonl:3', { exact: true })).toBeVisible()
      await page.getByRole('button', { name: 'Check reviews' }).click()
      await expect(page.getByText('Unchanged', { exact: true })).toBeVisible()
      await lookAt(page, 'review-verified')
    })
    expect(await verify()).toMatchObject({ code: 0 })
  })
})

test(
  'a review with incomplete sources is started with a reason, decided together, undone, marked and cancelled',
  WHOLE,
  async ({ agency }) => {
    const { page } = agency
    await page.setViewportSize({ width: 1440, height: 900 })
    await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible()
    const dialog = page.getByRole('dialog')
    const progress = page.getByRole('region', { name: 'Progress' })
    const list = page.getByRole('grid', { name: 'Items of the review' })

    await test.step('it does not start without a reason', async () => {
      await page.getByRole('link', { name: 'Reviews', exact: true }).click()
      await go(page, '/reviews?start=keys&of=tarnbeck-rail')
      await expect(dialog.getByText('Incomplete data', { exact: true })).toBeVisible()
      await expect(dialog.getByRole('cell', { name: 'Never read' })).toBeVisible()
      const open = dialog.getByRole('button', { name: 'Start anyway' })
      await expect(open).toBeDisabled()
      await lookAt(page, 'review-obstacle')
      await dialog.getByLabel('Reason for starting with incomplete data').fill('The other connection is being set up')
      await open.click()
      await expect(progress).toContainText('0 of 22 decided')
      await page.getByRole('button', { name: 'Details', exact: true }).click()
      await expect(page.getByRole('complementary')).toContainText('The other connection is being set up')
      await lookAt(page, 'review-about')
      await page.keyboard.press('Escape')
    })

    await test.step('the listed items are decided together, with one justification, and undone', async () => {
      await progress.getByRole('button', { name: 'Flagged 2' }).click()
      await expect(list).toHaveAttribute('aria-rowcount', '3')
      await expect(page).toHaveURL(/flagged=true/u)
      await page.getByRole('button', { name: 'Decide all 2 listed…' }).click()
      await expect(dialog).toContainText('2 items will be kept. 2 of them are flagged.')
      const keep = dialog.getByRole('button', { name: 'Keep 2 items' })
      await expect(keep).toBeDisabled()
      await lookAt(page, 'review-bulk')
      await dialog.getByLabel('Justification').fill('Rotated in the next sprint')
      await keep.click()
      await expect(progress).toContainText('2 of 22 decided')
      await page.getByRole('button', { name: 'Undo' }).click()
      await expect(progress).toContainText('0 of 22 decided')
    })

    await test.step('an exception requires a reason and an end; a decided item leaves the undecided list', async () => {
      const panel = page.getByRole('complementary')
      await page.getByRole('button', { name: 'Clear filters' }).click()
      await progress.getByRole('button', { name: 'Undecided 22' }).click()
      await expect(page).toHaveURL(/decided=false/u)
      await page.keyboard.press('n')
      await expect(panel.getByText(/^Item 1 ·/u)).toBeVisible()
      await page.keyboard.press('e')
      await expect(panel.getByLabel('Justification')).toBeFocused()
      await page.keyboard.type('Until the new gateway')
      const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
      await page.keyboard.press('Control+Enter')
      await expect(progress).toContainText('0 of 22 decided')
      await panel.getByLabel('Exception until').fill(until)
      await page.keyboard.press('Control+Enter')
      await expect(panel.getByText(/^Item 2 ·/u)).toBeVisible()
      await expect(list).toHaveAttribute('aria-rowcount', '22')
      await page.keyboard.press('Escape')
      await progress.getByRole('button', { name: 'Keep 1' }).click()
      await list.getByRole('row', { name: /dev-depots-evals/u }).click()
      await expect(panel.getByText(formatDay(until))).toBeVisible()
      await expect(panel.getByText('Until the new gateway')).toBeVisible()
      await page.keyboard.press('Escape')
      // The panel closes by a navigation, which must not follow the next one.
      await expect(panel).toBeHidden()
    })

    await test.step('the panel of the key has a link to its item', async () => {
      await go(page, '/keys?client=tarnbeck-rail&q=dev-depots-evals')
      await page.getByRole('row', { name: /dev-depots-evals/u }).click()
      const key = page.getByRole('complementary', { name: /dev-depots-evals/u })
      await expect(key.getByText(/the review is open/u)).toBeVisible()
      await lookAt(page, 'review-of-a-key')
      await key.getByRole('region', { name: 'Reviews' }).getByRole('link', { name: 'Keys' }).click()
      await expect(page.getByRole('complementary').getByText(/^Item 1 ·/u)).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('complementary')).toBeHidden()
    })

    await test.step('keeping everything together is marked, not hidden', async () => {
      await page.getByRole('button', { name: 'Decide all 22 listed…' }).click()
      await dialog.getByLabel('Justification').fill('All known')
      await dialog.getByRole('button', { name: 'Keep 22 items' }).click()
      await expect(progress).toContainText('23 decisions were made in less than two minutes.')
      // Twenty-two are too few to be a rubber stamp.
      await expect(progress).not.toContainText('decided items were kept')
      await lookAt(page, 'review-marked')
    })

    await test.step('shortcuts in the list decide about the current row', async () => {
      await list.focus()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('i')
      await expect(page.getByLabel('Question')).toBeFocused()
      await page.keyboard.type('Which team uses it?')
      await page.keyboard.press('Control+Enter')
      await expect(list.getByRole('row', { name: /^Not selected 2 Need more info/u })).toBeVisible()
      await expect(progress.getByRole('button', { name: 'Need more info 1' })).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('complementary')).toBeHidden()
      // g and a letter still open an area, and decide nothing.
      await page.keyboard.press('g')
      await page.keyboard.press('k')
      await expect(page.getByRole('heading', { level: 1, name: 'Keys' })).toBeVisible()
      await page.goBack()
      await expect(progress.getByRole('button', { name: 'Need more info 1' })).toBeVisible()
    })

    await test.step('it is cancelled with a reason, and stays in the list', async () => {
      await page.getByRole('button', { name: 'Cancel review…' }).click()
      await dialog.getByLabel('Reason').fill('Opened too early')
      await lookAt(page, 'review-withdrawing')
      await dialog.getByRole('button', { name: 'Cancel review', exact: true }).click()
      await expect(page.getByText('Cancelled', { exact: true })).toBeVisible()
      await page.getByRole('link', { name: 'All reviews' }).click()
      const opened = page.getByRole('grid', { name: 'Reviews' })
      await expect(opened.getByRole('row', { name: /Cancelled Keys Tarnbeck Rail/u })).toBeVisible()
    })

    await test.step('a review of more than fifty items of which all are kept is marked', async () => {
      await go(page, '/reviews?start=roles&of=quillmarsh-mutual')
      await dialog.getByRole('button', { name: 'Start review' }).click()
      await expect(progress).toContainText('0 of 51 decided')
      await page.getByRole('button', { name: 'Decide all 51 listed…' }).click()
      await dialog.getByLabel('Justification').fill('All known')
      await dialog.getByRole('button', { name: 'Keep 51 items' }).click()
      await expect(progress).toContainText('51 of 51 decided items were kept.')
    })

    await test.step('a review without items is closed, and shows that', async () => {
      await go(page, '/reviews?start=departed&of=acme-corp')
      await expect(dialog.getByText('No items: the review will be closed as empty')).toBeVisible()
      await dialog.getByRole('button', { name: 'Start review' }).click()
      await expect(page.getByRole('heading', { level: 2, name: 'Nothing to decide' })).toBeVisible()
      await lookAt(page, 'review-empty')
    })
  },
)
