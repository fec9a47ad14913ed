// What the composer needs of its text field: where the caret is, and marks around what is chosen.
const field = id => document.getElementById(id);

// While the picker is open, these keys move in it and not in the text.
document.addEventListener('keydown', e => {
  if (e.target.matches?.('textarea[data-picking]') && ['ArrowDown', 'ArrowUp', 'Enter', 'Tab', 'Escape'].includes(e.key) && !e.isComposing) e.preventDefault();
}, true);

export const caret = id => field(id)?.selectionStart ?? 0;

// Replaces a stretch as if it had been typed, so that the browser's undo still works, and tells the program by its own event.
export function replace(id, from, to, text) {
  const f = field(id);
  f.focus();
  f.setSelectionRange(from, to);
  if (!document.execCommand('insertText', false, text)) {
    f.setRangeText(text, from, to, 'end');
    f.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

// Marks what is chosen: stars around it, or a sign before each of its lines.
export function mark(id, sign) {
  const f = field(id), [from, to] = [f.selectionStart, f.selectionEnd], chosen = f.value.slice(from, to);
  if (sign === '- ') {
    const start = f.value.lastIndexOf('\n', from - 1) + 1;
    const lines = f.value.slice(start, to).split('\n').map(l => '- ' + l).join('\n');
    return replace(id, start, to, lines);
  }
  replace(id, from, to, sign + chosen + sign);
  if (!chosen) f.setSelectionRange(from + sign.length, from + sign.length);
}

// Puts a list below the caret, inside the field's width.
export function place(id, listId) {
  const f = field(id), list = field(listId);
  if (!f || !list) return;
  const style = getComputedStyle(f), twin = document.createElement('div'), spot = document.createElement('span');
  for (const name of ['font', 'letterSpacing', 'padding', 'border', 'width', 'boxSizing', 'direction', 'textAlign']) twin.style[name] = style[name];
  Object.assign(twin.style, { position: 'absolute', visibility: 'hidden', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', top: 0, left: 0 });
  twin.textContent = f.value.slice(0, f.selectionStart);
  spot.textContent = '\u200b';
  twin.append(spot);
  f.parentElement.append(twin);
  const x = Math.max(0, Math.min(spot.offsetLeft, f.offsetWidth - list.offsetWidth));
  list.style.left = `${f.offsetLeft + x}px`;
  list.style.top = `${f.offsetTop + Math.min(spot.offsetTop + spot.offsetHeight - f.scrollTop, f.offsetHeight)}px`;
  twin.remove();
}

export const blur = id => field(id)?.blur();
