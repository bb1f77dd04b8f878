/**
 * Serves a log of many events until it is killed, as a process of its own, so that the one that reads it has its
 * processor to itself: `node serve-events.ts COUNT END`. Prints its address.
 */
import { startFakeServer, type FakeAnswer, type FakeRequest } from '../../../providers/http.ts'
import { openAiErrorBody } from '../../../providers/openai-pages.ts'
import { eventPages } from './event-pages.ts'
import { manyEvents } from './many-events.ts'

const [count = '0', end = '0'] = process.argv.slice(2)
const pages = eventPages(manyEvents(Number(count), Number(end)))

function answer(request: FakeRequest): FakeAnswer {
  if (request.path.endsWith('/audit_logs')) return pages(request)
  return { status: 200, body: { object: 'list', data: [], has_more: false, first_id: null, last_id: null, next: null } }
}

const server = await startFakeServer({ basePath: '/v1', errorBody: openAiErrorBody, answer })
process.stdout.write(server.baseUrl)
