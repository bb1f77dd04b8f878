/** A date at the end, as providers append it to the name of a model; on other platforms it follows an `@`. */
const DATED = /(?:[-@]20\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])|[-@:]latest)$/u

/** Older names of OpenAI end in month and day alone. */
const MONTH_AND_DAY = /^(gpt-.+)-(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/u

/** Gateways write the provider before the model. */
const PROVIDER = /^(?:openai|anthropic|azure|bedrock|vertex_ai)\//u

/**
 * The name shared by all versions of a model: lower case, without a gateway's prefix and without the date of a version.
 * Records name models as a program requested them, reports as the provider answered.
 *
 * @example modelFamily('gpt-5.4-2026-03-05') // 'gpt-5.4'
 */
export function modelFamily(model: string): string {
  let family = model.trim().toLowerCase()
  for (;;) {
    const next = family.replace(PROVIDER, '').replace(DATED, '').replace(MONTH_AND_DAY, '$1')
    if (next === family || next === '') return family
    family = next
  }
}
