// What of a long timeline stands in the document, and where the reader's eye rests: nothing that arrives, leaves or grows above it may move it.
// A part that is far from the screen is an empty element of the height that it had; the program is told which are near, one more at a time.
const Near = 1200, AtOnce = 1, Bar = 64;
let page, root, seer, grown, changed, wanted, heights, sum, count, isTelling, isLoading, resting = [], isPinned;

export function begin(dotnet, id) {
  end();
  page = dotnet;
  root = document.getElementById(id);
  if (!root) return;
  [wanted, heights, sum, count, isTelling, isLoading, isPinned] = [new Set(), new Map(), 0, 0, false, false, false];
  // The browser's own anchoring would correct a second time.
  document.documentElement.style.overflowAnchor = 'none';
  seer = new IntersectionObserver(look, { rootMargin: `${Near}px 0px` });
  changed = new MutationObserver(settle);
  changed.observe(root, { childList: true, subtree: true, characterData: true, attributeFilter: ['data-full', 'open'] });
  grown = new ResizeObserver(keep);
  grown.observe(root);
  parts().forEach(take);
  dotnet.invokeMethodAsync('BeNear', [...parts()].filter(isFull).map(keyOf));
  addEventListener('scroll', onScroll, { passive: true });
  addEventListener('wheel', onWheel, { passive: true });
  addEventListener('touchmove', unpin, { passive: true });
  addEventListener('focusin', rest);
  addEventListener('beforeprint', beforePrint);
  addEventListener('afterprint', afterPrint);
  rest();
}

export function end() {
  seer?.disconnect();
  changed?.disconnect();
  grown?.disconnect();
  document.documentElement.style.overflowAnchor = '';
  for (const [name, act] of [['scroll', onScroll], ['wheel', onWheel], ['touchmove', unpin], ['focusin', rest], ['beforeprint', beforePrint], ['afterprint', afterPrint]]) {
    removeEventListener(name, act);
  }
  root = page = undefined;
}

const parts = () => root.querySelectorAll(':scope > [data-part]');
const keyOf = part => Number(part.dataset.part);
const isFull = part => part.hasAttribute('data-full');
const guess = part => part.dataset.count * (count ? sum / count : 96);

// An element that is new, or was emptied, gets the height that it had, or a likely one.
function take(part) {
  seer.observe(part);
  part.style.height = isFull(part) ? '' : `${heights.get(keyOf(part)) ?? guess(part)}px`;
}

function settle(records) {
  for (const r of records) {
    for (const gone of r.removedNodes) {
      if (gone.dataset?.part) [seer.unobserve(gone), wanted.delete(keyOf(gone))];
    }
    for (const made of r.addedNodes) {
      if (made.dataset?.part) take(made);
    }
    if (r.attributeName === 'data-full') take(r.target);
  }
  keep();
}

// Remembers what is on the screen: first of all where the person writes, then what they read, then the empty parts.
function rest() {
  if (!root) return;
  const seen = e => { const { top, bottom } = e.getBoundingClientRect(); return bottom > Bar && top < innerHeight && { e, top }; };
  const writes = document.activeElement?.closest('.composer');
  const all = isPinned ? [document.getElementById('end')] : [writes, ...root.querySelectorAll('.post'), ...parts()];
  resting = [];
  for (const e of all) {
    const at = e && seen(e);
    if (at) resting.push(at);
    if (resting.length > 5) break;
  }
}

// Puts it back where it stood. Who is at the top of the page sees its head, and stays there.
function keep() {
  const at = resting.find(r => r.e.isConnected);
  if (at && scrollY > 0) {
    const moved = at.e.getBoundingClientRect().top - at.top;
    if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: 'instant' });
  }
  rest();
}

let last = 0;
function onScroll() {
  if (scrollY < last - 1) goUp();
  last = scrollY;
  rest();
}

const unpin = () => { isPinned = false; };

function onWheel(e) {
  unpin();
  if (e.deltaY < 0) goUp();
}

// Who goes up towards the oldest that is here gets older ones.
async function goUp() {
  isPinned = false;
  const older = root?.querySelector('[data-older]');
  if (!older || isLoading || older.getBoundingClientRect().bottom < -Near) return;
  isLoading = true;
  try { await page.invokeMethodAsync('LoadMore'); } finally { isLoading = false; }
}

function look(entries) {
  for (const e of entries) e.isIntersecting ? wanted.add(keyOf(e.target)) : wanted.delete(keyOf(e.target));
  tell();
}

const isHeld = part => part.contains(document.activeElement) || part.querySelector('form, [data-hold]');

async function tell() {
  if (isTelling) return;
  isTelling = true;
  for (const here = root; root === here && here; await new Promise(requestAnimationFrame)) {
    const full = [], empty = [];
    for (const part of parts()) (isFull(part) ? full : empty).push(part);
    const leave = wanted.size ? full.filter(p => !wanted.has(keyOf(p)) && !isHeld(p)) : [];
    const fromMiddle = p => { const r = p.getBoundingClientRect(); return Math.abs(r.top + r.bottom - innerHeight); };
    const come = empty.filter(p => wanted.has(keyOf(p))).map(p => [fromMiddle(p), p]).sort((a, b) => a[0] - b[0]).slice(0, AtOnce).map(p => p[1]);
    if (!leave.length && !come.length) break;
    for (const part of leave) {
      const { height } = part.getBoundingClientRect();
      heights.set(keyOf(part), height);
      [sum, count] = [sum + height, count + Number(part.dataset.count)];
    }
    const stay = new Set(leave);
    await page.invokeMethodAsync('BeNear', [...full.filter(p => !stay.has(p)), ...come].map(keyOf));
  }
  isTelling = false;
}

// Brings a contribution into the document and onto the screen, wherever it is in the timeline.
export async function reveal(part, id, takesFocus) {
  wanted?.add(part);
  tell();
  for (let frame = 0; frame < 120 && !document.getElementById(id); frame++) {
    await new Promise(requestAnimationFrame);
    tell();
  }
  const there = document.getElementById(id);
  there?.scrollIntoView({ block: 'center', behavior: 'instant' });
  if (takesFocus) there?.focus({ preventScroll: true });
  rest();
}

// Shows the end, and stays there while the last parts take their place.
export function showEnd(takesFocus) {
  const end = document.getElementById('end');
  end?.scrollIntoView({ block: 'center', behavior: 'instant' });
  if (takesFocus) end?.focus({ preventScroll: true });
  isPinned = !!end;
  rest();
}

const posts = () => [...(root?.querySelectorAll('.post[data-number]') ?? [])];

// The contribution that has the focus; null when none has.
export const current = () => Number(document.activeElement?.closest?.('.post[data-number]')?.dataset.number ?? 0);

// The focus goes to the next contribution, or the one before; from elsewhere, to the first on the screen.
export function step(by) {
  const all = posts(), at = all.indexOf(document.activeElement?.closest?.('.post'));
  const to = at >= 0 ? all[at + by] : all.find(p => p.getBoundingClientRect().top > Bar) ?? all.at(-1);
  to?.focus({ preventScroll: true });
  to?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  rest();
}

let closed = [];
function beforePrint() {
  page?.invokeMethod('BeAll');
  closed = [...document.querySelectorAll('.sections details:not([open])')];
  closed.forEach(d => { d.open = true; });
}

function afterPrint() {
  closed.forEach(d => { d.open = false; });
  tell();
}

export const print = () => window.print();

export const copy = text => navigator.clipboard?.writeText(text);
