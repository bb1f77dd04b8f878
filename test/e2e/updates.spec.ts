import { appendFileSync, copyFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startFeed } from '../updates/feed.ts'
import { newReleaseKeys, publishRelease } from '../updates/release.ts'
import { expect, test, WHOLE } from './fixtures.ts'
import { go, lookAt } from './looking.ts'

const keys = newReleaseKeys()

// The product is started with the environment of this process.
test.beforeAll(() => {
  process.env['CASTELLAN_RELEASE_KEY'] = keys.publicPath
})
test.afterAll(() => {
  delete process.env['CASTELLAN_RELEASE_KEY']
})

test(
  'an update is found, downloaded and verified only when a person asks, and a changed one is refused in words',
  WHOLE,
  async ({ agency: { page } }) => {
    const release = publishRelease(keys)
    const feed = await startFeed(release.folder)
    try {
      await page.setViewportSize({ width: 1440, height: 900 })
      await go(page, '/settings?section=about')
      const section = page.getByRole('region', { name: 'Updates' })
      const check = section.getByRole('button', { name: 'Check for updates' })

      await test.step('nothing can be asked before a feed is named', async () => {
        await expect(check).toBeDisabled()
        await lookAt(page, 'updates-no-feed')
        await section.getByLabel('Feed', { exact: true }).fill('http://downloads.example')
        await section.getByRole('button', { name: 'Save' }).click()
        await expect(section.getByText(/This is not the address of a feed/u).first()).toBeVisible()
        await section.getByLabel('Feed', { exact: true }).fill(feed.url)
        await section.getByRole('button', { name: 'Save' }).press('Enter')
        await expect(check).toBeEnabled()
        expect(await feed.requests()).toEqual([])
      })

      await test.step('the feed is asked once, and shows version, day and size', async () => {
        await check.press('Enter')
        await expect(section.getByText('0.2.0, newer than 0.1.0')).toBeVisible()
        await expect(section.getByText('1 Dec 2026')).toBeVisible()
        await expect(section.getByText(`${release.file}, an AppImage, 0.3 MB`)).toBeVisible()
        expect(await feed.requests()).toEqual(['castellan-update.json', 'castellan-update.json.sig'])
        await lookAt(page, 'updates-found')
      })

      await test.step('a download is cancelled and continued, then verified with the steps of its installation', async () => {
        await feed.spoil({ name: release.file, cutAfter: 100_000, holds: true })
        await section.getByRole('button', { name: 'Download', exact: true }).click()
        await expect(section.getByText('0.1 MB of 0.3 MB', { exact: true })).toBeVisible()
        await lookAt(page, 'updates-downloading')
        await section.getByRole('button', { name: 'Cancel' }).click()
        await expect(section.getByText('0.1 MB of 0.3 MB are here')).toBeVisible()
        await feed.spoil(null)
        await section.getByRole('button', { name: 'Continue the download' }).click()
        await expect(section.getByText('The description and the package')).toBeVisible()
        await expect(section.getByRole('button', { name: 'Copy command' })).toBeVisible()
        expect((await feed.requests()).at(-1)).toMatch(/ bytes=\d+-$/u)
        await lookAt(page, 'updates-verified')
        await section.getByRole('button', { name: 'Remove the download' }).click()
        await expect(section.getByRole('button', { name: 'Download', exact: true })).toBeVisible()
      })

      await test.step('a changed package is refused, and what was found stays', async () => {
        appendFileSync(release.path, 'x')
        await section.getByRole('button', { name: 'Download', exact: true }).click()
        await expect(section.getByRole('alert')).toContainText('The feed sends 300001 bytes, not the 300000 bytes')
        await lookAt(page, 'updates-refused')
      })

      await test.step('a file without a network is verified, or refused at the dialog', async () => {
        await section.getByRole('button', { name: 'Choose an update file…' }).click()
        const dialog = page.getByRole('dialog', { name: 'Choose an update file' })
        const older = publishRelease(keys, { version: '0.0.9' })
        await dialog.getByLabel('Path of the package').fill(older.path)
        await dialog.getByRole('button', { name: 'Verify' }).click()
        await expect(dialog.getByRole('alert')).toContainText('which is older than 0.1.0, the version that runs')
        await lookAt(page, 'updates-file')
        await dialog.getByLabel('Go back to an older version').check()
        await dialog.getByRole('button', { name: 'Verify' }).click()
        await expect(dialog).toBeHidden()
        await expect(section.getByText('0.0.9, older than 0.1.0')).toBeVisible()
        await lookAt(page, 'updates-older')
        const alone = join(mkdtempSync(join(tmpdir(), 'castellan-alone-')), older.file)
        copyFileSync(older.path, alone)
        await section.getByRole('button', { name: 'Choose an update file…' }).click()
        await dialog.getByLabel('Path of the package').fill(alone)
        await dialog.getByRole('button', { name: 'Verify' }).click()
        await expect(dialog.getByText(/castellan-update\.json does not exist/u).first()).toBeVisible()
        await page.keyboard.press('Escape')
      })
    } finally {
      await feed.close()
    }
  },
)
