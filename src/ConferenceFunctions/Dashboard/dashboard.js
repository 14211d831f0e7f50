// The dashboard. Everything that it shows comes from the query API, and can be had there.
// A view is a pure function from data to a description of elements (h); patch makes the page so, and leaves alone what stays.

// ---------------------------------------------------------------- elements

const SVG = 'http://www.w3.org/2000/svg';

/** Describes an element. Strings become text nodes, whatever is in them. */
function h(tag, props, ...children) {
  return { tag, props: props ?? {}, children: children.flat(Infinity) };
}

/** Makes the children of a node those described. A node stays as long as its tag and its key (or its place) do. */
function patch(parent, children) {
  const before = new Map(parent.drawn ?? []);
  const now = new Map();
  children.forEach((child, place) => {
    if (child === null || child === undefined || child === false || child === '') return;
    const wanted = typeof child === 'object' ? child : { tag: '#text', props: {}, text: String(child) };
    const key = `${wanted.tag} ${wanted.props.key ?? place}`;
    const kept = before.get(key);
    before.delete(key);
    now.set(key, { node: kept ? change(kept.node, kept.wanted, wanted) : create(wanted, parent), wanted });
  });
  for (const { node } of before.values()) node.remove();
  let next = parent.firstChild;
  for (const { node } of now.values()) {
    if (node === next) next = next.nextSibling;
    else parent.insertBefore(node, next);
  }
  parent.drawn = now;
}

function create(wanted, parent) {
  if (wanted.tag === '#text') return document.createTextNode(wanted.text);
  const inSvg = wanted.tag === 'svg' || parent.namespaceURI === SVG;
  const node = inSvg ? document.createElementNS(SVG, wanted.tag) : document.createElement(wanted.tag);
  change(node, { props: {} }, wanted);
  wanted.props.created?.(node);
  return node;
}

function change(node, was, wanted) {
  if (wanted.tag === '#text') {
    if (was.text !== wanted.text) node.nodeValue = wanted.text;
    return node;
  }
  for (const name of new Set([...Object.keys(was.props), ...Object.keys(wanted.props)])) {
    if (was.props[name] !== wanted.props[name]) setProperty(node, name, wanted.props[name]);
  }
  if (!wanted.props.keepsHouse) patch(node, wanted.children);
  return node;
}

function setProperty(node, name, value) {
  if (['key', 'created', 'keepsHouse'].includes(name)) return;
  if (name.startsWith('on') || ['value', 'checked', 'selected', 'disabled', 'indeterminate'].includes(name)) node[name] = value ?? null;
  else if (name === 'style') for (const [property, text] of Object.entries(value)) node.style.setProperty(property, text);
  else if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? '' : value);
}

const byId = id => document.getElementById(id);
const icon = (name, label) => h('svg', { class: `icon ${name}`, role: label ? 'img' : null, 'aria-label': label, 'aria-hidden': label ? null : 'true' },
  h('use', { href: `#${name}` }));
const hidden = text => h('span', { class: 'unseen' }, text);
const button = (props, ...content) => h('button', { type: 'button', ...props }, ...content);

// ---------------------------------------------------------------- text

const format = options => new Intl.DateTimeFormat(undefined, options);
const DAY = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const DATE = format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const MINUTE = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const SECOND = format({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const NUMBER = new Intl.NumberFormat();

const ms = time => time ? Date.parse(time) : null;
const utc = time => `${time.replace('T', ' ').replace(/\.\d+/, '').replace('Z', '')} UTC`;
const count = (number, one, many = `${one}s`) => `${NUMBER.format(number)} ${number === 1 ? one : many}`;
const pad = number => String(number).padStart(2, '0');
const words = text => text?.replaceAll(/[-_]/g, ' ');
const short = id => id.length > 13 ? `${id.slice(0, 8)}…` : id;

/** A point in time in the viewer's zone, in UTC on hover. */
const when = (time, how = DATE) => time ? h('time', { datetime: time, title: utc(time) }, how.format(new Date(time))) : h('span', { class: 'faint' }, '–');

/** 65 is 1:05, 3665 is 1:01:05. */
function clock(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}

/** 65 is 1 min 5 s; what is longer than an hour has no seconds. */
function lasting(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  const whole = Math.max(0, Math.round(seconds));
  const [days, hours, minutes, rest] = [Math.floor(whole / 86400), Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60];
  const parts = [[days, 'd'], [hours, 'h'], [minutes, 'min'], [whole < 3600 ? rest : 0, 's']].filter(([number]) => number > 0);
  return parts.length ? parts.slice(0, 2).map(([number, unit]) => `${number} ${unit}`).join(' ') : '0 s';
}

function bytes(size) {
  if (size < 1000) return count(size, 'byte');
  const step = size < 1e6 ? 1 : size < 1e9 ? 2 : 3;
  const number = size / 1000 ** step;
  return `${number.toFixed(number < 100 ? 1 : 0)} ${['', 'kB', 'MB', 'GB'][step]}`;
}

/** Who somebody is: the number where it is known, otherwise the call. */
const who = person => person?.caller?.from || `Call ${short(person?.call_id ?? '?')}`;

// ---------------------------------------------------------------- API

const KEY = 'function-key';
const API = new URL('.', document.baseURI);
// In milliseconds. What a view asks for is there at once or not at all; a change or a download may take what it takes.
const LONGEST_LOOK = 10000;
const LONGEST_WORK = 120000;
let skew = 0;
let asking = null;

/** The time by the app's clock. */
const now = () => Date.now() + skew;

class Refusal extends Error {
  constructor(status, message, faults) {
    super(message);
    Object.assign(this, { status, faults });
  }
}

/** Sends a request, with the function key where there is one, and asks for it where the app does. */
async function send(method, path, { body, headers, signal, take = response => response, within = method === 'GET' ? LONGEST_LOOK : LONGEST_WORK } = {}) {
  for (;;) {
    const key = sessionStorage.getItem(KEY);
    const late = AbortSignal.timeout(within);
    try {
      const response = await fetch(new URL(path, API), {
        method, body, cache: 'no-store', signal: signal ? AbortSignal.any([signal, late]) : late, headers: { ...headers, ...(key && { 'x-functions-key': key }) },
      });
      skew = (Date.parse(response.headers.get('Date')) || Date.now()) - Date.now();
      if (response.ok) return await take(response);
      if (response.status !== 401) throw await refusalOf(response);
    } catch (error) {
      if (signal?.aborted || error instanceof Refusal) throw error;
      throw new Refusal(0, late.aborted ? 'The app does not answer in time.' : 'The app does not answer.');
    }
    if (key === sessionStorage.getItem(KEY)) await (asking ??= askForKey(key).finally(() => { asking = null; }));
  }
}

async function refusalOf(response) {
  const problem = await response.json().catch(() => null);
  const detail = typeof problem?.detail === 'string' ? problem.detail : `The app answered ${response.status}.`;
  return new Refusal(response.status, detail, Array.isArray(problem?.faults) ? problem.faults : undefined);
}

const UNREADABLE = 'What answers at this address is not the app, or an app of another version: this page can not read it.';

/** The JSON object that an answer is. A proxy may have answered in place of the app, so something else may be only passing. */
async function objectOf(response) {
  const text = await response.text();
  try {
    const found = JSON.parse(text);
    if (found !== null && typeof found === 'object') return found;
  } catch {
    // Told below.
  }
  throw new Refusal(0, UNREADABLE);
}

const get = (path, signal) => send('GET', path, { signal, take: objectOf, headers: { Accept: 'application/json' } });

/** A path with those parameters that have a value. */
function withQuery(path, parameters) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value)).toString();
  return query ? `${path}?${query}` : path;
}

/** The cursor in the address of a next page. The page has the origin of the public URL, which need not be this one's. */
const cursorOf = next => next ? new URL(next, API).searchParams.get('cursor') : null;

// ---------------------------------------------------------------- dialogs and notices

/** Shows a dialog, after those that were asked for before; resolves with what answer() makes of its form, or null where it was closed. */
const ask = (...question) => (lastAsked = lastAsked.then(() => show(...question)));
let lastAsked = Promise.resolve();

function show(title, text, action, { danger = false, fields = [], answer = () => true } = {}) {
  const dialog = byId('dialog');
  return new Promise(resolve => {
    let result = null;
    const submit = event => {
      event.preventDefault();
      result = answer(event.target);
      dialog.close();
    };
    patch(dialog, [h('form', { key: title, onsubmit: submit },
      h('h2', { id: 'dialog-title' }, title), h('p', { id: 'dialog-text' }, text), fields,
      h('div', { class: 'actions' },
        button({ onclick: () => dialog.close() }, 'Cancel'),
        h('button', { type: 'submit', class: danger ? 'danger' : 'primary' }, action)))]);
    dialog.onclose = () => {
      patch(dialog, []);
      resolve(result);
    };
    dialog.showModal();
  });
}

// What a header can carry.
const USABLE_KEY = /^[\x20-\x7E]+$/;

async function askForKey(refused) {
  let text = `${refused ? 'The app refused that key.' : 'This app asks for a function key.'} It is kept until you close this tab, and sent to this app alone.`;
  for (;;) {
    const key = await ask('Function key', text, 'Continue', {
      fields: h('label', {}, 'Key', h('input', { name: 'key', type: 'password', required: true, autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'dialog-text' })),
      answer: form => form.elements.key.value.trim(),
    });
    if (key === null) throw new Refusal(401, 'The app asks for a function key.');
    if (USABLE_KEY.test(key)) return sessionStorage.setItem(KEY, key);
    text = 'That is no function key: it has a character that no key has. Copy it again, all of it and nothing else.';
  }
}

let noticeTimer = 0;
function notify(text, bad = false) {
  patch(byId('notice'), [h('p', { class: bad ? 'bad' : null }, icon(bad ? 'warning' : 'done'), text)]);
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => patch(byId('notice'), []), bad ? 10000 : 4000);
}

/** What a button does: says what came of it, and shows the view anew. */
const doing = (task, done) => async event => {
  const pressed = event.currentTarget;
  if (pressed.ariaBusy) return;
  pressed.ariaBusy = 'true';
  try {
    const result = await task();
    if (result === null) return;
    if (done) notify(typeof done === 'function' ? done(result) : done);
    refresh();
  } catch (error) {
    notify(error.message, true);
  } finally {
    pressed.ariaBusy = null;
  }
};

const download = { take: response => response.blob(), within: LONGEST_WORK };

function save(blob, name) {
  const link = h('a', { href: URL.createObjectURL(blob), download: name });
  const node = create(link, document.body);
  node.click();
  setTimeout(() => URL.revokeObjectURL(node.href), 60000);
}

const copyButton = (text, what) => button({
  class: 'quiet square', title: `Copy ${what}`, 'aria-label': `Copy ${what}`,
  onclick: () => navigator.clipboard.writeText(text).then(() => notify(`Copied ${what}.`), () => notify('The browser does not let this page copy.', true)),
}, icon('copy'));

// ---------------------------------------------------------------- parts that several views have

const link = (view, id, parameters = {}) => withQuery(`#/${view}${id ? `/${encodeURIComponent(id)}` : ''}`, parameters);
const badge = (kind, ...content) => h('span', { class: `badge ${kind}` }, ...content);
const empty = (title, ...text) => h('div', { class: 'empty' }, h('h2', {}, title), h('p', {}, ...text));
const fact = (name, ...value) => h('div', {}, h('dt', {}, name), h('dd', {}, ...value));

function stateBadge(conference) {
  if (conference.live) return badge('live', h('i', { class: 'pulse' }), 'Live');
  return conference.status === 'stale' ? badge('warn', icon('warning'), 'Stale') : badge('', 'Ended');
}

const RECORDING = { 'in-progress': ['bad', 'record', 'Recording'], paused: ['warn', 'pause', 'Recording paused'], stopped: ['', 'record', 'Recorded'] };
function recordingBadge(conference) {
  const [kind, symbol, text] = RECORDING[conference.recording] ?? [];
  return kind === undefined ? null : badge(kind, icon(symbol), text);
}

/** When it started, as far as is known; events without a time of their own say nothing of it. */
const startOf = conference => conference.started_at ?? conference.first_event_at ?? conference.last_event_at ?? conference.ended_at;
const age = (conference, at) => conference.duration_seconds ?? (startOf(conference) ? Math.max(0, (at - ms(startOf(conference))) / 1000) : null);
const nameOf = conference => conference.name || short(conference.conference_id);

const field = (name, label, value, props = {}) => h('label', {}, label, h('input', { name, value: value ?? '', autocomplete: 'off', ...props }));

/** A form that puts what it has into the address. */
const filter = (view, fields, onclear) => h('form', {
  class: 'filter', role: 'search',
  onsubmit: event => {
    event.preventDefault();
    location.hash = link(view, null, Object.fromEntries(new FormData(event.target)));
  },
}, fields, h('button', { type: 'submit', class: 'primary' }, 'Show'), onclear ? h('a', {
  href: link(view), class: 'button',
  // What was chosen and not asked for yet is in no address, so going there would leave it.
  onclick: event => { for (const part of event.currentTarget.closest('form').elements) if (part.name) part.value = ''; },
}, 'Clear') : null);

const pager = (view, parameters, next) => h('nav', { class: 'pager', 'aria-label': 'Pages' },
  parameters.cursor ? h('a', { class: 'button', href: link(view, null, { ...parameters, cursor: null }) }, 'First page') : null,
  next ? h('a', { class: 'button', href: link(view, null, { ...parameters, cursor: cursorOf(next) }) }, 'Next page') : null);

// ---------------------------------------------------------------- live

const LIVE_PAGE = 24;
const SHOWN_PEOPLE = 12;

const live = {
  name: 'live',
  title: () => 'Live',
  every: () => 3000,
  async load({ parameters }, signal) {
    const page = await get(withQuery('conferences', { live: 'true', limit: LIVE_PAGE, cursor: parameters.cursor }), signal);
    const people = await Promise.all(page.items.map(({ conference_id: id }) =>
      get(`conferences/${encodeURIComponent(id)}/participants`, signal).catch(error => error.status === 404 ? { items: [] } : Promise.reject(error))));
    return { ...page, items: page.items.map((conference, i) => ({ ...conference, people: people[i].items.filter(person => person.present) })) };
  },
  draw(data, { parameters }, at) {
    const people = data.items.reduce((sum, conference) => sum + (conference.size ?? conference.people.length), 0);
    return [
      h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Live'),
        h('p', { class: 'lead' }, h('b', {}, count(data.items.length, 'conference')), data.next ? ' on this page, ' : ', ', h('b', {}, count(people, 'person', 'people')))),
      data.items.length ? null : empty('Nobody is in a conference', 'When somebody calls, the conference shows here within seconds. ',
        h('a', { href: link('history') }, 'Earlier conferences'), ' are in the history.'),
      h('div', { class: 'cards' }, data.items.map(conference => liveCard(conference, at))),
      pager('live', parameters, data.next),
    ];
  },
};

const liveCard = (conference, at) => h('article', { class: 'card', key: conference.conference_id },
  h('div', { class: 'top' }, h('h2', {}, h('a', { href: link('conference', conference.conference_id) }, nameOf(conference))), recordingBadge(conference)),
  h('p', { class: 'figures' },
    h('span', { class: 'big' }, clock(age(conference, at))), h('span', {}, count(conference.size ?? conference.people.length, 'person', 'people'))),
  h('ul', { class: 'people' }, conference.people.slice(0, SHOWN_PEOPLE).map(person => h('li', { key: person.call_id, class: stateOf(person) },
    icon(stateOf(person), STATES[stateOf(person)]), h('span', { class: 'who' }, who(person)),
    person.coaching && stateOf(person) !== 'coaching' ? icon('coaching', 'coaching') : null,
    person.caller?.role ? h('span', { class: 'role' }, person.caller.role) : null))),
  conference.people.length > SHOWN_PEOPLE ? h('p', { class: 'more' }, `and ${conference.people.length - SHOWN_PEOPLE} more`) : null,
  h('p', { class: 'foot' }, conference.document && conference.document !== conference.name ? `${conference.document} · ` : null, 'since ', when(startOf(conference), MINUTE)));

const STATES = { held: 'on hold', muted: 'muted', speaking: 'speaking', coaching: 'coaching', present: 'listening' };
const stateOf = person => person.hold ? 'held' : person.muted ? 'muted' : person.speaking ? 'speaking' : person.coaching ? 'coaching' : 'present';

// ---------------------------------------------------------------- history

/** The instant at which a day of the viewer's begins, so many days later. */
function dayBegins(day, later = 0) {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  const begin = new Date(year, month - 1, Number(date) + later);
  if (Number.isNaN(begin.getTime())) throw new Refusal(400, `The address asks for a day that is none: ${day}. A day is written 2026-01-31.`);
  return begin.toISOString();
}

const history = {
  name: 'history',
  title: () => 'History',
  every: () => 0,
  load: ({ parameters: { from, to, name, document: by, cursor } }, signal) => get(withQuery('conferences', {
    live: 'false', limit: 50, name_prefix: name, document: by, cursor, from: from && dayBegins(from), to: to && dayBegins(to, 1),
  }), signal),
  draw(data, { parameters }) {
    const { from, to, name, document: by } = parameters;
    const days = Map.groupBy(data.items, conference => startOf(conference) ? DAY.format(new Date(startOf(conference))) : 'On a day that is not known');
    return [
      h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'History')),
      filter('history', [
        field('name', 'Name begins with', name, { type: 'search' }), field('document', 'Document', by, { type: 'search' }),
        field('from', 'From', from, { type: 'date' }), field('to', 'Until', to, { type: 'date' }),
      ], from || to || name || by),
      data.items.length ? null : data.next ? empty('None so far', 'There may be more on the next page.')
        : empty('No conferences', from || to || name || by ? 'None that ended matches.' : 'Conferences show here once they have ended.'),
      [...days].map(([day, conferences]) => h('section', { key: day, class: 'day' }, h('h2', {}, day), h('ul', { class: 'rows' }, conferences.map(historyRow)))),
      pager('history', parameters, data.next),
    ];
  },
};

const historyRow = conference => h('li', { key: conference.conference_id },
  h('span', { class: 'times' }, when(conference.started_at, MINUTE), ' – ', when(conference.ended_at, MINUTE)),
  h('a', { class: 'name', href: link('conference', conference.conference_id) }, nameOf(conference)),
  h('span', { class: 'faint' }, conference.document !== conference.name ? conference.document : null),
  h('span', { class: 'number' }, lasting(conference.duration_seconds)),
  h('span', { class: 'number' }, conference.peak_size ? count(conference.peak_size, 'person', 'people') : null),
  h('span', { class: 'badges' }, conference.status === 'stale' ? stateBadge(conference) : null, recordingBadge(conference)));

// ---------------------------------------------------------------- a conference

const LOG_PAGE = 200;

const conference = {
  name: 'conference',
  title: data => data ? nameOf(data.conference) : 'Conference',
  every: data => data ? untilSettled(data) : 0,
  async load({ id, before }, signal) {
    const path = `conferences/${encodeURIComponent(id)}`;
    const [found, people, timeline, recordings, log] = await Promise.all([
      get(path, signal), get(`${path}/participants`, signal), get(`${path}/timeline`, signal), get(`${path}/recordings`, signal), loadLog(path, before?.log, signal),
    ]);
    return { conference: found, people: new Map(people.items.map(person => [person.call_id, person])), timeline, recordings: recordings.items, log };
  },
  draw(data, { id, parameters }, at) {
    const people = [...data.people.values()];
    const factor = ZOOMS.find(known => known === Number(parameters.zoom)) ?? 1;
    return [
      conferenceHead(data, at),
      h('div', { class: 'split' },
        h('div', {},
          h('section', { 'aria-labelledby': 'timeline-title' },
            h('div', { class: 'head' }, h('h2', { id: 'timeline-title' }, 'Timeline'), legend(), zoom(id, factor)),
            people.length ? timelineOf(data, factor, at) : empty('Nobody yet', 'No participant is known of.')),
          h('section', {}, h('h2', {}, 'Recordings'),
            data.recordings.length ? data.recordings.map(recording => recordingCard(id, recording)) : h('p', { class: 'faint' }, 'None.'))),
        h('section', { class: 'log' }, h('h2', {}, 'Events'), eventLog(data, id))),
    ];
  },
};

// In seconds. Callbacks are late by seconds; an hour after the end a recording that nobody told of is missing, and has a row that says so.
const LATE = 120;
const MISSING = 3900;

/** How long until a conference may look different, in milliseconds; 0 where nothing more is expected. */
function untilSettled({ conference: shown, recordings }) {
  if (shown.live) return 3000;
  const ended = shown.ended_at ? (now() - ms(shown.ended_at)) / 1000 : Infinity;
  if (ended < LATE) return 5000;
  const expected = shown.recording && shown.recording !== 'absent' && recordings.length === 0 && ended < MISSING;
  return expected || recordings.some(recording => recording.status === 'pending') ? 10000 : 0;
}

/** The pages that were shown before, of which the last one may have grown. */
async function loadLog(path, before, signal, more = false) {
  const pages = before?.pages.slice(0, -1) ?? [];
  const last = before?.pages.at(-1);
  const page = cursor => get(withQuery(`${path}/events`, { limit: LOG_PAGE, cursor }), signal).then(({ items, next }) => ({ cursor, items, next: cursorOf(next) }));
  return { pages: more ? [...pages, last, await page(last.next)] : [...pages, await page(last?.cursor)] };
}

function conferenceHead({ conference: shown, people }, at) {
  const { conference_id: id, call_id_ending_conf: endedBy, consistency } = shown;
  return h('div', { key: 'head' },
    h('div', { class: 'head' },
      h('h1', { tabindex: '-1' }, nameOf(shown)), stateBadge(shown), recordingBadge(shown),
      h('div', { class: 'actions' },
        button({ onclick: doing(() => downloadCsv(shown)) }, icon('download'), 'CSV'),
        button({ class: 'danger', onclick: doing(() => erase(shown), 'Erased.') }, icon('erase'), 'Erase…'))),
    h('dl', { class: 'facts' },
      fact('Started', when(startOf(shown))),
      shown.live ? fact('For', h('span', { class: 'number' }, clock(age(shown, at)))) : fact('Ended', when(shown.ended_at)),
      shown.live ? fact('In it now', NUMBER.format(shown.size ?? [...people.values()].filter(person => person.present).length)) : fact('Lasted', lasting(shown.duration_seconds)),
      fact('At most', shown.peak_size ? count(shown.peak_size, 'person', 'people') : '–'),
      fact('Document', shown.document ? h('a', { href: link('documents', shown.document) }, shown.document) : '–'),
      shown.region ? fact('Region', shown.region) : null,
      shown.reason_ended ? fact('Why it ended', words(shown.reason_ended), endedBy ? ` (${who(people.get(endedBy) ?? { call_id: endedBy })})` : null) : null,
      shown.reconciled ? fact('End known from', words(shown.reconciled)) : null,
      fact('Id', h('code', {}, short(id)), copyButton(id, 'conference id'))),
    consistency && !consistency.consistent ? h('p', { class: 'remark' }, icon('warning'),
      `SignalWire last reported ${count(consistency.reported_size, 'person', 'people')}, and by the events there were ${consistency.counted_size}: an event is missing, or still on its way.`) : null,
    shown.status === 'stale' ? h('p', { class: 'remark' }, icon('warning'), 'Nothing was heard of this conference for a long time: its end was probably missed.') : null);
}

async function downloadCsv(shown) {
  const csv = await send('GET', `conferences/${encodeURIComponent(shown.conference_id)}/participants.csv`, download);
  const name = nameOf(shown).replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60);
  save(csv, `${name}-${startOf(shown)?.slice(0, 10) ?? 'undated'}.csv`);
  return null;
}

async function erase(shown) {
  const sure = await ask(`Erase ${nameOf(shown)}?`,
    'The conference, its participants, its events and its recordings are deleted for good. Callbacks that arrive later do not bring it back.',
    'Erase for good', { danger: true });
  if (!sure) return null;
  await send('DELETE', `conferences/${encodeURIComponent(shown.conference_id)}`);
  location.hash = link(shown.live ? 'live' : 'history');
  return true;
}

// ---------------------------------------------------------------- timeline

const LANE = 30;
// In the order in which they are drawn: who speaks while muted or on hold is still seen to speak.
const KINDS = [['present', 'In the room'], ['muted', 'Muted'], ['held', 'On hold'], ['speaking', 'Speaking'], ['coaching', 'Coaching']];
const SHAPES = { present: [3, 24, 5], speaking: [9, 12, 2], muted: [3, 24, 5], held: [3, 24, 5], coaching: [24, 3, 0] };
const FILLS = { muted: 'url(#dots)', held: 'url(#stripes)' };
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400];
const ZOOMS = [1, 2, 4, 8, 16];
let laneWidth = 800;

const legend = () => h('ul', { class: 'legend' }, KINDS.map(([kind, text]) => h('li', {},
  h('svg', { class: 'swatch', 'aria-hidden': 'true' }, kind === 'present' ? null : mark('present', 0, 22), mark(kind, 0, 22)), text)));

const mark = (kind, x, width) => h('path', { key: kind, class: `mark ${kind}`, fill: FILLS[kind], d: box(x, width, ...SHAPES[kind]) });

function zoom(id, factor) {
  const to = (other, sign, label) => button({
    class: 'square', 'aria-label': label, title: label, disabled: !other,
    onclick: () => location.replace(link('conference', id, { zoom: other > 1 ? other : null })),
  }, sign);
  const place = ZOOMS.indexOf(factor);
  return h('div', { class: 'zoom' }, to(ZOOMS[place - 1], '−', 'Zoom out'), h('span', { class: 'number' }, `${factor}×`), to(ZOOMS[place + 1], '+', 'Zoom in'));
}

/** Intervals as [from, to] in milliseconds; what has no beginning or end known reaches to that of the conference. */
const spans = (lane, [begin, end]) => lane.intervals.map(({ from, to }) => [ms(from) ?? begin, ms(to) ?? end]);

/** From when to when the timeline reaches. */
function extentOf({ timeline, conference: shown }, at) {
  const times = timeline.participants.flatMap(person => person.present.intervals.flatMap(({ from, to }) => [ms(from), ms(to)])).filter(Boolean);
  const begin = Math.min(ms(timeline.started_at) ?? Infinity, ...times);
  const end = Math.max(ms(timeline.ended_at) ?? (shown.live ? at : ms(shown.last_event_at) ?? 0), ...times);
  return Number.isFinite(begin) ? [begin, Math.max(end, begin + 1000)] : [at - 1000, at];
}

function box(x, width, y, height, radius) {
  const r = Math.min(radius, width / 2);
  const [left, right] = [x.toFixed(1), (x + width).toFixed(1)];
  return r < 1 ? `M${left} ${y}H${right}V${y + height}H${left}Z`
    : `M${(x + r).toFixed(1)} ${y}H${(x + width - r).toFixed(1)}A${r} ${r} 0 0 1 ${right} ${y + r}V${y + height - r}A${r} ${r} 0 0 1 ${(x + width - r).toFixed(1)} ${y + height}`
      + `H${(x + r).toFixed(1)}A${r} ${r} 0 0 1 ${left} ${y + height - r}V${y + r}A${r} ${r} 0 0 1 ${(x + r).toFixed(1)} ${y}Z`;
}

/** One path a kind, however many intervals there are. */
function lanePath(kind, lane, extent, width) {
  const scale = width / (extent[1] - extent[0]);
  const d = spans(lane, extent).map(([from, to]) => box((from - extent[0]) * scale, Math.max((to - from) * scale, 1.5), ...SHAPES[kind])).join('');
  return d ? h('path', { key: kind, class: `mark ${kind}`, fill: FILLS[kind], d }) : null;
}

function axis(extent, width) {
  const wanted = (extent[1] - extent[0]) / 1000 / Math.max(1, width / 90);
  const step = (STEPS.find(seconds => seconds >= wanted) ?? STEPS.at(-1)) * 1000;
  const zone = new Date(extent[0]).getTimezoneOffset() * 60000;
  const ticks = [];
  for (let at = Math.ceil((extent[0] - zone) / step) * step + zone; at <= extent[1]; at += step) ticks.push(at);
  const x = at => (at - extent[0]) / (extent[1] - extent[0]) * width;
  return h('svg', { class: 'axis', width, height: 24, 'aria-hidden': 'true' }, ticks.map(at => h('g', { key: at },
    h('path', { d: `M${x(at).toFixed(1)} 16V9999` }),
    h('text', { x: Math.min(Math.max(x(at), 18), width - 18).toFixed(1), y: 12 }, (step < 60000 ? SECOND : MINUTE).format(at)))));
}

function timelineOf(data, factor, at) {
  const extent = extentOf(data, at);
  const width = Math.round(laneWidth * factor);
  const watch = node => new ResizeObserver(([entry]) => {
    const measured = Math.round(entry.contentRect.width);
    if (measured > 0 && measured !== laneWidth) {
      laneWidth = measured;
      redraw();
    }
  }).observe(node);
  return h('div', { class: 'timeline' },
    h('div', { class: 'measure', created: watch }),
    h('div', { class: 'lanes' },
      h('div', { class: 'lane top' }, h('div', { class: 'label' }), axis(extent, width)),
      h('div', { role: 'list', 'aria-label': 'Participants' }, data.timeline.participants.map((lanes, i) => laneOf(data, lanes, extent, width, i)))),
    h('div', { class: 'tip', id: 'tip', 'aria-hidden': 'true', keepsHouse: true }));
}

function laneOf(data, lanes, extent, width, i) {
  const seconds = Math.round((extent[1] - extent[0]) / 1000);
  const inspected = time => inspect(data, lanes, extent, time);
  return h('div', { class: 'lane', key: lanes.call_id, role: 'listitem' },
    h('div', { class: 'label' },
      h('span', { class: 'who' }, who(lanes)),
      h('span', { class: 'role' }, lanes.caller?.role),
      h('span', { class: 'faint number' }, clock(lanes.present.total_seconds)),
      copyButton(lanes.call_id, `call id of ${who(lanes)}`)),
    h('div', {
      class: 'track', role: 'slider', tabindex: i === 0 ? '0' : '-1', 'aria-label': `${who(lanes)}${lanes.caller?.role ? `, ${lanes.caller.role}` : ''}`,
      'aria-valuemin': 0, 'aria-valuemax': seconds, 'aria-valuenow': 0, 'aria-valuetext': summaryOf(lanes), style: { width: `${width}px` },
      onpointermove: event => showTip(event.currentTarget, inspected, timeAt(event, extent)),
      onpointerdown: event => showTip(event.currentTarget, inspected, timeAt(event, extent)),
      onpointerleave: hideTip, onblur: hideTip,
      onfocus: event => showTip(event.currentTarget, inspected, event.currentTarget.time ?? extent[0]),
      onkeydown: event => moveOn(event, inspected, lanes, extent),
    }, h('svg', { width, height: LANE, 'aria-hidden': 'true' }, KINDS.map(([kind]) => lanePath(kind, lanes[kind], extent, width)))));
}

const timeAt = (event, [begin, end]) => begin + (end - begin) * Math.min(1, Math.max(0, event.offsetX / event.currentTarget.clientWidth));
const summaryOf = lanes => KINDS.filter(([kind]) => lanes[kind].total_seconds > 0)
  .map(([kind, text]) => `${text.toLowerCase()} for ${lasting(lanes[kind].total_seconds)}`).join(', ') || 'not in the room';

/** What a participant was doing at a time. */
function inspect(data, lanes, extent, time) {
  const states = KINDS.flatMap(([kind, text]) => lanes[kind].intervals.flatMap((interval, i) => {
    const [from, to] = spans({ intervals: [interval] }, extent)[0];
    if (time < from || time > to) return [];
    const stint = kind === 'present' ? data.people.get(lanes.call_id)?.stints[i] : null;
    return [{ kind, text, interval, ended: stint?.end ? `${words(stint.end)}${stint.left_inferred ? ', leave not heard of' : ''}` : null }];
  }));
  return { lanes, extent, time, states };
}

function showTip(track, inspected, time) {
  const found = inspected(time);
  const { lanes, extent, states } = found;
  track.time = time;
  track.setAttribute('aria-valuenow', Math.round((time - extent[0]) / 1000));
  track.setAttribute('aria-valuetext', `${SECOND.format(time)}, ${states.map(state => state.text.toLowerCase()).join(', ') || 'not in the room'}`);
  const tip = byId('tip');
  patch(tip, [
    h('p', {}, h('b', {}, who(lanes)), h('span', { class: 'number' }, SECOND.format(time)), h('span', { class: 'faint number' }, utc(new Date(time).toISOString()))),
    states.length ? null : h('p', { class: 'faint' }, 'Not in the room'),
    h('ul', {}, states.map(({ kind, text, interval, ended }) => h('li', { key: kind },
      h('svg', { class: 'swatch', 'aria-hidden': 'true' }, mark(kind, 0, 22)), h('b', {}, text),
      h('span', { class: 'number' }, `${interval.from ? SECOND.format(new Date(interval.from)) : '?'} – ${interval.to ? SECOND.format(new Date(interval.to)) : interval.open ? 'now' : '?'}`),
      interval.seconds === undefined ? null : h('span', { class: 'number faint' }, lasting(interval.seconds)), ended ? h('span', {}, ended) : null))),
  ]);
  const timeline = tip.parentNode.getBoundingClientRect();
  const lane = track.getBoundingClientRect();
  const x = lane.left + lane.width * (time - extent[0]) / (extent[1] - extent[0]);
  tip.style.left = `${Math.max(0, Math.min(x - timeline.left + 14, timeline.width - tip.offsetWidth - 4))}px`;
  tip.style.top = `${lane.bottom - timeline.top + 4}px`;
  tip.classList.add('shown');
  track.closest('.lanes').style.setProperty('--at', `${x - track.closest('.lanes').firstChild.getBoundingClientRect().left}px`);
  track.closest('.lanes').classList.add('inspected');
}

function hideTip() {
  byId('tip')?.classList.remove('shown');
  document.querySelector('.lanes')?.classList.remove('inspected');
}

/** Arrows left and right go to the next change of a lane, up and down to other lanes; Escape takes the details away. */
function moveOn(event, inspected, lanes, extent) {
  if (event.key === 'Escape') hideTip();
  const track = event.currentTarget;
  const time = track.time ?? extent[0];
  const changes = [...extent, ...KINDS.flatMap(([kind]) => spans(lanes[kind], extent).flat())].sort((a, b) => a - b);
  const other = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const to = { ArrowLeft: changes.findLast(change => change < time), ArrowRight: changes.find(change => change > time), Home: extent[0], End: extent[1] }[event.key];
  if (!other && to === undefined) return;
  event.preventDefault();
  if (other) {
    const tracks = [...track.closest('.lanes').querySelectorAll('.track')];
    const next = tracks[tracks.indexOf(track) + other];
    if (!next) return;
    [track.tabIndex, next.tabIndex, next.time] = [-1, 0, time];
    next.focus();
  } else {
    showTip(track, inspected, to);
    keepInView(track, (to - extent[0]) / (extent[1] - extent[0]));
  }
}

function keepInView(track, part) {
  const lanes = track.closest('.lanes');
  const view = lanes.getBoundingClientRect();
  const x = track.getBoundingClientRect().left + track.clientWidth * part;
  const left = view.right - laneWidth;
  if (x < left || x > view.right) lanes.scrollLeft += x - left - laneWidth / 3;
}

// ---------------------------------------------------------------- event log

const EVENTS = {
  'conference-start': ['present', 'Conference started'], 'conference-end': ['present', 'Conference ended'],
  'participant-join': ['present', 'Joined'], 'participant-leave': ['present', 'Left'],
  'participant-mute': ['muted', 'Muted'], 'participant-unmute': ['muted', 'Unmuted'],
  'participant-hold': ['held', 'On hold'], 'participant-unhold': ['held', 'Off hold'],
  'participant-speech-start': ['speaking', 'Speaking'], 'participant-speech-stop': ['speaking', 'Silent'],
  'participant-modify': ['coaching', 'Modified'],
  'record-start': ['record', 'Recording started'], 'record-pause': ['pause', 'Recording paused'],
  'record-resume': ['record', 'Recording resumed'], 'record-stop': ['record', 'Recording stopped'], 'record-absent': ['record', 'No recording'],
};

function eventLog({ log, people, conference: { live: goesOn } }, id) {
  const entries = log.pages.flatMap(page => page.items);
  const more = async () => { shown.data.log = await loadLog(`conferences/${encodeURIComponent(id)}`, log, undefined, true); };
  return [
    entries.length ? null : h('p', { class: 'faint' }, 'None.'),
    h('ol', {}, entries.map(entry => logEntry(entry, people))),
    log.pages.at(-1).next ? button({ onclick: doing(more) }, 'More events')
      : entries.length ? h('p', { class: 'faint end' }, goesOn ? 'Nothing else so far.' : 'That is all.') : null,
  ];
}

function logEntry({ id, status, occurred_at: at, received_at: received, params }, people) {
  const [symbol, text] = EVENTS[status] ?? ['warning', words(status)];
  const person = params.call_id ? people.get(params.call_id) ?? params : null;
  return h('li', { key: id }, h('details', {},
    h('summary', {}, when(at ?? received, SECOND), icon(symbol), h('span', { class: 'text' }, text), person ? h('span', { class: 'who' }, who(person)) : null),
    h('pre', { tabindex: '0', 'aria-label': `Parameters of ${text}` }, JSON.stringify(params, null, 2))));
}

// ---------------------------------------------------------------- recordings

const RECORDING_STATUS = { pending: ['warn', 'Pending'], archived: ['good', 'Archived'], failed: ['bad', 'Failed'], absent: ['', 'Absent'], missing: ['bad', 'Missing'] };
const SPEEDS = [1, 1.5, 2, 0.75];

function recordingCard(id, recording) {
  const { recording_id: rid, status, size, recording_file_size: announced, sha256, error, attempts, next_attempt: next } = recording;
  const [kind, text] = RECORDING_STATUS[status] ?? ['', words(status)];
  return h('article', { class: 'recording', key: rid },
    status === 'archived' ? h('div', {
      class: 'player', keepsHouse: true,
      created: node => mountPlayer(node, `conferences/${encodeURIComponent(id)}/recordings/${encodeURIComponent(rid)}/audio`, recording.recording_duration ?? 0),
    }) : null,
    h('dl', { class: 'facts' },
      fact('State', badge(kind, text), recording.size_mismatch ? badge('warn', icon('warning'), `${bytes(announced)} announced`) : null),
      fact('Length', recording.recording_duration ? clock(recording.recording_duration) : '–'),
      fact('Size', size ?? announced ? bytes(size ?? announced) : '–'),
      recording.archived_at ? fact('Archived', when(recording.archived_at)) : null,
      sha256 ? fact('SHA-256', h('code', {}, `${sha256.slice(0, 8)}…${sha256.slice(-4)}`), copyButton(sha256, 'SHA-256')) : null,
      status === 'pending' && attempts ? fact('Tried', count(attempts, 'time')) : null,
      next ? fact('Next try', when(next)) : null,
      error ? fact('Error', error) : null));
}

/** A player that asks for the audio's address when it is first to be played, and again when that has expired. */
function mountPlayer(node, path, announced) {
  let audio = null;
  let lastFailure = -Infinity;
  const open = async at => {
    const { url } = await get(path);
    audio.src = url;
    audio.currentTime = at;
  };
  const act = task => async () => {
    try {
      await task();
    } catch (error) {
      // What does not load tells of itself by the event error, and is tried again there.
      if (!['AbortError', 'NotSupportedError'].includes(error.name)) notify(error.message, true);
    }
    draw();
  };
  const toggle = act(async () => {
    if (!audio.paused) return audio.pause();
    if (!audio.src || audio.error) await open(audio.currentTime);
    return audio.play();
  });
  const seek = event => act(async () => {
    if (!audio.src || audio.error) await open(Number(event.target.value));
    else audio.currentTime = Number(event.target.value);
  })();
  const failed = act(async () => {
    const { currentTime, paused } = audio;
    const again = performance.now() - lastFailure < 5000;
    lastFailure = performance.now();
    if (again) {
      audio.pause();
      throw new Error('The recording can not be played.');
    }
    await open(currentTime);
    if (!paused) await audio.play();
  });
  const faster = () => {
    audio.playbackRate = audio.defaultPlaybackRate = SPEEDS[(SPEEDS.indexOf(audio.playbackRate) + 1) % SPEEDS.length];
    draw();
  };
  function draw() {
    const at = audio?.currentTime ?? 0;
    const length = audio?.duration || announced;
    const playing = audio && !audio.paused;
    patch(node, [
      h('audio', { preload: 'auto', created: made => { audio = made; }, ontimeupdate: draw, ondurationchange: draw, onplay: draw, onpause: draw, onerror: failed }),
      button({ class: 'primary square round', 'aria-label': playing ? 'Pause' : 'Play', onclick: toggle }, icon(playing ? 'pause' : 'play')),
      h('input', {
        type: 'range', min: 0, max: length, step: 0.1, value: at, oninput: seek, disabled: !length,
        'aria-label': 'Position', 'aria-valuetext': `${clock(at)} of ${clock(length)}`, style: { '--played': `${length ? at / length * 100 : 0}%` },
      }),
      h('span', { class: 'number' }, clock(at), h('span', { class: 'faint' }, ` / ${clock(length)}`)),
      button({ class: 'quiet', 'aria-label': `Speed ${audio?.playbackRate ?? 1}`, onclick: faster }, `${audio?.playbackRate ?? 1}×`),
    ]);
  }
  draw();
}

// ---------------------------------------------------------------- operations

const QUEUES = ['callbacks', 'recordings'];
const REASONS = ['unreadable', 'not-applicable', 'poison', 'recording-failed'];
const HEALTH = { healthy: ['good', 'done'], degraded: ['warn', 'warning'], unhealthy: ['bad', 'warning'] };

const operations = {
  name: 'operations',
  title: () => 'Operations',
  every: () => 10000,
  async load({ parameters: { queue, reason, cursor } }, signal) {
    const [health, letters] = await Promise.all([get('health/detail', signal), get(withQuery('dead-letters', { queue, reason, cursor, limit: 50 }), signal)]);
    return { health, letters };
  },
  draw({ health, letters }, { parameters }) {
    const [kind, symbol] = HEALTH[health.status] ?? ['warn', 'warning'];
    const { count: total, more } = health.dead_letters;
    return [
      h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Operations'), badge(kind, icon(symbol), words(health.status))),
      h('div', { class: 'tiles' },
        h('section', { class: 'tile wide' }, h('h2', {}, 'Queues'), table(['Queue', 'Waiting', 'Oldest'], health.queues.map(({ name, messages, oldest_seconds: oldest }) => [
          name, h('span', { class: messages && name.endsWith('-poison') ? 'alarm' : null }, NUMBER.format(messages)), oldest === undefined ? '–' : lasting(oldest)]))),
        h('section', { class: 'tile' }, h('h2', {}, 'Storage'), table(['Service', 'State', 'Answer'], health.storage.map(({ name, status, milliseconds, error }) => [
          name, status === 'ok' ? badge('good', icon('done'), 'ok') : badge('bad', icon('warning'), error ?? status), milliseconds === undefined ? '–' : `${Math.round(milliseconds)} ms`]))),
        h('section', { class: 'tile' }, h('h2', {}, 'Reconciliation'), reconciliation(health.reconciliation))),
      h('section', {},
        h('div', { class: 'head' }, h('h2', {}, 'Dead letters'), h('p', { class: 'lead' }, total ? `${NUMBER.format(total)}${more ? ' or more' : ''}` : 'None'),
          letters.items.length ? h('div', { class: 'actions' }, button({ onclick: doing(() => replayAll(parameters), ({ replayed, failed }) =>
            `${count(replayed, 'dead letter')} replayed${failed ? `, ${failed} failed` : ''}.`) }, icon('again'), 'Replay all')) : null),
        filter('operations', [choice('queue', 'Queue', QUEUES, parameters.queue), choice('reason', 'Reason', REASONS, parameters.reason)], parameters.queue || parameters.reason),
        letters.items.length ? h('ul', { class: 'letters' }, letters.items.map(deadLetter)) : h('p', { class: 'remark good' }, icon('done'),
          parameters.queue || parameters.reason ? 'None of that kind.' : 'Nothing waits here: all that was acknowledged is applied or on its way.'),
        pager('operations', parameters, letters.next)),
    ];
  },
};

const table = (heads, rows) => h('table', {},
  h('thead', {}, h('tr', {}, heads.map(text => h('th', { scope: 'col' }, text)))),
  h('tbody', {}, rows.map(([first, ...rest]) => h('tr', { key: first }, h('th', { scope: 'row' }, first), rest.map(cell => h('td', {}, cell))))));

const choice = (name, label, values, chosen) => h('label', {}, label, h('select', { name },
  h('option', { value: '', selected: !values.includes(chosen) }, 'All'), values.map(value => h('option', { value, selected: value === chosen }, words(value)))));

const reconciliation = found => found?.enabled ? h('dl', { class: 'facts' },
  fact('Last run', when(found.last_finished ?? found.last_started)), fact('Swept until', when(found.swept_until)),
  fact('Recordings found', NUMBER.format(found.recordings_queued ?? 0)), fact('Ends found', NUMBER.format(found.conferences_ended ?? 0)),
  found.last_error ? fact('Error', h('span', { class: 'alarm' }, found.last_error)) : null)
  : h('p', { class: 'faint' }, 'Off: no SignalWire space, project and token are set.');

const deadLetter = letter => h('li', { key: letter.id },
  h('div', {},
    h('p', {}, badge('bad', words(letter.reason)), h('b', {}, letter.queue),
      letter.conference_id ? h('a', { href: link('conference', letter.conference_id) }, `Conference ${short(letter.conference_id)}`) : null),
    h('p', { class: 'error' }, letter.error ?? letter.exception_type ?? 'No error was noted.'),
    h('p', { class: 'faint' }, 'last ', when(letter.last_seen), ' · first ', when(letter.first_seen), ` · ${count(letter.attempts, 'attempt')} · ${bytes(letter.size)}`)),
  h('div', { class: 'actions' },
    button({ onclick: doing(() => downloadBody(letter)) }, icon('download'), 'Body'),
    button({ onclick: doing(() => send('POST', `dead-letters/${encodeURIComponent(letter.id)}/replay`), 'Replayed.') }, icon('again'), 'Replay'),
    button({ class: 'danger', onclick: doing(() => discard(letter), 'Discarded.') }, icon('erase'), 'Discard…')));

async function downloadBody({ id }) {
  save(await send('GET', `dead-letters/${encodeURIComponent(id)}/body`, download), `dead-letter-${id}`);
  return null;
}

async function discard(letter) {
  const sure = await ask('Discard this dead letter?', 'It and its body are deleted, and what it says is never applied.', 'Discard', { danger: true });
  return sure ? send('DELETE', `dead-letters/${encodeURIComponent(letter.id)}`) : null;
}

async function replayAll({ queue, reason }) {
  const sum = { replayed: 0, failed: 0 };
  for (let path = withQuery('dead-letters/replay', { queue, reason }); path;) {
    const { replayed, failed, next } = await send('POST', path, { take: objectOf });
    sum.replayed += replayed;
    sum.failed += failed;
    path = next ? `dead-letters/replay${new URL(next, API).search}` : null;
  }
  return sum;
}

// ---------------------------------------------------------------- documents

const ROLES = ['moderator', 'participant', 'listener', 'coach'];
// Texts that are not saved, and the ETag of what they are made from.
const drafts = new Map();

const documents = {
  name: 'documents',
  title: (data, { id }) => id ?? 'Documents',
  every: () => 0,
  load: ({ id, parameters }, signal) => id ? loadDocument(id, parameters.coach, signal) : get('documents', signal),
  draw: (data, { id }) => id ? documentDetails(data) : documentList(data),
};

const documentList = data => [
  h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Documents')),
  h('form', {
    class: 'filter',
    onsubmit: event => {
      event.preventDefault();
      location.hash = link('documents', event.target.elements.name.value);
    },
  }, field('name', 'Name of any conference', '', { required: true, pattern: '[A-Za-z0-9_\\-]{1,64}', title: '1 to 64 of A-Z a-z 0-9 _ -', spellcheck: 'false' }),
  h('button', { type: 'submit', class: 'primary' }, 'Show its URLs')),
  data.items.length ? h('ul', { class: 'rows documents' }, data.items.map(({ name, content_type: type, size, modified_at: modified }) => h('li', { key: name },
    h('a', { class: 'name', href: link('documents', name) }, name),
    h('span', { class: 'faint' }, type.split('/').pop().toUpperCase()), h('span', { class: 'number' }, bytes(size)),
    h('span', { class: 'faint' }, 'changed ', when(modified)))))
    : empty('No document is stored', 'Every name works without one: its callers meet in a conference of that name. Store one to say more.'),
];

async function loadDocument(name, coach, signal) {
  const path = `documents/${encodeURIComponent(name)}`;
  const [details, etag] = await send('GET', path, { signal, take: withTag });
  const coaching = role => role !== 'coach' || details.stored || coach;
  const urls = await Promise.all(ROLES.map(role => coaching(role)
    ? get(withQuery(path, { role, coach: role === 'coach' && !details.stored ? coach : null }), signal).then(found => found.swml_url, error => error) : null));
  return { details, etag, coach, urls: [['any caller', details.swml_url], ...ROLES.map((role, i) => [role, urls[i]])] };
}

const withTag = async response => [await objectOf(response), response.headers.get('ETag')];

const documentDetails = ({ details, etag, coach, urls }) => [
  h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, details.name), badge(details.stored ? 'good' : '', details.stored ? 'Stored' : 'Implicit'),
    details.modified_at ? h('p', { class: 'lead' }, 'changed ', when(details.modified_at)) : null,
    h('div', { class: 'actions' }, h('a', { class: 'button', href: link('documents') }, 'All documents'),
      details.stored ? button({ class: 'danger', onclick: doing(() => deleteDocument(details.name, etag), 'Deleted.') }, icon('erase'), 'Delete…') : null)),
  h('section', {}, h('h2', {}, 'URLs to paste into SignalWire'), h('dl', { class: 'urls' }, urls.map(([role, url]) => h('div', { key: role }, h('dt', {}, role),
    h('dd', {}, url === null ? coachForm(details.name, coach) : url instanceof Error ? url.message
      : [h('code', {}, url), copyButton(url, `URL for ${role}`)]))))),
  h('section', {}, h('h2', {}, details.stored ? 'Text' : 'Store a document of this name'),
    h('div', { class: 'editor', key: details.name, keepsHouse: true, created: node => mountEditor(node, details, etag) })),
];

const coachForm = (name, coach) => h('form', {
  class: 'inline',
  onsubmit: event => {
    event.preventDefault();
    location.hash = link('documents', name, { coach: event.target.elements.coach.value });
  },
}, h('input', { name: 'coach', 'aria-label': 'Call id of the participant to coach', placeholder: 'call id to coach', required: true, value: coach ?? '' }), h('button', { type: 'submit' }, 'Show'));

async function deleteDocument(name, etag) {
  const sure = await ask(`Delete ${name}?`, 'Its callers then meet in a conference of that name, or are refused where implicit documents are off.', 'Delete', { danger: true });
  if (!sure) return null;
  await send('DELETE', `documents/${encodeURIComponent(name)}`, { headers: { 'If-Match': etag } });
  drafts.delete(name);
  location.hash = link('documents');
  return true;
}

const template = name => `version: 1.0.0\nsections:\n  main:\n    - join_conference:\n        name: ${name}\n`;

/**
 * An editor that shows faults and warnings at their lines. What is not saved is kept as a draft until the tab is closed, and what somebody
 * else saved meanwhile is shown beside it: which of the two holds is for whoever reads both to say.
 */
function mountEditor(node, { name, text: stored, warnings }, etag) {
  const path = `documents/${encodeURIComponent(name)}`;
  let { text, base } = drafts.get(name) ?? { text: stored ?? template(name), base: etag };
  let found = (warnings ?? []).map(warning => ({ ...warning, kind: 'warn' }));
  let theirs = null;
  let area = null;
  const draft = () => text === stored ? drafts.delete(name) : drafts.set(name, { text, base });
  const type = event => {
    text = event.target.value;
    draft();
    draw();
  };
  const revert = () => {
    drafts.delete(name);
    area.value = text = stored ?? template(name);
    base = etag;
    [found, theirs] = [[], null];
    draw();
  };
  const put = async () => {
    // What is written while this is on its way is not saved by it.
    const sent = text;
    try {
      const [saved, tag] = await send('PUT', path, { body: sent, headers: base ? { 'If-Match': base } : { 'If-None-Match': '*' }, take: withTag });
      etag = base = tag;
      found = (saved.warnings ?? []).map(warning => ({ ...warning, kind: 'warn' }));
      stored = sent;
      theirs = null;
      draft();
    } catch (error) {
      if (error.status === 412) {
        await lookAtTheirs();
        throw new Refusal(412, 'Somebody else changed this document in the meantime. Your text is kept here, and not saved.');
      }
      found = (error.faults ?? []).map(fault => ({ ...fault, kind: 'bad' }));
      throw error;
    } finally {
      draw();
    }
  };
  const lookAtTheirs = async () => {
    const [current, tag] = await send('GET', path, { take: withTag }).catch(error => error.status === 404 ? [{}, null] : Promise.reject(error));
    theirs = current.stored ? { text: current.text, etag: tag } : { text: null, etag: null };
    draw();
  };
  const saved = 'Saved. Callers get it at once, from other instances within 30 seconds.';
  const submit = doing(put, saved);
  const overwrite = doing(() => {
    base = theirs.etag;
    return put();
  }, saved);
  const takeTheirs = () => {
    [stored, etag] = [theirs.text ?? undefined, theirs.etag];
    revert();
  };
  const goTo = ({ line, column }) => {
    const at = text.split('\n').slice(0, line - 1).reduce((sum, before) => sum + before.length + 1, 0) + Math.max(0, column - 1);
    area.focus();
    area.setSelectionRange(at, at);
  };
  function draw() {
    const lines = text.split('\n');
    const atLines = Map.groupBy(found.filter(({ line }) => line > 0 && line <= lines.length), ({ line }) => line);
    patch(node, [
      h('div', { class: 'code' },
        h('div', { class: 'gutter', 'aria-hidden': 'true' }, lines.map((_, i) => h('span', { class: atLines.get(i + 1)?.[0].kind }, i + 1))),
        h('div', { class: 'sheet' },
          [...atLines].map(([line, [first, ...others]]) => h('p', { class: `fault ${first.kind}`, key: line, 'aria-hidden': 'true', style: { '--line': line - 1, '--column': lines[line - 1].length } },
            first.message, others.length ? ` (and ${others.length} more)` : null)),
          h('textarea', {
            created: made => { area = made; }, value: text, oninput: type, rows: Math.max(12, lines.length + 1), cols: Math.max(20, ...lines.map(line => line.length + 2)),
            wrap: 'off', spellcheck: 'false', autocapitalize: 'off', 'aria-label': `Text of ${name}`, 'aria-describedby': 'faults', 'aria-invalid': found.some(({ kind }) => kind === 'bad'),
          }))),
      h('div', { role: 'status' }, h('ul', { id: 'faults', class: 'faults' }, found.map((fault, i) => h('li', { key: i, class: fault.kind }, icon('warning'),
        fault.line > 0 ? button({ class: 'quiet', onclick: () => goTo(fault) }, `Line ${fault.line}`) : null, h('span', {}, fault.message), h('code', {}, fault.path))))),
      theirs && h('section', { class: 'theirs', role: 'alert' },
        h('p', { class: 'remark' }, icon('warning'), theirs.text === null ? 'Somebody else deleted this document in the meantime.' : 'Somebody else saved this in the meantime:'),
        theirs.text === null ? null : h('pre', { tabindex: '0', 'aria-label': 'Text of somebody else' }, theirs.text),
        h('div', { class: 'actions' }, button({ class: 'danger', onclick: overwrite }, 'Save mine over it'), button({ onclick: takeTheirs }, 'Take theirs'))),
      h('div', { class: 'actions' },
        button({ class: 'primary', onclick: submit, disabled: text === stored || Boolean(theirs) }, 'Save'), theirs || text === stored || !drafts.has(name) ? null : button({ onclick: revert }, 'Undo changes')),
    ]);
  }
  draw();
}

// ---------------------------------------------------------------- the page

const VIEWS = new Map([live, history, operations, documents, conference].map(view => [view.name, view]));
const LONGEST_PAUSE = 60000;
let shown = null;

/** Where an address leads. Whatever the page shows is in it; the function key never is. */
function routeOf(hash) {
  const [path, query] = hash.replace(/^#\/?/, '').split('?');
  const [name, id] = path.split('/');
  return { view: VIEWS.get(name) ?? live, id: id ? decoded(id) : null, parameters: Object.fromEntries(new URLSearchParams(query)) };
}

/** A part of an address as it was meant; one that somebody cut or wrote by hand is taken as it is. */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function open() {
  const route = routeOf(location.hash);
  const before = shown;
  before?.abort.abort();
  clearTimeout(before?.timer);
  const same = before?.route.view === route.view && before.route.id === route.id;
  shown = { route, data: same ? before.data : null, at: before?.at, error: null, failures: 0, turn: 0, abort: new AbortController() };
  redraw();
  if (before && !same) {
    scrollTo(0, 0);
    byId('main').focus({ preventScroll: true });
  }
  load(shown);
}

async function load(page) {
  const turn = ++page.turn;
  clearTimeout(page.timer);
  try {
    const data = await page.route.view.load({ ...page.route, before: page.data }, page.abort.signal);
    if (page.turn !== turn) return;
    Object.assign(page, { data, error: null, failures: 0, at: now() });
  } catch (error) {
    if (page.abort.signal.aborted || page.turn !== turn) return;
    if (!(error instanceof Refusal)) console.error(error);
    Object.assign(page, { error: error instanceof Refusal ? error : new Refusal(0, UNREADABLE), failures: page.failures + 1 });
  }
  if (page !== shown) return;
  redraw();
  const pause = pauseAfter(page);
  if (pause) page.timer = setTimeout(() => document.hidden ? page.due = true : load(page), pause);
}

/** How long to wait before loading again, in milliseconds; 0 for not at all. After failures longer and longer, and not all at once. */
function pauseAfter({ route, data, error, failures }) {
  if (!error) return route.view.every(data);
  return isPassing(error) ? Math.min(LONGEST_PAUSE, 1000 * 2 ** failures) * (0.75 + Math.random() / 2) : 0;
}

const isPassing = ({ status }) => status === 0 || status === 429 || status >= 500;
const refresh = () => load(shown);

function redraw() {
  const { route } = shown;
  const content = drawn(shown);
  document.title = `${content.title} · Conferences`;
  patch(byId('views'), ['live', 'history', 'operations', 'documents'].map(name => h('a', {
    key: name, href: link(name), 'aria-current': name === route.view.name ? 'page' : null,
  }, name[0].toUpperCase() + name.slice(1))));
  patch(byId('main'), [h('div', { key: `${route.view.name} ${route.id}`, class: `view ${route.view.name}` }, content.elements)]);
  patch(byId('freshness'), [freshness(shown)]);
  document.body.classList.toggle('stale', Boolean(shown.error && shown.data));
}

/** What a page shows: its data, or why there is none. */
function drawn(page) {
  const { route, data, error, at } = page;
  const gone = error && !isPassing(error);
  try {
    if (data && !gone) return { title: route.view.title(data, route), elements: route.view.draw(data, route, error ? at : now()) };
  } catch (problem) {
    // JSON, but not what it should be.
    console.error(problem);
    Object.assign(page, { data: null, error: new Refusal(0, UNREADABLE), failures: page.failures + 1 });
  }
  return { title: route.view.title(null, route), elements: page.error ? failure(page.error) : [h('p', { class: 'loading' }, 'Loading…')] };
}

function freshness({ route, data, error, at }) {
  if (data && error) return h('p', { class: 'stale' }, icon('warning'), 'Stale since ', SECOND.format(at));
  return data && route.view.every(data) ? h('p', { class: 'fresh' }, h('i', { class: 'pulse' }), 'Up to date') : null;
}

const failure = error => [
  h('div', { class: 'empty', role: 'alert' }, h('h1', { tabindex: '-1' }, error.status === 404 ? 'Not there' : error.status === 401 ? 'A key is needed' : 'That did not work'),
    h('p', {}, error.message), button({ class: 'primary', onclick: refresh }, error.status === 401 ? 'Enter the key' : 'Try again')),
];

byId('skip').onclick = () => byId('main').focus();
byId('main').replaceChildren();
addEventListener('hashchange', open);
addEventListener('beforeunload', event => { if (drafts.size) event.preventDefault(); });
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && shown.due) {
    shown.due = false;
    refresh();
  }
});
setInterval(() => { if (!document.hidden && shown.data && !shown.error && shown.route.view.every(shown.data)) redraw(); }, 1000);
open();
