import { startFakeOpenAi } from '../providers/fake-openai.ts'
import type { FakeServer } from '../providers/http.ts'
import { bareOrganization, CREDENTIAL } from '../providers/fixtures/bare-openai.ts'
import type { FakeOpenAiOrganization } from '../providers/openai-organization.ts'
import type { Page } from '@playwright/test'
import { expect, test, WHOLE } from './fixtures.ts'
import { go, lookAt } from './looking.ts'
import { dismissNotices, inDrawer, readAgain, seeResults, startWith, sync } from './remediations.ts'

let organization: FakeOpenAiOrganization
let openai: FakeServer

test.beforeEach(async () => {
  organization = bareOrganization()
  openai = await startFakeOpenAi({ organizations: [organization] })
})
test.afterEach(() => openai.close())

/** Types the word of the previewed changes, sends them, and waits for the re-sync. */
async function runWhatIsPreviewed(page: Page): Promise<void> {
  const drawer = inDrawer(page)
  const word = drawer.getByRole('textbox', { name: /^Type .* to confirm$/u })
  await expect(word).toBeVisible()
  const label = await drawer
    .getByText(/^Type .* to confirm$/u)
    .first()
    .textContent()
  await word.fill(/^Type (.*) to confirm$/u.exec(label ?? '')?.[1] ?? '')
  await drawer.getByRole('button', { name: /^Apply \d+ changes?$/u }).click()
  await seeResults(page)
  await drawer.getByRole('button', { name: 'Close' }).last().click()
  await readAgain(page)
}

/** Opens a part of the plan; beside its name may be the number of its problems. */
async function tab(page: Page, name: string): Promise<void> {
  const parts = page.getByRole('navigation', { name: 'Part of the plan' })
  await parts.getByRole('link', { name: new RegExp(`^${name}\\s*\\d*$`, 'u') }).click()
}

test(
  'a plan from a template is edited, compared and applied by a preview, and the drift is empty afterwards',
  WHOLE,
  async ({ product }) => {
    const { page } = product
    await page.setViewportSize({ width: 1440, height: 1000 })
    await startWith(page, openai.baseUrl, 'Read and write', CREDENTIAL)

    await test.step('the template of a company has its projects, keys and roles', async () => {
      await go(page, '/plans')
      await expect(page.getByText('No plans yet')).toBeVisible()
      await lookAt(page, 'plans-empty')
      await page.getByRole('button', { name: 'New plan' }).click()
      const dialog = page.getByRole('dialog', { name: 'New plan' })
      if (await dialog.getByRole('combobox', { name: 'Client' }).isVisible()) {
        await dialog.getByRole('combobox', { name: 'Client' }).click()
        await page.getByRole('option', { name: 'Acme Corp' }).click()
      }
      await dialog.getByRole('radio', { name: 'A company with teams' }).check()
      await dialog.getByLabel('Title').fill('Next year')
      await dialog.getByRole('button', { name: 'Create plan' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Next year' })).toBeVisible()
      const tree = page.getByRole('list', { name: 'Structure of the plan' })
      for (const name of ['Product-Prod', 'Product-Dev', 'Analytics-Prod', 'Analytics-Dev', 'Research']) {
        await expect(tree.getByRole('button', { name: new RegExp(`^${name}`, 'u') }).last()).toBeVisible()
      }
      await expect(tree.getByRole('button', { name: /^prod-chatbot-backend/u })).toBeVisible()
      await lookAt(page, 'plans-structure')
    })

    await test.step('the plan is edited: a rename, a key dragged to another project, an undo, people', async () => {
      const tree = page.getByRole('list', { name: 'Structure of the plan' })
      await tree.getByRole('button', { name: 'Research', exact: true }).click()
      await page.getByRole('textbox', { name: 'Project' }).fill('Lab')
      await expect(tree.getByRole('button', { name: /^Lab/u })).toBeVisible()
      await tree
        .getByRole('button', { name: /^prod-chatbot-realtime/u })
        .dragTo(tree.getByRole('button', { name: /^Analytics-Prod/u }))
      await tree.getByRole('button', { name: /^prod-chatbot-realtime/u }).click()
      await expect(page.getByRole('combobox', { name: 'In the project' })).toHaveValue('Analytics-Prod')
      await page.getByRole('button', { name: 'Undo' }).click()
      await tree.getByRole('button', { name: /^prod-chatbot-realtime/u }).click()
      await expect(page.getByRole('combobox', { name: 'In the project' })).toHaveValue('Product-Prod')
      await tab(page, 'People and roles')
      await page.getByRole('button', { name: 'Add person' }).click()
      await page.getByRole('textbox', { name: 'Name of person 1' }).fill('Olga')
      await page.getByRole('textbox', { name: 'E-mail of person 1' }).fill('olga@acme.example')
      await page.getByRole('button', { name: 'Add person' }).click()
      await page.getByRole('textbox', { name: 'Name of person 2' }).fill('Ravi')
      await page.getByRole('textbox', { name: 'E-mail of person 2' }).fill('ravi@acme.example')
      await page.getByRole('combobox', { name: 'Job of person 2' }).click()
      await page.getByRole('option', { name: 'Researcher' }).click()
      await lookAt(page, 'plans-people')
      await page.getByRole('button', { name: 'Access changes of person 2' }).click()
      const gains = page.getByRole('dialog', { name: 'Ravi as Researcher' })
      await expect(gains.getByRole('heading', { name: 'Gains' })).toBeVisible()
      await lookAt(page, 'plans-person')
      await gains.getByRole('button', { name: 'Close', exact: true }).last().click()
      await tab(page, 'YAML')
      await expect(page.getByRole('textbox', { name: 'The plan as YAML' })).toHaveValue(/Lab/u)
      await lookAt(page, 'plans-yaml')
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await expect(page.getByText('Saved as version 2')).toBeVisible()
      await dismissNotices(page)
      await page.getByRole('button', { name: 'Activate plan' }).click()
      await expect(page.getByText('Active').first()).toBeVisible()
      await dismissNotices(page)
    })

    await test.step('the plan is compared with reality, and applied by the previewed changes', async () => {
      for (let round = 1; round <= 4; round += 1) {
        await go(page, '/plans')
        await page.getByRole('link', { name: 'Next year' }).click()
        await tab(page, 'Drift')
        const done = page.getByText('Everything is as planned')
        const put = page.getByRole('button', { name: 'Apply plan…' })
        await expect(done.or(put)).toBeVisible()
        if (await done.isVisible()) break
        if (round === 1) await lookAt(page, 'plans-drift')
        await put.click()
        const dialog = page.getByRole('dialog', { name: 'Apply plan' })
        await expect(dialog.getByRole('list', { name: 'Changes, in this order' })).toBeVisible()
        if (round === 1) {
          await lookAt(page, 'plans-apply')
          // Nothing is added before it was seen.
          await dialog.getByRole('button', { name: 'Cancel' }).click()
          await go(page, '/remediation')
          await expect(page.getByText('No pending changes')).toBeVisible()
          await page.goBack()
          await put.click()
        }
        await dialog.getByRole('button', { name: /^(?:Add|Preview) \d+ changes?$/u }).click()
        await runWhatIsPreviewed(page)
        await sync(page)
      }
      await expect(page.getByText('Everything is as planned')).toBeVisible()
      await lookAt(page, 'plans-as-planned')
      await tab(page, 'Structure')
      await expect(page.getByText('As planned').first()).toBeVisible()
    })

    expect(organization.projects.map(({ row }) => String(row['name'])).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      'Analytics-Dev',
      'Analytics-Prod',
      'Default project',
      'Lab',
      'Product-Dev',
      'Product-Prod',
    ])
  },
)
