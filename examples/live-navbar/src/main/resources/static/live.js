// Who is live, as the event stream tells it. A lost stream keeps what was known: it is old, but not empty.

const CHANGES = ['snapshot', 'joined', 'updated', 'left', 'timedOut', 'reset'];
const RETRY = 2000;

export class LiveUsers {
  members = new Map(); // name -> when it came, or null when it was here before us
  state = 'connecting'; // connecting, live, reconnecting or outage
  #source = null;
  #retry = 0;

  constructor(told) {
    this.told = told;
    addEventListener('pagehide', () => this.#close());
    addEventListener('pageshow', event => event.persisted && this.open());
  }

  open() {
    this.#close();
    this.#source = new EventSource('/api/events');
    for (const name of CHANGES) {
      this.#on(name, change => this.#apply(change));
    }
    this.#on('badges', round => this.#enter('live', { type: 'badges', round }));
    this.#on('outage', fault => this.#enter('outage', { type: 'outage', error: fault.error }));
    this.#source.onerror = () => this.#lost();
  }

  #on(name, react) {
    this.#source.addEventListener(name, message => react(JSON.parse(message.data)));
  }

  #apply(change) {
    if (change.type === 'snapshot') {
      const before = this.members;
      this.members = new Map(change.members.map(name => [name, before.get(name) ?? null]));
    } else if (change.type === 'joined') {
      this.members.set(change.member, Date.now());
    } else if (change.type === 'left' || change.type === 'timedOut') {
      this.members.delete(change.member);
    } else if (change.type === 'reset') {
      this.members.clear();
    }
    this.#enter('live', change);
  }

  // The browser reconnects a lost stream by itself, but gives up when it is refused, as it is while the store is away.
  #lost() {
    if (this.#source.readyState === EventSource.CLOSED) {
      this.#retry = setTimeout(() => this.open(), RETRY);
    }
    this.#enter(this.state === 'outage' ? 'outage' : 'reconnecting', { type: 'lost' });
  }

  #enter(state, event) {
    this.state = state;
    this.told(event);
  }

  #close() {
    clearTimeout(this.#retry);
    this.#source?.close();
  }
}
