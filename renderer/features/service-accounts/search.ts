import { SERVICE_ACCOUNTS } from '../../../shared/nouns/service-accounts.ts'
import { makeSearch } from '../../data/search-params.ts'

/** The filters and sort of the roster of service accounts. */
export const searchSchema = makeSearch(SERVICE_ACCOUNTS, {})
