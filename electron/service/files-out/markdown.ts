import {
  REGISTER_TITLE,
  registerOrganization,
  type RegisterOrganization,
} from '../../../shared/report/register-document.ts'
import { registerMarkdown } from '../../../shared/report/register-markdown.ts'
import type { Edition } from './edition.ts'

/** The register as Markdown: see `registerMarkdown`. Rows are those of its tables of people and accounts. */
export function printMarkdown(edition: Edition): Iterable<string> {
  return registerMarkdown({
    title: REGISTER_TITLE,
    scope: edition.scope,
    generatedAt: edition.generatedAt,
    clients: edition.clients,
    describeHistory: edition.describeHistory,
    organizations: getOrganizations(edition),
  })
}

function* getOrganizations(edition: Edition): Generator<RegisterOrganization> {
  for (const reading of edition.organizations) {
    const organization = registerOrganization(reading)
    edition.count(organization.people.length + organization.accounts.length)
    yield organization
  }
}
