// This tab as a session of its user: it beats while it is open and leaves when it closes.

export async function call(method, path, parameters = {}) {
  const query = new URLSearchParams(parameters).toString();
  const response = await fetch(query ? `${path}?${query}` : path, { method, cache: 'no-store' });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw Object.assign(new Error(answer.error ?? response.statusText), { status: response.status });
  }
  return answer;
}

// Not crypto.randomUUID, which is missing on plain HTTP from another machine.
export const newSession = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(6)), byte => byte.toString(16).padStart(2, '0')).join('');

export class TabSession {
  state = 'on'; // on, paused or left
  fault = null; // why the last heartbeat did not arrive
  lastBeat = null; // when the last one did
  #lastTry = -Infinity;

  constructor(user, interval, changed) {
    Object.assign(this, { user, interval, changed, id: newSession() });
    addEventListener('pagehide', () => this.#sendLeave());
    // A page from the back/forward cache has left already, and what has left is not revived: it is a new session.
    addEventListener('pageshow', event => event.persisted && this.state === 'on' && this.comeBack());
  }

  // Called often. Timers of hidden tabs run once a minute only, so the event stream's messages call it too.
  tick() {
    if (this.state === 'on' && performance.now() - this.#lastTry >= this.interval) {
      this.beat();
    }
  }

  async beat() {
    this.#lastTry = performance.now();
    try {
      await call('POST', '/api/heartbeat', { user: this.user, session: this.id });
      this.fault = null;
      this.lastBeat = performance.now();
    } catch (error) {
      this.fault = error;
    }
    this.changed();
  }

  pause() {
    this.state = 'paused';
    this.changed();
  }

  resume() {
    this.state = 'on';
    this.beat();
  }

  leave() {
    this.#sendLeave();
    this.markLeft();
  }

  markLeft() {
    this.state = 'left';
    this.changed();
  }

  comeBack() {
    this.id = newSession();
    this.resume();
  }

  #sendLeave() {
    if (this.state !== 'left') {
      navigator.sendBeacon(`/api/leave?${new URLSearchParams({ user: this.user, session: this.id })}`);
    }
  }
}
