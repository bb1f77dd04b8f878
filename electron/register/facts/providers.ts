import { providersWith } from '../../../shared/domain/providers/providers.ts'

/** The providers for which a fact is true, as a list in SQL. */
export function listProvidersWith(flag: Parameters<typeof providersWith>[0]): string {
  return `(${providersWith(flag)
    .map((id) => `'${id}'`)
    .join(', ')})`
}
