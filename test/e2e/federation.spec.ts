import { startFakeOpenAi } from '../providers/fake-openai.ts'
import { HIDDEN_CREDENTIAL, hiddenOpenAi } from '../providers/fixtures/hidden-openai.ts'
import { UNLIMITED } from '../providers/throttle.ts'
import { expect, test, WHOLE } from './fixtures.ts'
import { go, lookAt } from './looking.ts'
import { openFinding, putOnTheList, startWith, sync } from './remediations.ts'

test(
  'a federation rule with a wildcard is found, shown as a path, planned away, and removed after a sync',
  WHOLE,
  async ({ product }) => {
    const organization = hiddenOpenAi()
    const openai = await startFakeOpenAi({ organizations: [organization], throttle: UNLIMITED })
    const { page } = product
    try {
      await startWith(page, openai.baseUrl, 'Read and write', HIDDEN_CREDENTIAL)

      await test.step('its finding offers to delete the rule', async () => {
        const panel = await openFinding(page, 'federation-wildcard', /sa-open/u)
        await putOnTheList(page, panel, /^Add to remediation: Delete the federation rule rule-open/u)
      })

      await test.step('Keys shows who acts as whom, in a sentence', async () => {
        await go(page, '/keys/federation')
        const rules = page.getByRole('grid', { name: 'Federation rules' })
        await rules
          .getByRole('row', { name: /Any workload of any repository of hidden.*Any repository.*High/u })
          .click()
        const panel = page.getByRole('complementary', { name: 'rule-open' })
        await expect(panel).toContainText(
          'Any workload of any repository of hidden (GitHub Actions), as service account sa-open, member of Shop.',
        )
        await lookAt(page, 'federation-rule')
      })

      await test.step('the change has manual steps', async () => {
        await page.getByRole('link', { name: 'Remediation', exact: true }).click()
        await page
          .getByRole('grid', { name: 'Remediations' })
          .getByRole('row', { name: /Manual.*Delete the federation rule rule-open/u })
          .click()
        await page.getByRole('complementary').getByRole('button', { name: 'Show the steps' }).click()
        const card = page.getByRole('article', { name: /^Delete the federation rule rule-open/u })
        await expect(card).toContainText('open the federation rules of the service account')
        await card.getByRole('button', { name: 'Mark as done' }).click()
        await page.keyboard.press('Escape')
      })

      const [provider] = organization.identityProviders
      if (provider !== undefined) {
        provider.rules = provider.rules.filter((rule) => (rule as { id: string }).id !== 'rule-open')
      }
      await sync(page)

      await test.step('the rule is no longer there, and Changes names it', async () => {
        await go(page, '/keys/federation')
        await expect(page.getByText('3 federation rules')).toBeVisible()
        await go(page, '/changes?from=1')
        const removed = page.getByRole('row', { name: /Federation removed.*rule-open.*any repository of hidden/u })
        await expect(removed).toBeVisible()
        await go(page, '/remediation')
        await expect(
          page.getByRole('row', { name: /Done.*Delete the federation rule rule-open.*Verified/u }),
        ).toBeVisible()
      })
    } finally {
      await openai.close()
    }
  },
)
