import { type Context, makeMoment, makeRegister } from '../core/context.ts'
import { loadSample, OPERATOR } from './load.ts'
import { workInSample } from './work.ts'

/** Fills the empty register of the open profile with the sample agency, as its people left it. */
export async function fillWithSample(context: Context): Promise<void> {
  loadSample(makeRegister(context), makeMoment(context))
  await workInSample(actAs(context, OPERATOR))
}

/** Acts on the profile as another operator, in whose name decisions are recorded. */
function actAs(context: Context, operator: string): Context {
  return {
    ...context,
    session: () => {
      const session = context.session()
      const { preferences } = session
      return { ...session, preferences: { ...preferences, get: () => ({ ...preferences.get(), operator }) } }
    },
  }
}
