// The page: shows what LiveUsers and TabSession know.
import { TabSession, call, newSession } from './session.js';
import { LiveUsers } from './live.js';
import { DEALS, avatar, display, el, liveDot, plural } from './parts.js';

const $ = id => document.getElementById(id);
const SUGGESTED = ['ana', 'bo', 'chidi', 'dara', 'emre', 'priya'];
const AVATARS = 6; // that fit into the navbar
const ROUNDS = 48; // that fit into the chart
const FEED = 40;

const page = await call('GET', '/api/page');
const user = new URLSearchParams(location.search).get('user') || sessionStorage.getItem('user');
const badges = new Map();
const rounds = [];
let session = null;
let gone = -Infinity; // when this user was last told to be gone
let guests = { names: [], session: '' };

const live = new LiveUsers(told);

function told(event) {
  if (event.type === 'badges') {
    showRound(event.round);
    session?.tick();
  } else if (event.type !== 'lost' && event.type !== 'outage') {
    note(event);
    if (event.type === 'reset' || (event.member === user && !live.members.has(user))) {
      missed();
    }
  }
  show();
}

// ---- who is live ----

function show() {
  const names = [...live.members.keys()].sort((a, b) => (b === user) - (a === user) || a.localeCompare(b));
  showNavbar(names);
  showPeople(names);
  showDeals();
  showSelf();
  showNotice();
}

function showNavbar(names) {
  const known = live.state !== 'connecting';
  const words = { connecting: 'connecting', live: 'live', reconnecting: 'reconnecting', outage: 'store out of reach' };
  const state = storeFault() ? 'outage' : live.state;
  $('connection').dataset.state = state;
  $('connection-text').textContent = words[state];
  $('count').textContent = !known ? '…' : state === 'live' ? names.length : '';
  const more = names.length - AVATARS;
  $('avatars').replaceChildren(
    ...names.slice(0, AVATARS).map(name => el('li', {}, avatar(name))),
    ...(more > 0 ? [el('li', {}, el('span', { class: 'avatar more' }, `+${more}`))] : []));
  document.body.classList.toggle('stale', state !== 'live');
  document.title = known ? `(${names.length}) Pipeline · Harbor CRM` : 'Harbor CRM';
  const others = names.filter(name => name !== user).length;
  $('summary').textContent = !known ? 'Asking who is here'
    : state !== 'live' ? 'Who is here cannot be told at the moment.'
    : others === 0 ? 'You have the page to yourself.'
    : `${plural(others, 'colleague')} ${others === 1 ? 'is' : 'are'} on this page right now.`;
}

// Leaves the nodes of those who stay where they are, so that only newcomers fade in.
function showPeople(names) {
  const rows = new Map([...$('people').children].map(row => [row.dataset.user, row]));
  rows.forEach((row, name) => live.members.has(name) || row.remove());
  names.forEach((name, place) => {
    const row = describe(rows.get(name) ?? person(name), name);
    if ($('people').children[place] !== row) {
      $('people').insertBefore(row, $('people').children[place] ?? null);
    }
  });
  $('nobody').hidden = names.length > 0 || live.state !== 'live';
}

function person(name) {
  return el('li', { 'data-user': name }, avatar(name, liveDot()), el('b'), el('span', { class: 'soft small' }));
}

function describe(row, name) {
  const badge = badges.get(name);
  row.children[1].textContent = display(name) + (name === user ? ' (you)' : '');
  row.children[2].textContent = badge ? `${plural(badge.tabs, 'tab')} · ${plural(badge.tasks, 'task')}` : 'just arrived';
  return row;
}

function showDeals() {
  for (const cell of $('deals').querySelectorAll('[data-owner]')) {
    const here = live.members.has(cell.dataset.owner);
    cell.classList.toggle('is-live', here);
    cell.querySelector('.sr').textContent = here ? ' is live' : '';
  }
}

function layDeals() {
  const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 });
  $('deals').replaceChildren(...DEALS.map(([deal, owner, stage, value]) => el('tr', {},
    el('td', {}, deal),
    el('td', { 'data-owner': owner }, avatar(owner, liveDot()), ' ', display(owner), el('span', { class: 'sr' })),
    el('td', {}, el('span', { class: 'stage', 'data-stage': stage }, stage)),
    el('td', { class: 'num' }, money.format(value)))));
}

// ---- badge refresh and activity ----

function showRound(round) {
  badges.clear();
  round.badges.forEach(badge => badges.set(badge.user, badge));
  rounds.push(round.rendered / round.known);
  rounds.splice(0, rounds.length - ROUNDS);
  const number = new Intl.NumberFormat('en');
  $('saved').textContent = `${Math.round(100 * round.skipped / round.known)} %`;
  $('rendered').textContent = `Rendered ${round.rendered} of ${round.known} badges, asked in ${(round.micros / 1000).toFixed(1)} ms`;
  $('totals').textContent = `Since the start ${number.format(round.renderedSinceStart)} rendered, `
    + `${number.format(round.skippedSinceStart)} skipped.`;
  $('bar').style.inlineSize = `${100 * round.rendered / round.known}%`;
  $('rounds').replaceChildren(...rounds.map(share => {
    const column = el('i');
    column.style.setProperty('--share', share);
    return column;
  }));
}

function note(event) {
  const words = { joined: 'joined', updated: 'is busy', left: 'left', timedOut: 'timed out' };
  const who = event.member === undefined ? null : el('b', {}, display(event.member));
  const text = event.type === 'snapshot' ? `${plural(event.members.length, 'person').replace('persons', 'people')} here when this page connected`
    : event.type === 'reset' ? 'everybody was reset'
    : ` ${words[event.type]}`;
  const time = el('time', {}, new Date().toLocaleTimeString('en-GB'));
  $('feed').prepend(el('li', { 'data-type': event.type, 'data-member': event.member },
    el('span', {}, ...(who ? [who] : []), text), time));
  [...$('feed').children].slice(FEED).forEach(old => old.remove());
}

// ---- this tab ----

const storeFault = () => live.state === 'outage' || session?.fault?.status === 503;
const silence = () => session.lastBeat === null ? 0 : performance.now() - session.lastBeat;
const seconds = millis => `${Math.max(0, Math.ceil(millis / 1000))} s`;

function showSelf() {
  if (session === null) {
    return;
  }
  const { state } = session;
  const tasks = badges.get(user)?.tasks ?? 0;
  $('self').hidden = false;
  $('self').replaceChildren(avatar(user, ...(tasks ? [el('em', { class: 'badge' }, `${tasks}`)] : [])),
    el('span', { class: 'name' }, display(user)), el('span', { class: 'sr' }, `, ${plural(tasks, 'task')}`));
  $('you').replaceChildren(el('b', {}, display(user)), ` ${{ on: 'is here', paused: 'is asleep', left: 'left' }[state]}`);
  $('beat').textContent = beatText();
  $('ring').style.setProperty('--left', state === 'left' ? 0 : Math.max(0, 1 - silence() / page.ttl));
  $('ring').dataset.state = state;
  $('pause').textContent = state === 'paused' ? 'Wake up' : 'Pause heartbeats';
  $('pause').setAttribute('aria-pressed', `${state === 'paused'}`);
  $('pause').disabled = state === 'left';
  $('leave').textContent = state === 'left' ? 'Come back' : 'Leave';
}

function beatText() {
  if (session.state === 'left') {
    return 'This tab left. Coming back takes a new session.';
  }
  if (session.state === 'on') {
    return session.fault?.status ? session.fault.message : session.fault ? 'the last heartbeat did not arrive' : `a heartbeat every ${page.heartbeat / 1000} s`;
  }
  const left = page.ttl - silence();
  return left > 0 ? `no heartbeats; times out in ${seconds(left)}`
    : live.members.has(user) ? 'this tab timed out; another one still beats'
    : `timed out: no heartbeat for ${page.ttl / 1000} s`;
}

function showNotice() {
  const text = storeFault() ? 'The store is out of reach. Who you see is who was here before; the page keeps trying.'
    : live.state === 'reconnecting' ? 'The connection was lost, reconnecting. Who you see is who was here before.'
    : session?.state === 'paused' && silence() > page.ttl && !live.members.has(user)
      ? 'You timed out: to everybody else you are gone, although this page is still open. Wake up to return.'
    : session?.state === 'left' ? 'You left. You can still see who is live.'
    : '';
  if ($('notice').textContent !== text) {
    $('notice').textContent = text; // only when it changes, or it would be read out again and again
  }
  $('notice').hidden = text === '';
}

// Gone although this tab beats: it overslept, all were reset, or somebody ended all tabs of this user at once. A heartbeat
// brings it back, except in the last case, where this session has left for good.
function missed() {
  gone = performance.now();
  if (session?.state === 'on') {
    session.beat();
  }
}

function checkRevoked() {
  const settled = gone > 0 && session.lastBeat > gone && performance.now() - gone > 1000;
  if (settled && session.state === 'on' && live.state === 'live' && !live.members.has(user)) {
    session.markLeft();
  }
}

// Colleagues that this page keeps awake: some leave when they are sent home, some just time out.
function invite() {
  const coming = guests.names.length === 0;
  guests.names.forEach((name, place) => place % 2 && tell('leave', name));
  const names = coming ? page.colleagues.filter(name => name !== user).sort(() => Math.random() - 0.5).slice(0, 5) : [];
  guests = { names, session: `guest-${newSession()}` };
  $('invite').setAttribute('aria-pressed', `${coming}`);
  $('invite').textContent = coming ? 'Send them home' : 'Invite colleagues';
  beatGuests();
}

const beatGuests = () => guests.names.forEach(name => tell('heartbeat', name));
const tell = (what, name) => call('POST', `/api/${what}`, { user: name, session: guests.session }).catch(() => {});

function ask() {
  $('suggestions').replaceChildren(...SUGGESTED.map(name =>
    el('a', { class: 'chip', href: link(name) }, avatar(name), display(name))));
  $('who').showModal();
}

const link = name => `?user=${encodeURIComponent(name)}`;

function begin() {
  sessionStorage.setItem('user', user);
  session = new TabSession(user, page.heartbeat, show);
  $('pause').onclick = () => session.state === 'paused' ? session.resume() : session.pause();
  $('leave').onclick = () => session.state === 'left' ? session.comeBack() : session.leave();
  $('invite').onclick = invite;
  $('others').replaceChildren(...[user, ...SUGGESTED.filter(name => name !== user).slice(0, 3)].map(name =>
    el('a', { class: 'chip', href: link(name), target: '_blank', rel: 'noopener' }, name === user ? 'myself' : display(name))));
  session.beat();
  setInterval(() => { session.tick(); checkRevoked(); show(); }, 500);
  setInterval(beatGuests, page.heartbeat);
}

layDeals();
live.open();
if (user) {
  begin();
} else {
  ask();
}
