// What only the browser knows: the network, and what is on the screen.
let dotnet, endObserver, held;

export function begin(page) {
  dotnet = page;
  addEventListener('online', () => dotnet.invokeMethodAsync('BecameOnline'));
  addEventListener('offline', () => dotnet.invokeMethodAsync('BecameOffline'));
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && dotnet.invokeMethodAsync('BecameOnline'));
  // The router would take the link for a page of its own, and move nothing.
  document.addEventListener('click', e => {
    if (e.target.matches('.skip')) {
      e.preventDefault();
      document.getElementById('main').focus();
    }
  }, true);
  // What stands behind the # of a page: the router changes the address, and tells nobody.
  document.addEventListener('click', e => {
    const link = e.target.closest('a[href*="#"]');
    if (link && link.origin === location.origin && link.pathname === location.pathname && link.search === location.search) setTimeout(tellAddress);
  }, true);
  // A menu goes when something in it was chosen that does not answer in it, or something else is clicked.
  document.addEventListener('click', e => openMenus().forEach(m => (m.contains(e.target) && !e.target.closest('a, .more-body .btn:not([data-stays])')) || (m.open = false)));
  document.addEventListener('keydown', onKey);
  // Also in the capturing phase, for what is done in a dialog or a list counts as well; a program that scrolls does not.
  for (const done of ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchmove']) addEventListener(done, tellActive, { capture: true, passive: true });
  // In a picker, Enter chooses; it must not send the form around it.
  document.addEventListener('keydown', e => e.key === 'Enter' && e.target.matches('[role=combobox]') && e.preventDefault(), true);
}

const openMenus = () => document.querySelectorAll('details.menu[open], details.more[open]');
// That the person does something keeps them signed in; a page that is only open does not.
const activeEvery = 30_000;
let activeAt = -activeEvery;

function tellActive(e) {
  if (!e.isTrusted || e.timeStamp - activeAt < activeEvery) return;
  activeAt = e.timeStamp;
  dotnet.invokeMethodAsync('IsActive');
}

// The arrows that no field, list or scrolled box beneath the focus takes for itself.
const movesAside = (key, e) => /^Arrow(Left|Right)$/.test(key) && !e?.closest?.('input, select, [role=listbox], [role=tablist], [tabindex="0"]');
const typesIn = e => e?.closest?.('input:not([type=checkbox],[type=radio],[type=button]), textarea, select, [contenteditable=true]');
let before = '', beforeAt = 0;

// What is pressed where nobody types. Two keys in a row within a second count together; Ctrl K always counts.
function onKey(e) {
  const at = e.composedPath()[0];
  if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'k' && !e.altKey) {
    e.preventDefault();
    return dotnet.invokeMethodAsync('IsPressed', 'Ctrl k');
  }
  if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || typesIn(at) || document.querySelector('dialog[open]')) return;
  if (e.key.length > 1 && e.key !== 'Escape' && !movesAside(e.key, at)) return;
  const menu = e.key === 'Escape' && openMenus()[0];
  if (menu) {
    menu.open = false;
    return menu.firstElementChild.focus();
  }
  if (e.key.length === 1 && localStorage.getItem('single-keys') === 'off') return;
  const pair = e.timeStamp - beforeAt < 1000 ? `${before} ${e.key}` : e.key;
  [before, beforeAt] = [e.key, e.timeStamp];
  dotnet.invokeMethodAsync('ArePressed', pair, e.key);
}

export const tellAddress = () => dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
export const showDialog = id => document.getElementById(id).showModal();
export const closeDialog = id => document.getElementById(id).close();

// How the page looks is kept where the server sees it too, so that the next document comes as it is wanted.
export function appear(theme, density) {
  const root = document.documentElement;
  theme === 'system' ? delete root.dataset.theme : root.dataset.theme = theme;
  root.dataset.density = density;
  document.cookie = `look=${theme}.${density}; path=/; max-age=31536000; samesite=lax`;
}


export const isDark = () => (document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
export const look = () => document.cookie.match(/(?:^|; )look=(\w+\.\w+)/)?.[1] ?? 'system.comfortable';

export function show(id, takesFocus) {
  const element = document.getElementById(id);
  element?.scrollIntoView({ block: 'center' });
  if (takesFocus) element?.focus({ preventScroll: true });
}

// From row to row through all lists of the page, in the order in which they stand there.
export function step(by) {
  const rows = [...document.querySelectorAll('#main .go')];
  const at = rows.indexOf(document.activeElement);
  const row = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)];
  row?.focus({ preventScroll: true });
  row?.closest('li, .card-pad')?.scrollIntoView({ block: 'nearest' });
}

export function watchEnd(id) {
  endObserver?.disconnect();
  const end = document.getElementById(id);
  if (end) {
    endObserver = new IntersectionObserver(seen => dotnet.invokeMethodAsync('EndIsSeen', seen.at(-1).isIntersecting));
    endObserver.observe(end);
  }
}

export function hold(id) {
  const element = document.getElementById(id);
  held = element && { element, top: element.getBoundingClientRect().top };
}

export function putBack() {
  if (held) scrollBy(0, held.element.getBoundingClientRect().top - held.top);
  held = undefined;
}
