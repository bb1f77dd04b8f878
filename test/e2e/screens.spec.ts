import { expect, test } from './fixtures.ts'
import { go, lookAt } from './looking.ts'

interface Screen {
  readonly name: string
  readonly path: string
  readonly heading: RegExp
  /** The dialog that the address opens over the page. */
  readonly dialog?: string
}

const SCREENS: readonly Screen[] = [
  { name: 'today', path: '/', heading: /Today/u },
  { name: 'people', path: '/people', heading: /People/u },
  { name: 'people-matches', path: '/people?view=matches', heading: /People/u },
  { name: 'keys', path: '/keys', heading: /Keys/u },
  { name: 'projects', path: '/projects', heading: /Projects/u },
  { name: 'people-access', path: '/people/access', heading: /People/u },
  { name: 'keys-access', path: '/keys/access', heading: /Keys/u },
  { name: 'people-service-accounts', path: '/people/service-accounts', heading: /People/u },
  { name: 'keys-federation', path: '/keys/federation', heading: /Keys/u },
  { name: 'keys-certificates', path: '/keys/federation?view=certificates', heading: /Keys/u },
  { name: 'projects-access', path: '/projects/access', heading: /Projects/u },
  { name: 'projects-tree', path: '/projects/tree', heading: /Projects/u },
  { name: 'plans', path: '/plans', heading: /Plans/u },
  { name: 'plans-new', path: '/plans?making=true', heading: /Plans/u, dialog: 'New plan' },
  { name: 'findings', path: '/findings', heading: /Findings/u },
  { name: 'findings-one-by-one', path: '/findings?view=all', heading: /Findings/u },
  { name: 'findings-trend', path: '/findings?view=trend', heading: /Findings/u },
  { name: 'reviews', path: '/reviews', heading: /Reviews/u },
  { name: 'reviews-opening', path: '/reviews?start=admins&of=northfold', heading: /Reviews/u },
  { name: 'rotation-keyless', path: '/rotation/keyless', heading: /Rotation/u },
  { name: 'remediation', path: '/remediation', heading: /Remediation/u },
  { name: 'leavers', path: '/leavers', heading: /Leavers/u },
  { name: 'findings-recommendations', path: '/findings/recommendations', heading: /Findings/u },
  { name: 'usage', path: '/usage', heading: /Usage/u },
  { name: 'usage-reconciliation', path: '/usage/reconciliation', heading: /Usage/u },
  { name: 'usage-budgets', path: '/usage/budgets', heading: /Usage/u },
  { name: 'usage-budgets-anomalies', path: '/usage/budgets?view=anomalies', heading: /Usage/u },
  { name: 'usage-budgets-rates', path: '/usage/budgets?view=rates', heading: /Usage/u },
  { name: 'reports', path: '/usage/reports', heading: /Usage/u },
  { name: 'reports-made', path: '/usage/reports?view=made', heading: /Usage/u },
  { name: 'reports-settings', path: '/usage/reports?view=settings&client=northfold', heading: /Usage/u },
  { name: 'offboarding', path: '/offboarding?client=acme-corp', heading: /Offboarding/u },
  { name: 'changes', path: '/changes', heading: /Changes/u },
  { name: 'changes-log', path: '/changes/log', heading: /Changes/u },
  { name: 'changes-audit', path: '/changes/audit', heading: /Changes/u },
  { name: 'rotation', path: '/rotation', heading: /Rotation/u },
  { name: 'rotation-calendar', path: '/rotation?view=calendar', heading: /Rotation/u },
  { name: 'connections', path: '/connections', heading: /Connections/u },
  { name: 'clients', path: '/clients', heading: /Clients/u },
  { name: 'files', path: '/files', heading: /Import & export/u },
  { name: 'files-personnel', path: '/files?view=personnel', heading: /Import & export/u },
  { name: 'snippets', path: '/snippets?project=1', heading: /Code snippets/u },
  { name: 'team', path: '/team', heading: /Team/u },
  { name: 'team-found', path: '/team?act=found', heading: /Team/u, dialog: 'Found a team' },
  { name: 'settings', path: '/settings', heading: /Settings/u },
  { name: 'settings-policy', path: '/settings?section=policy', heading: /Settings/u },
  { name: 'settings-recovery', path: '/settings?section=recovery', heading: /Settings/u },
  { name: 'help', path: '/help', heading: /Help/u },
  { name: 'help-shortcuts', path: '/help?section=shortcuts', heading: /Help/u },
  { name: 'help-licences', path: '/help?section=licences', heading: /Help/u },
  { name: 'help-about', path: '/help?section=about', heading: /Help/u },
  { name: 'settings-about', path: '/settings?section=about', heading: /Settings/u },
]

const PANELS = [
  { list: '/people', row: /Alice Dev/u },
  { list: '/keys', row: /prod-service-telephony/u },
  { list: '/projects', row: /ChatBot/u },
  { list: '/findings?view=all&rule=privileged-too-many', row: /Too many owners and admins/u },
  { list: '/leavers', row: /Darius Wendt/u },
  { list: '/findings/recommendations?sure=medium', row: /Javier Ocampo-Ruiz/u },
  { list: '/keys/federation?view=certificates', row: /broker-portal-gateway/u },
]

/** Parts that can run in parallel. */
const PARTS = 2

for (let part = 0; part < PARTS; part += 1) {
  test(`screens of the sample agency are accessible in both schemes, part ${part + 1} of ${PARTS}`, async ({
    agency: { page },
  }) => {
    await page.setViewportSize({ width: 1440, height: 900 })
    for (const { name, path, heading, dialog } of SCREENS.filter((_, at) => at % PARTS === part)) {
      await go(page, path)
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
      if (dialog !== undefined) await expect(page.getByRole('dialog', { name: dialog })).toBeVisible()
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
      await lookAt(page, name)
    }
  })
}

test('the first run, the panels of the sample agency and an impact page are accessible in both schemes', async ({
  product: { page },
}) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await expect(page.getByRole('heading', { name: 'Castellan' })).toBeVisible()
  await lookAt(page, 'first-run')
  // The path of a new user: every other test finds the agency already filled.
  await page.getByRole('button', { name: /Explore the sample agency/u }).click()
  await expect(page.getByText('SAMPLE').first()).toBeVisible()
  await expect(page).toHaveTitle(/SAMPLE/u)
  for (const { list, row } of PANELS) {
    await go(page, list)
    await page.getByRole('row', { name: row }).first().click()
    const panel = page.getByRole('complementary', { name: row })
    await expect(panel).toBeVisible()
    await expect(panel.locator('[aria-busy="true"]')).toHaveCount(0)
    await lookAt(page, `${list.slice(1)}-panel`)
    await page.keyboard.press('Escape')
    await expect(panel).toBeHidden()
  }
  await go(page, '/changes/log?key=1')
  await expect(page.getByText(/^Key: [^\d\s]/u)).toBeVisible()
  await go(page, '/people/access?principal=1')
  await expect(page.getByText(/^Account: [^\d\s]/u)).toBeVisible()
  await go(page, '/leavers')
  await page.getByRole('row', { name: /Darius Wendt/u }).click()
  await page.getByRole('link', { name: 'Impact' }).click()
  await expect(
    page.getByRole('heading', { level: 1, name: /Impact of removing the person Darius Wendt/u }),
  ).toBeVisible()
  await expect(page.getByRole('img', { name: /Darius Wendt/u })).toBeVisible()
  await lookAt(page, 'impact')
})
