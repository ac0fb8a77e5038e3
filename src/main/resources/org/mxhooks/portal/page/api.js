const NO_ANSWER = 'The portal does not answer. Is it still running?';

/** What the portal refused, in its own words. */
export class Refusal extends Error {
  constructor(problem) {
    super(problem.detail ?? problem.title ?? `The portal answered ${problem.status}.`);
    this.status = problem.status;
    this.field = problem.field ?? this.message.match(/^["“']?([a-zA-Z]+)/)?.[1];
  }
}

export const get = (path) => request('GET', path);
export const post = (path, body = {}) => request('POST', path, body);
export const patch = (path, body) => request('PATCH', path, body);
export const remove = (path) => request('DELETE', path, {});

/** All of a query's parameters that have a value. */
export function query(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  return given.length === 0 ? '' : '?' + new URLSearchParams(given);
}

async function request(method, path, body) {
  const options = { method, headers: { Accept: 'application/json' } };
  if (body !== undefined) {
    options.headers['Content-Type'] = 'application/json';
    options.body = JSON.stringify(body);
  }
  const response = await fetch('/api' + path, options).catch(() => {
    throw new Refusal({ detail: NO_ANSWER });
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal({ ...answer, status: response.status });
  return answer;
}
