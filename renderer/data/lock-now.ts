import { notifyFailed } from '../ui/notify.tsx'
import { api } from './api.ts'

/** Locks the register; the shell then takes this view away. */
export async function lockNow(): Promise<void> {
  await api.app.lock().catch(notifyFailed)
}
