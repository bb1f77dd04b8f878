import { startFakeCursor } from '../providers/fake-cursor.ts'
import { startFakeGitHub } from '../providers/fake-github.ts'
import { FJORD_CURSOR_KEY, fjordCursor } from '../providers/fixtures/fjord-cursor.ts'
import { FJORD_TOKEN, fjordGitHub } from '../providers/fixtures/fjord-github.ts'
import { connect, startWithoutConnection } from './connecting.ts'
import { expect, test, WHOLE } from './fixtures.ts'
import { go } from './looking.ts'
import { importLeaver, startSync } from './remediations.ts'

/** An HR file in which Cy, who has a seat at each vendor, has left. */
const HR = `Work e-mail,Full name,Employment status
cy@fjord.example,Cy,Terminated
ada@fjord.example,Ada Fjell,Active
`

test(
  'the seats of a leaver at GitHub Copilot and Cursor are listed with the rest of their access, until a sync no longer finds them',
  WHOLE,
  async ({ product }) => {
    const { page, folder } = product
    await page.setViewportSize({ width: 1440, height: 900 })
    const [seats, team] = [fjordGitHub(), fjordCursor()]
    const github = await startFakeGitHub({ organizations: [seats], variant: 'documented' })
    const cursor = await startFakeCursor({ teams: [team], variant: 'documented' })

    await test.step('both vendors are connected and read', async () => {
      await startWithoutConnection(page, 'Fjord', 'fjord.example')
      await page.getByRole('link', { name: 'Connections', exact: true }).click()
      await page.getByRole('button', { name: 'Add connection' }).first().click()
      const dialog = page.getByRole('dialog', { name: 'Add connection' })
      const done = dialog.getByRole('button', { name: 'Open Today' })
      await connect(dialog, { provider: 'GitHub Copilot', credential: FJORD_TOKEN, baseUrl: github.baseUrl })
      await expect(done).toBeVisible()
      await dialog.getByRole('button', { name: 'Add another' }).click()
      await connect(dialog, { provider: 'Cursor', credential: FJORD_CURSOR_KEY, baseUrl: cursor.baseUrl })
      await expect(done).toBeVisible()
      await page.keyboard.press('Escape')
    })

    await test.step('an HR file reports that the person has left', async () => {
      await importLeaver(page, folder, HR)
    })

    const list = page.getByRole('grid', { name: 'Leavers' })
    const left = list.getByRole('row', { name: /cy.*Has access/u })
    await test.step('both seats are in what is left of the access', async () => {
      await go(page, '/leavers')
      await expect(left).toHaveCount(1)
      await list.focus()
      await page.keyboard.press('Enter')
      const panel = page.getByRole('complementary', { name: 'cy', exact: true })
      await expect(panel.getByRole('button', { name: /^Add to remediation: Account cy/iu })).toHaveCount(2)
      await expect(panel).toContainText('Fjord on GitHub Copilot')
      await expect(panel).toContainText('Fjord on Cursor')
    })

    await test.step('after a sync without them nothing is left', async () => {
      Object.assign(seats, { seats: seats.seats.filter(({ assignee }) => assignee?.login !== 'cy') })
      Object.assign(team, { members: team.members.filter(({ name }) => name !== 'Cy') })
      await startSync(page)
      await expect(list.getByRole('row', { name: /cy.*Clear/u })).toHaveCount(1)
      await expect(left).toHaveCount(0)
    })
    await Promise.all([github.close(), cursor.close()])
  },
)
