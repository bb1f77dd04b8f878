import type { ReportSettings } from '../../../shared/contract/reports.ts'
import { parseDecimal, millionthsText, percentText } from '../../../shared/domain/usage/invoice.ts'
import { isDay } from '../../../shared/domain/day.ts'

export interface SettingsValues {
  readonly markup: string
  readonly currency: string
  readonly rate: string
  readonly rateOn: string
  readonly weekly: boolean
  readonly monthly: boolean
  readonly invoice: boolean
  readonly weeklyTo: string
  readonly monthlyTo: string
}

export function toValues(settings: ReportSettings): SettingsValues {
  return {
    markup: percentText(settings.markupBasisPoints),
    currency: settings.currency,
    rate: millionthsText(settings.rateMillionths),
    rateOn: settings.rateOn ?? '',
    weekly: settings.weekly,
    monthly: settings.monthly,
    invoice: settings.invoice,
    weeklyTo: settings.weeklyTo.join('\n'),
    monthlyTo: settings.monthlyTo.join('\n'),
  }
}

/** The mistakes in the form, by field. */
export function toProblems(values: SettingsValues): Partial<Record<keyof SettingsValues, string>> {
  const { markup, currency, rate, rateOn } = values
  const address = (text: string): string | null =>
    addresses(text).some((each) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(each)) ? 'Enter one address per line' : null
  const rateNumber = parseDecimal(rate, 6)
  const problems = {
    markup: parseDecimal(markup, 2) === null ? 'Enter a percentage, such as 15 or 12.5' : null,
    currency: /^[A-Z]{3}$/u.test(currency.trim().toUpperCase()) ? null : 'Enter three letters, such as EUR',
    rate: rateNumber === null || rateNumber === 0 ? 'Enter a number above 0, with at most six decimal places' : null,
    rateOn: rateOn === '' || isDay(rateOn) ? null : 'Enter a date as YYYY-MM-DD',
    weeklyTo: address(values.weeklyTo),
    monthlyTo: address(values.monthlyTo),
  }
  return Object.fromEntries(Object.entries(problems).filter(([, says]) => says !== null))
}

export function getSettings(values: SettingsValues): ReportSettings {
  return {
    markupBasisPoints: parseDecimal(values.markup, 2) ?? 0,
    currency: values.currency.trim().toUpperCase(),
    rateMillionths: parseDecimal(values.rate, 6) ?? 1_000_000,
    rateOn: values.rateOn === '' ? null : values.rateOn,
    weekly: values.weekly,
    monthly: values.monthly,
    invoice: values.invoice,
    weeklyTo: addresses(values.weeklyTo),
    monthlyTo: addresses(values.monthlyTo),
  }
}

function addresses(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/u).filter((each) => each !== ''))]
}
