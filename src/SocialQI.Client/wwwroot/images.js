// What only the browser can do with images: take files and send them, zoom and drag.

// Files come by the button of the form, by paste and by drop. Each is told to the page, which says where to send it, or not.
export function take(input, page) {
  const form = input.closest('form'), files = new Map(), ending = new AbortController(), signal = ending.signal;
  let sending = Promise.resolve(), last = 0;

  const add = async list => {
    for (const file of list) {
      const key = ++last;
      files.set(key, file);
      const address = await page.invokeMethodAsync('Chose', key, file.name, file.size);
      address ? send(key, address) : files.delete(key);
    }
  };
  const send = (key, address) => sending = sending.then(() => files.has(key) && !signal.aborted ? post(key, address) : null);
  const post = (key, address) => new Promise(done => {
    const request = new XMLHttpRequest();
    let told = 0;
    request.upload.onprogress = e => {
      const percent = e.lengthComputable ? Math.floor(100 * e.loaded / e.total) : 0;
      if (percent >= told + 5) page.invokeMethodAsync('Progressed', key, told = percent);
    };
    request.onloadend = async () => {
      if (!signal.aborted && files.has(key)) await page.invokeMethodAsync('Arrived', key, request.status, request.responseText);
      if (request.status === 200) files.delete(key);
      done();
    };
    request.open('POST', address);
    request.send(files.get(key));
  });

  const carriesFiles = e => [...e.dataTransfer.types].includes('Files');
  form.querySelector('[data-add-images]').addEventListener('click', () => input.click(), { signal });
  input.addEventListener('change', () => { add([...input.files]); input.value = ''; }, { signal });
  form.addEventListener('paste', e => {
    if (e.clipboardData.files.length > 0) {
      e.preventDefault();
      add([...e.clipboardData.files]);
    }
  }, { signal });
  form.addEventListener('dragover', e => {
    if (carriesFiles(e)) {
      e.preventDefault();
      form.dataset.drop = '';
    }
  }, { signal });
  form.addEventListener('dragleave', e => form.contains(e.relatedTarget) || delete form.dataset.drop, { signal });
  form.addEventListener('drop', e => {
    delete form.dataset.drop;
    if (carriesFiles(e)) {
      e.preventDefault();
      add([...e.dataTransfer.files]);
    }
  }, { signal });
  return { send, drop: key => { files.delete(key); }, dispose: () => ending.abort() };
}

const largest = 8, step = 1.5;

export function enlarge(dialog, page) {
  const stage = dialog.querySelector('[data-stage]'), percent = dialog.querySelector('[data-percent]'), pointers = new Map();
  let of = null, scale = 1, x = 0, y = 0;

  // Another image is shown as a whole; one that comes late stays as it was enlarged.
  const current = () => {
    const image = stage.querySelector('img');
    if (image !== of) [of, scale, x, y] = [image, 1, 0, 0];
    return image;
  };
  const show = () => {
    const image = current();
    // Of what is larger than the stage a part always stays on it.
    const spare = side => Math.max(0, (image[`offset${side}`] * scale - stage[`client${side}`]) / 2 + (scale > 1 ? 40 : 0));
    x = Math.min(spare('Width'), Math.max(-spare('Width'), x));
    y = Math.min(spare('Height'), Math.max(-spare('Height'), y));
    image.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    percent.textContent = `${Math.round(100 * scale)} %`;
  };
  const whole = () => { [scale, x, y] = [1, 0, 0]; show(); };
  // What lies under the point stays there.
  const zoom = (by, clientX, clientY) => {
    current();
    const box = stage.getBoundingClientRect(), next = Math.min(largest, Math.max(1, scale * by));
    const dx = (clientX ?? box.x + box.width / 2) - box.x - box.width / 2, dy = (clientY ?? box.y + box.height / 2) - box.y - box.height / 2;
    [x, y] = [dx - (dx - x) * next / scale, dy - (dy - y) * next / scale];
    scale = next;
    show();
  };
  const press = selector => dialog.querySelector(selector)?.click();
  const spread = () => { const [a, b] = [...pointers.values()]; return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY); };

  stage.addEventListener('wheel', e => { e.preventDefault(); zoom(e.deltaY < 0 ? 1.15 : 1 / 1.15, e.clientX, e.clientY); }, { passive: false });
  stage.addEventListener('dblclick', e => scale > 1 ? whole() : zoom(2.5, e.clientX, e.clientY));
  stage.addEventListener('pointerdown', e => {
    stage.setPointerCapture(e.pointerId);
    pointers.set(e.pointerId, e);
    dialog.dataset.moving = '';
  });
  stage.addEventListener('pointermove', e => {
    const before = pointers.get(e.pointerId);
    if (!before) return;
    const apart = pointers.size === 2 ? spread() : 0;
    pointers.set(e.pointerId, e);
    if (apart > 0) {
      const [a, b] = [...pointers.values()];
      zoom(spread() / apart, (a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2);
    } else if (scale > 1) {
      [x, y] = [x + e.clientX - before.clientX, y + e.clientY - before.clientY];
      show();
    }
  });
  const release = e => { pointers.delete(e.pointerId); if (pointers.size === 0) delete dialog.dataset.moving; };
  stage.addEventListener('pointerup', release);
  stage.addEventListener('pointercancel', release);
  stage.addEventListener('load', show, true);
  dialog.addEventListener('click', e => {
    if (e.target === dialog) dialog.close();
    const to = e.target.closest('[data-zoom]')?.dataset.zoom;
    if (to) to === 'in' ? zoom(step) : to === 'out' ? zoom(1 / step) : whole();
  });
  dialog.addEventListener('keydown', e => {
    const forward = getComputedStyle(dialog).direction === 'rtl' ? -1 : 1;
    const act = {
      '+': () => zoom(step), '=': () => zoom(step), '-': () => zoom(1 / step), '0': whole,
      ArrowRight: () => press(`[data-turn="${forward}"]`), ArrowLeft: () => press(`[data-turn="${-forward}"]`),
    }[e.key];
    if (act && !e.ctrlKey && !e.metaKey && !e.altKey) {
      e.preventDefault();
      act();
    }
  });
  dialog.addEventListener('close', () => page.invokeMethodAsync('Closed'));
  dialog.showModal();
  show();
}
