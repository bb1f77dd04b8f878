import type { KeylessRow, KeylessSetup } from '../contract/keyless.ts'
import { type Platform, platformName, PLATFORMS } from '../domain/keyless/platforms.ts'
import { tokenForm } from '../domain/keyless/rule.ts'
import { tokenAudience, tokenSnippet } from '../domain/keyless/token-snippet.ts'
import { findProvider } from '../domain/providers/providers.ts'

type SetupFacts = Pick<KeylessRow, 'connection' | 'project' | 'account' | 'platform' | 'name' | 'rule' | 'lastDay'>

/** The settings by which workloads replace a key, its own platform first; none where the provider accepts none. */
export function keylessSetups(row: SetupFacts): KeylessSetup[] {
  const first = row.platform
  const platforms = first === null ? PLATFORMS : [first, ...PLATFORMS.filter((platform) => platform !== first)]
  return platforms.flatMap((platform) => keylessSetup(row, platform) ?? [])
}

/** The settings of one platform; null where the provider accepts no workloads. */
export function keylessSetup(row: SetupFacts, platform: Platform): KeylessSetup | null {
  const facts = findProvider(row.connection.provider)
  const form = facts?.federation
  if (facts === undefined || form === undefined) return null
  const { issuer, subject, hint } = tokenForm(platform)
  const audience = tokenAudience(platform, form.audience)
  const project = row.project?.externalId ?? `ID_OF_THE_${facts.projectWord.toUpperCase()}`
  const account = row.account?.externalId ?? 'ID_OF_THE_SERVICE_ACCOUNT'
  return {
    platform,
    name: platformName(platform),
    rule: {
      issuer,
      subject,
      audience,
      account: row.account?.name?.trim() || account,
      project: row.project?.name ?? 'the organization’s choice',
      hint,
    },
    steps: [
      ...(row.account === null
        ? [`Create a service account in the ${facts.projectWord} for this workload alone, with the smallest role.`]
        : []),
      ...(row.rule === null ? [form.place] : ['The federation rule is there: deploy the program that uses it.']),
      'Deploy the token and the program below, and watch that the key is no longer used.',
      `Delete the key ${row.name} by its last day, and remove its secret where it was stored.`,
    ],
    snippets: [
      tokenSnippet(platform, form),
      form.program(platform, { organization: row.connection.organizationId ?? 'ORGANIZATION_ID', project, account }),
    ],
  }
}
