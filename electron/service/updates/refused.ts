import { Refusal } from '../kit/refusal.ts'

/**
 * A release that is not installed: its description or its package is not what the release key signed, or not newer.
 * `message` is what is wrong, `hint` what to do.
 */
export class UpdateRefused extends Refusal {
  constructor(message: string, hint: string) {
    super('INVALID', message, hint)
  }
}
